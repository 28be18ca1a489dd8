package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.api.act.AuthorizeIngress;
import io.cnishift.api.act.RevokeIngress;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.SecurityGroup.Rule;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Ingress rules. Rules are compared by protocol, ports and peer, as EC2 does; their descriptions say nothing. */
final class IngressWrites {

    private static final String EC2 = "ec2";
    private static final String DUPLICATE = "InvalidPermission.Duplicate";

    private IngressWrites() {}

    static void in(ActBook book) {
        book.on(AuthorizeIngress.class, (at, act) -> before(at, act.securityGroup()), IngressWrites::authorize);
        book.on(RevokeIngress.class, (at, act) -> before(at, act.securityGroup()), IngressWrites::revoke);
        book.trial(AuthorizeIngress.class, (at, act) -> {
            authorize(at, act, act.rules(), true);
            return Optional.of(ActResults.done());
        });
        book.trial(RevokeIngress.class, (at, act) -> {
            revoke(at, act.securityGroup(), ids(at, act), true);
            return Optional.of(ActResults.done());
        });
    }

    private static Map<String, Object> before(Writing at, String id) {
        return group(at, id)
                .map(g -> ActResults.tree(
                        "id",
                        g.id(),
                        "ingress",
                        g.ingress().stream().map(IngressWrites::tree).toList()))
                .orElse(Map.of());
    }

    private static Map<String, Object> tree(Rule rule) {
        return ActResults.tree(
                "id",
                rule.id(),
                "protocol",
                rule.protocol(),
                "fromPort",
                rule.fromPort(),
                "toPort",
                rule.toPort(),
                "peer",
                rule.peer(),
                "description",
                rule.description());
    }

    private static Optional<SecurityGroup> group(Writing at, String id) {
        return Writing.found(() -> at.apis().network().securityGroup(id))
                .flatMap(groups -> groups.stream()
                        .findFirst()
                        .map(g -> NetworkRecords.securityGroup(
                                g, at.apis().network().rules(List.of(id)))));
    }

    /** All at once, so that a refusal changes nothing; one by one where some are there already. */
    private static ActResult authorize(Writing at, AuthorizeIngress act) {
        if (!authorize(at, act, act.rules(), false)) {
            act.rules().forEach(rule -> authorize(at, act, List.of(rule), false));
        }
        return ActResults.done();
    }

    /** Whether none of them was there. */
    private static boolean authorize(Writing at, AuthorizeIngress act, List<Rule> rules, boolean dryRun) {
        AuthorizeSecurityGroupIngressRequest.Builder asked = AuthorizeSecurityGroupIngressRequest.builder()
                .groupId(act.securityGroup())
                .ipPermissions(rules.stream().map(IngressWrites::permission).toList())
                .dryRun(dryRun);
        if (!act.tags().isEmpty()) {
            asked.tagSpecifications(TagSpecification.builder()
                    .resourceType(ResourceType.SECURITY_GROUP_RULE)
                    .tags(Tags.written(act.tags()))
                    .build());
        }
        AuthorizeSecurityGroupIngressRequest request = asked.build();
        try {
            at.calls()
                    .write(
                            EC2,
                            "AuthorizeSecurityGroupIngress",
                            () -> at.clients().ec2().authorizeSecurityGroupIngress(request));
            return true;
        } catch (CallFailure failure) {
            if (Writing.code(failure).equals(DUPLICATE)) {
                return false;
            }
            throw failure;
        }
    }

    private static ActResult revoke(Writing at, RevokeIngress act) {
        if (group(at, act.securityGroup()).isEmpty()) {
            return ActResults.no(
                    Reason.GONE, "InvalidGroup.NotFound: there is no security group " + act.securityGroup());
        }
        List<String> ids = ids(at, act);
        try {
            revoke(at, act.securityGroup(), ids, false);
        } catch (CallFailure failure) {
            if (!failure.is(Fault.Kind.NOT_FOUND)) {
                throw failure;
            }
            // one of them went meanwhile, so none was revoked
            ids.forEach(id -> Writing.found(() -> revoke(at, act.securityGroup(), List.of(id), false)));
        }
        return ActResults.done();
    }

    private static boolean revoke(Writing at, String group, List<String> ids, boolean dryRun) {
        if (!ids.isEmpty()) {
            RevokeSecurityGroupIngressRequest request = RevokeSecurityGroupIngressRequest.builder()
                    .groupId(group)
                    .securityGroupRuleIds(ids)
                    .dryRun(dryRun)
                    .build();
            at.calls()
                    .write(
                            EC2,
                            "RevokeSecurityGroupIngress",
                            () -> at.clients().ec2().revokeSecurityGroupIngress(request));
        }
        return !ids.isEmpty();
    }

    private static List<String> ids(Writing at, RevokeIngress act) {
        return group(at, act.securityGroup()).stream()
                .flatMap(g -> g.ingress().stream())
                .filter(rule -> act.rules().stream().anyMatch(unwanted -> same(rule, unwanted)))
                .map(Rule::id)
                .toList();
    }

    private static boolean same(Rule one, Rule other) {
        boolean all = one.protocol().equals("-1");
        return one.protocol().equals(other.protocol())
                && (all || (one.fromPort() == other.fromPort() && one.toPort() == other.toPort()))
                && one.peer().equals(other.peer());
    }

    private static IpPermission permission(Rule rule) {
        IpPermission.Builder permission = IpPermission.builder().ipProtocol(rule.protocol());
        if (!rule.protocol().equals("-1")) {
            permission.fromPort(rule.fromPort()).toPort(rule.toPort());
        }
        String peer = rule.peer();
        @Nullable String words = rule.description().isBlank() ? null : rule.description();
        if (peer.startsWith("sg-")) {
            permission.userIdGroupPairs(
                    UserIdGroupPair.builder().groupId(peer).description(words).build());
        } else if (peer.startsWith("pl-")) {
            permission.prefixListIds(
                    PrefixListId.builder().prefixListId(peer).description(words).build());
        } else if (peer.contains(":")) {
            permission.ipv6Ranges(
                    Ipv6Range.builder().cidrIpv6(peer).description(words).build());
        } else {
            permission.ipRanges(
                    IpRange.builder().cidrIp(peer).description(words).build());
        }
        return permission.build();
    }
}
