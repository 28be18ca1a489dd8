package io.cnishift.simulator.aws;

import io.cnishift.api.act.AssociateAccessPolicy;
import io.cnishift.api.act.CreateAccessEntry;
import io.cnishift.api.act.DeleteAccessEntry;
import io.cnishift.api.act.DisassociateAccessPolicy;
import io.cnishift.api.cluster.AccessEntry;
import io.cnishift.api.cluster.AccessEntry.Policy;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.FaultValue;
import io.cnishift.simulator.Injected;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Access entries: at most one for a role or user, in a cluster that is active and does not know aws-auth alone, in no group and under no name
 * of the system. Whom IAM has is not read, so everybody is there but whom the fault {@code principal-gone=role/NAME} says is not. Whoever makes
 * a cluster has one from the beginning.
 */
public final class AccessEntryApi implements Behaviour {

    static final String GONE = "principal-gone";

    private static final String RESERVED = "system:";
    private static final List<String> NAMES = List.of(RESERVED, "eks:", "aws:", "amazon:", "iam:");
    private static final String WHO = "(?:role|user)/[\\w+=,.@/-]+";
    private static final Pattern PRINCIPAL = Pattern.compile("arn:[a-z-]+:iam::[0-9]{12}:" + WHO);
    private static final String OF_SERVICES = ":role/aws-service-role/";
    private static final String POLICY = ":cluster-access-policy/";
    private static final String ADMIN = "AmazonEKSClusterAdminPolicy";

    @Override
    public String id() {
        return "access-entry-api";
    }

    @Override
    public String source() {
        return "AWS SDK: eks CreateAccessEntry, AssociateAccessPolicy; EKS user guide: access entries; domain.md 8.1";
    }

    @Override
    public void install(Kernel kernel) {
        Acts acts = AwsApi.acts(kernel);
        Cloud cloud = Cloud.of(kernel);
        Optional<String> gone = Optional.ofNullable(kernel.settings().faults().get(GONE));
        acts.on(
                CreateAccessEntry.class,
                a -> before(cloud, a.principal()),
                a -> create(cloud, gone, kernel.injected(), a));
        acts.on(DeleteAccessEntry.class, a -> before(cloud, a.principal()), a -> {
            find(cloud, a.principal()).ifPresent(e -> cloud.remove(Part.ACCESS_ENTRIES, e.key()));
            return Acts.done();
        });
        acts.on(
                AssociateAccessPolicy.class,
                a -> before(cloud, a.principal(), a.policy().arn()),
                a -> associate(cloud, a));
        acts.on(
                DisassociateAccessPolicy.class,
                a -> before(cloud, a.principal(), a.policy()),
                a -> disassociate(cloud, a));
    }

    static void who(FaultValue value) {
        if (!value.text().matches(WHO)) {
            throw value.malformed("write role/NAME or user/NAME, with its path");
        }
    }

    /** Who makes a cluster administers it, by an entry of its own. */
    static AccessEntry ofMaker(Cluster made) {
        String role = "arn:" + made.partition() + ":iam::" + made.account() + ":role/cnishift";
        return new AccessEntry(
                role,
                AccessEntry.STANDARD,
                role.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + "/{{SessionName}}",
                List.of(),
                List.of(new Policy("arn:" + made.partition() + ":eks::aws" + POLICY + ADMIN, List.of())),
                Map.of());
    }

    private static ActResult create(Cloud cloud, Optional<String> gone, Injected injected, CreateAccessEntry act) {
        Optional<ActResult> refusal = refusal(cloud);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<AccessEntry> there = find(cloud, act.principal());
        if (there.isPresent()) {
            return taken(act, there.get());
        }
        if (gone.filter(who -> act.principal().endsWith(":" + who)).isPresent()) {
            injected.note(GONE, "EKS refused an access entry of " + act.principal());
            return invalid("The specified principalArn is invalid: invalid principal.");
        }
        if (!PRINCIPAL.matcher(act.principal()).matches()) {
            return invalid("The specified principalArn is invalid: invalid principal.");
        }
        if (act.principal().contains(OF_SERVICES)) {
            return invalid(
                    "The caller is not allowed to modify access entries with a principalArn value of a Service Linked"
                            + " Role");
        }
        Optional<String> reserved =
                act.groups().stream().filter(g -> g.startsWith(RESERVED)).findFirst();
        if (reserved.isPresent()) {
            return invalid(
                    "The kubernetes group name " + reserved.get() + " is invalid, it cannot start with " + RESERVED);
        }
        Optional<String> name =
                NAMES.stream().filter(act.username()::startsWith).findFirst();
        if (name.isPresent()) {
            return invalid("The username must not begin with " + name.get());
        }
        cloud.put(new AccessEntry(
                act.principal(), AccessEntry.STANDARD, act.username(), act.groups(), List.of(), act.tags()));
        return Acts.done();
    }

    /** The same again is as good as made, for the act may be repeated; another one stays. */
    private static ActResult taken(CreateAccessEntry act, AccessEntry there) {
        boolean same = act.username().equals(there.username())
                && Set.copyOf(act.groups()).equals(Set.copyOf(there.groups()));
        return same
                ? Acts.done()
                : Acts.no(
                        Reason.EXISTS,
                        act.target() + " is there already, as " + there.username() + " in " + there.groups());
    }

    private static Optional<ActResult> refusal(Cloud cloud) {
        Optional<Cluster> cluster =
                cloud.view().all(Part.CLUSTER, Cluster.class).stream().findFirst();
        if (cluster.filter(c -> c.status().equals("ACTIVE")).isEmpty()) {
            return Optional.of(Acts.no(
                    Reason.BUSY, "ResourceInUseException: the cluster is not ACTIVE, or there is no cluster yet"));
        }
        return cluster.filter(c -> c.authenticationMode().equals("CONFIG_MAP"))
                .map(c -> Acts.no(
                        Reason.INVALID,
                        "InvalidRequestException: The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP]"
                                + " to perform this operation."));
    }

    private static ActResult invalid(String message) {
        return Acts.no(Reason.INVALID, "InvalidParameterException: " + message);
    }

    private static ActResult associate(Cloud cloud, AssociateAccessPolicy act) {
        Optional<AccessEntry> entry = find(cloud, act.principal());
        if (entry.isEmpty()) {
            return Acts.no(
                    Reason.GONE,
                    "ResourceNotFoundException: The specified principalArn could not be found: " + act.principal());
        }
        if (!entry.get().type().equals(AccessEntry.STANDARD)) {
            return Acts.no(
                    Reason.INVALID,
                    "InvalidRequestException: policies are for entries of type STANDARD, and that of " + act.principal()
                            + " is " + entry.get().type());
        }
        if (!act.policy().arn().contains(POLICY)) {
            return invalid("The policyArn parameter format is not valid: "
                    + act.policy().arn());
        }
        List<Policy> policies = without(entry.get(), act.policy().arn());
        policies.add(act.policy());
        cloud.put(with(entry.get(), policies));
        return Acts.done();
    }

    private static ActResult disassociate(Cloud cloud, DisassociateAccessPolicy act) {
        find(cloud, act.principal()).ifPresent(entry -> cloud.put(with(entry, without(entry, act.policy()))));
        return Acts.done();
    }

    private static List<Policy> without(AccessEntry entry, String policy) {
        List<Policy> others = new ArrayList<>(entry.policies());
        others.removeIf(p -> p.arn().equals(policy));
        return others;
    }

    private static AccessEntry with(AccessEntry entry, List<Policy> policies) {
        return new AccessEntry(
                entry.principal(), entry.type(), entry.username(), entry.groups(), policies, entry.tags());
    }

    private static Optional<AccessEntry> find(Cloud cloud, String principal) {
        return cloud.view().get(Part.ACCESS_ENTRIES, AccessEntry.class, principal);
    }

    private static Map<String, Object> before(Cloud cloud, String principal) {
        return find(cloud, principal)
                .map(e -> Trees.of("principal", principal, "username", e.username(), "groups", e.groups()))
                .orElse(Map.of());
    }

    private static Map<String, Object> before(Cloud cloud, String principal, String policy) {
        return find(cloud, principal).stream()
                .flatMap(e -> e.policies().stream())
                .filter(p -> p.arn().equals(policy))
                .findFirst()
                .map(p -> Trees.of("policy", policy, "namespaces", p.namespaces()))
                .orElse(Map.of());
    }
}
