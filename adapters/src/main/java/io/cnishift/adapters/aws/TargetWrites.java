package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.api.act.DeregisterTargets;
import io.cnishift.api.act.RegisterTargets;
import io.cnishift.api.port.ActResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** Targets registered by hand, on the port of their group. A controller that owns the group may undo it. */
final class TargetWrites {

    private static final String ELB = "elasticloadbalancing";

    private TargetWrites() {}

    static void in(ActBook book) {
        book.on(RegisterTargets.class, (at, a) -> before(at, a.targetGroup()), TargetWrites::register);
        book.on(DeregisterTargets.class, (at, a) -> before(at, a.targetGroup()), TargetWrites::deregister);
    }

    private static Map<String, Object> before(Writing at, String arn) {
        Optional<List<TargetHealthDescription>> targets =
                Writing.found(() -> at.apis().balancing().health(arn));
        return targets.map(found -> ActResults.tree(
                        "arn",
                        arn,
                        "targets",
                        found.stream().map(TargetWrites::tree).toList()))
                .orElse(Map.of());
    }

    private static Map<String, Object> tree(TargetHealthDescription described) {
        return ActResults.tree(
                "id",
                described.target().id(),
                "port",
                described.target().port(),
                "health",
                described.targetHealth() == null
                        ? ""
                        : ClusterRecords.text(described.targetHealth().stateAsString()));
    }

    private static ActResult register(Writing at, RegisterTargets act) {
        List<TargetDescription> targets = act.targets().stream()
                .map(id -> TargetDescription.builder().id(id).build())
                .toList();
        at.calls()
                .write(
                        ELB,
                        "RegisterTargets",
                        () -> at.clients()
                                .loadBalancing()
                                .registerTargets(
                                        r -> r.targetGroupArn(act.targetGroup()).targets(targets)));
        return ActResults.done();
    }

    /** On each port that they are registered with. */
    private static ActResult deregister(Writing at, DeregisterTargets act) {
        List<TargetDescription> there = at.apis().balancing().health(act.targetGroup()).stream()
                .map(TargetHealthDescription::target)
                .filter(t -> act.targets().contains(t.id()))
                .toList();
        if (there.isEmpty()) {
            return ActResults.done();
        }
        try {
            at.calls()
                    .write(
                            ELB,
                            "DeregisterTargets",
                            () -> at.clients()
                                    .loadBalancing()
                                    .deregisterTargets(r ->
                                            r.targetGroupArn(act.targetGroup()).targets(there)));
        } catch (CallFailure failure) {
            // one of them went meanwhile, perhaps with its instance
            if (!Writing.code(failure).equals("InvalidTarget")) {
                throw failure;
            }
        }
        return ActResults.done();
    }
}
