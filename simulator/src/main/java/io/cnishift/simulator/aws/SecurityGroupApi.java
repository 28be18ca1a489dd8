package io.cnishift.simulator.aws;

import io.cnishift.api.act.AuthorizeIngress;
import io.cnishift.api.act.RevokeIngress;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.SecurityGroup.Rule;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Ingress rules of security groups; they count at once. */
public final class SecurityGroupApi implements Behaviour {

    @Override
    public String id() {
        return "security-group-api";
    }

    @Override
    public String source() {
        return "AWS SDK: ec2 AuthorizeSecurityGroupIngress, RevokeSecurityGroupIngress";
    }

    @Override
    public void install(Kernel kernel) {
        Acts acts = AwsApi.acts(kernel);
        Cloud cloud = Cloud.of(kernel);
        acts.on(
                AuthorizeIngress.class,
                a -> before(cloud, a.securityGroup()),
                a -> with(cloud, a.securityGroup(), old -> added(cloud, old, a.rules())));
        acts.on(
                RevokeIngress.class,
                a -> before(cloud, a.securityGroup()),
                a -> with(cloud, a.securityGroup(), old -> removed(old, a.rules())));
        acts.checked(AuthorizeIngress.class, a -> Optional.of(there(cloud, a.securityGroup())));
        acts.checked(RevokeIngress.class, a -> Optional.of(there(cloud, a.securityGroup())));
    }

    private static ActResult there(Cloud cloud, String id) {
        return find(cloud, id).map(group -> Acts.done()).orElseGet(() -> noGroup(id));
    }

    private static ActResult noGroup(String id) {
        return Acts.no(Reason.GONE, "InvalidGroup.NotFound: there is no security group " + id);
    }

    private static List<Rule> added(Cloud cloud, List<Rule> old, List<Rule> wanted) {
        List<Rule> rules = new ArrayList<>(old);
        for (Rule rule : wanted) {
            if (rules.stream().noneMatch(r -> same(r, rule))) {
                rules.add(new Rule(
                        cloud.ids().next("sgr"),
                        rule.protocol(),
                        rule.fromPort(),
                        rule.toPort(),
                        rule.peer(),
                        rule.description()));
            }
        }
        return rules;
    }

    private static List<Rule> removed(List<Rule> old, List<Rule> unwanted) {
        return old.stream()
                .filter(r -> unwanted.stream().noneMatch(u -> same(r, u)))
                .toList();
    }

    private static boolean same(Rule one, Rule other) {
        return one.protocol().equals(other.protocol())
                && one.fromPort() == other.fromPort()
                && one.toPort() == other.toPort()
                && one.peer().equals(other.peer());
    }

    private static ActResult with(Cloud cloud, String id, Function<List<Rule>, List<Rule>> change) {
        Optional<SecurityGroup> group = find(cloud, id);
        if (group.isEmpty()) {
            return noGroup(id);
        }
        SecurityGroup old = group.get();
        cloud.put(new SecurityGroup(old.id(), old.name(), change.apply(old.ingress()), old.egress(), old.tags()));
        return Acts.done();
    }

    private static Optional<SecurityGroup> find(Cloud cloud, String id) {
        return cloud.view().get(Part.SECURITY_GROUPS, SecurityGroup.class, id);
    }

    private static Map<String, Object> before(Cloud cloud, String id) {
        return find(cloud, id)
                .map(g -> Trees.of(
                        "id",
                        g.id(),
                        "ingress",
                        g.ingress().stream().map(SecurityGroupApi::tree).toList()))
                .orElse(Map.of());
    }

    private static Map<String, Object> tree(Rule rule) {
        return Trees.of(
                "id",
                rule.id(),
                "protocol",
                rule.protocol(),
                "fromPort",
                (long) rule.fromPort(),
                "toPort",
                (long) rule.toPort(),
                "peer",
                rule.peer(),
                "description",
                rule.description());
    }
}
