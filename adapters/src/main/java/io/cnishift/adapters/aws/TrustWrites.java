package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.api.act.ExtendTrust;
import io.cnishift.api.act.ReduceTrust;
import io.cnishift.api.cluster.Role;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;

/** Who may take a role. IAM takes a policy as a whole, so it is read anew right before it is written. */
final class TrustWrites {

    private static final String TOO_LONG = "LimitExceeded";

    private TrustWrites() {}

    static void in(ActBook book) {
        book.on(
                ExtendTrust.class,
                (at, a) -> before(at, a.role()),
                (at, a) -> edit(at, a.role(), now -> {
                    List<Map<String, Object>> more = new ArrayList<>(now);
                    more.addAll(Role.without(a.statements(), now));
                    return more;
                }));
        book.on(
                ReduceTrust.class,
                (at, a) -> before(at, a.role()),
                (at, a) -> edit(at, a.role(), now -> Role.without(now, a.statements())));
    }

    private static Map<String, Object> before(Writing at, String role) {
        return policy(at, role).map(p -> Map.<String, Object>of("policy", p)).orElse(Map.of());
    }

    private static Optional<Map<String, Object>> policy(Writing at, String role) {
        return Writing.found(() -> TrustPolicies.policy(at.apis().roles().role(role)));
    }

    private static ActResult edit(Writing at, String role, UnaryOperator<List<Map<String, Object>>> edit) {
        Optional<Map<String, Object>> policy = policy(at, role);
        if (policy.isEmpty()) {
            return ActResults.no(Reason.GONE, "no role " + role + " in this account");
        }
        List<Map<String, Object>> now = Role.statements(policy.get());
        List<Map<String, Object>> wanted = edit.apply(now);
        if (wanted.equals(now)) {
            return ActResults.done();
        }
        UpdateAssumeRolePolicyRequest request = UpdateAssumeRolePolicyRequest.builder()
                .roleName(role)
                .policyDocument(TrustPolicies.with(policy.get(), wanted))
                .build();
        try {
            at.calls()
                    .write(
                            "iam",
                            "UpdateAssumeRolePolicy",
                            () -> at.clients().iam().updateAssumeRolePolicy(request));
        } catch (CallFailure failure) {
            if (Writing.code(failure).startsWith(TOO_LONG)) {
                return ActResults.no(Reason.INVALID, Writing.message(failure));
            }
            throw failure;
        }
        return ActResults.done();
    }
}
