package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.api.act.AssociateAccessPolicy;
import io.cnishift.api.act.CreateAccessEntry;
import io.cnishift.api.act.DeleteAccessEntry;
import io.cnishift.api.act.DisassociateAccessPolicy;
import io.cnishift.api.cluster.AccessEntry.Policy;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.AccessEntry;
import software.amazon.awssdk.services.eks.model.AccessScope;
import software.amazon.awssdk.services.eks.model.AccessScopeType;
import software.amazon.awssdk.services.eks.model.AssociateAccessPolicyRequest;
import software.amazon.awssdk.services.eks.model.AssociatedAccessPolicy;
import software.amazon.awssdk.services.eks.model.CreateAccessEntryRequest;
import software.amazon.awssdk.services.eks.model.DeleteAccessEntryRequest;
import software.amazon.awssdk.services.eks.model.DisassociateAccessPolicyRequest;

/** Who may act in a cluster: access entries, and the access policies of EKS that they have. */
final class AccessWrites {

    private static final String EKS = "eks";

    private AccessWrites() {}

    static void in(ActBook book) {
        book.on(CreateAccessEntry.class, (at, a) -> before(at, a.principal()), AccessWrites::create);
        book.on(DeleteAccessEntry.class, (at, a) -> before(at, a.principal()), AccessWrites::delete);
        book.on(
                AssociateAccessPolicy.class,
                (at, a) -> before(at, a.principal(), a.policy().arn()),
                AccessWrites::associate);
        book.on(
                DisassociateAccessPolicy.class,
                (at, a) -> before(at, a.principal(), a.policy()),
                AccessWrites::disassociate);
    }

    private static Optional<AccessEntry> find(Writing at, String principal) {
        return Writing.found(() -> at.apis().eks().accessEntry(at.cluster(), principal));
    }

    private static Optional<AssociatedAccessPolicy> find(Writing at, String principal, String policy) {
        return Writing.found(() -> at.apis().eks().accessPolicies(at.cluster(), principal)).stream()
                .flatMap(List::stream)
                .filter(p -> policy.equals(p.policyArn()))
                .findFirst();
    }

    private static Map<String, Object> before(Writing at, String principal) {
        return find(at, principal)
                .map(e -> ActResults.tree(
                        "principal", principal, "username", e.username(), "groups", e.kubernetesGroups()))
                .orElse(Map.of());
    }

    private static Map<String, Object> before(Writing at, String principal, String policy) {
        return find(at, principal, policy)
                .map(p -> ActResults.tree("policy", policy, "namespaces", namespaces(p)))
                .orElse(Map.of());
    }

    static List<String> namespaces(AssociatedAccessPolicy policy) {
        return policy.accessScope() == null ? List.of() : policy.accessScope().namespaces();
    }

    private static ActResult create(Writing at, CreateAccessEntry act) {
        Optional<AccessEntry> there = find(at, act.principal());
        if (there.isPresent()) {
            return taken(act, there.get());
        }
        CreateAccessEntryRequest request = CreateAccessEntryRequest.builder()
                .clusterName(at.cluster())
                .principalArn(act.principal())
                .type(io.cnishift.api.cluster.AccessEntry.STANDARD)
                .username(act.username())
                .kubernetesGroups(act.groups())
                .tags(act.tags())
                .clientRequestToken(at.tokens().making(act))
                .build();
        try {
            at.calls().write(EKS, "CreateAccessEntry", () -> at.clients().eks().createAccessEntry(request));
        } catch (CallFailure failure) {
            if (Refusals.reason(failure) != Reason.BUSY) {
                throw failure;
            }
            return find(at, act.principal()).map(found -> taken(act, found)).orElseThrow(() -> failure);
        }
        return ActResults.done();
    }

    /** Who has an entry has it by an earlier request of this migration, or by somebody who may have meant another one. */
    private static ActResult taken(CreateAccessEntry act, AccessEntry there) {
        boolean same = act.username().equals(there.username())
                && Set.copyOf(act.groups()).equals(Set.copyOf(there.kubernetesGroups()));
        return same
                ? ActResults.done()
                : ActResults.no(
                        Reason.EXISTS,
                        act.target() + " is there already, as " + there.username() + " in " + there.kubernetesGroups());
    }

    private static ActResult delete(Writing at, DeleteAccessEntry act) {
        DeleteAccessEntryRequest request = DeleteAccessEntryRequest.builder()
                .clusterName(at.cluster())
                .principalArn(act.principal())
                .build();
        Writing.found(() -> at.calls()
                .write(EKS, "DeleteAccessEntry", () -> at.clients().eks().deleteAccessEntry(request)));
        return ActResults.done();
    }

    private static ActResult associate(Writing at, AssociateAccessPolicy act) {
        Policy policy = act.policy();
        boolean everywhere = policy.namespaces().isEmpty();
        AssociateAccessPolicyRequest request = AssociateAccessPolicyRequest.builder()
                .clusterName(at.cluster())
                .principalArn(act.principal())
                .policyArn(policy.arn())
                .accessScope(AccessScope.builder()
                        .type(everywhere ? AccessScopeType.CLUSTER : AccessScopeType.NAMESPACE)
                        .namespaces(everywhere ? null : policy.namespaces())
                        .build())
                .build();
        at.calls().write(EKS, "AssociateAccessPolicy", () -> at.clients().eks().associateAccessPolicy(request));
        return ActResults.done();
    }

    private static ActResult disassociate(Writing at, DisassociateAccessPolicy act) {
        DisassociateAccessPolicyRequest request = DisassociateAccessPolicyRequest.builder()
                .clusterName(at.cluster())
                .principalArn(act.principal())
                .policyArn(act.policy())
                .build();
        Writing.found(() -> at.calls()
                .write(EKS, "DisassociateAccessPolicy", () -> at.clients().eks().disassociateAccessPolicy(request)));
        return ActResults.done();
    }
}
