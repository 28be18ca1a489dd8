package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the control plane must still reach: webhooks, aggregated APIs, conversion webhooks. */
final class ControlPlaneCheck {

    private ControlPlaneCheck() {}

    static List<Finding> check(Draft draft) {
        List<Finding> findings = new ArrayList<>(draft.targets().findings());
        draft.moves().forEach(move -> {
            findings.add(OverlayCode.WEBHOOK_UNREACHABLE
                    .finding(
                            move.workload().key(),
                            "the control plane calls it for " + move.called(),
                            "the plan moves it to the host network first")
                    .curedBy(move.step()));
            findings.addAll(move.problems());
            owner(move, findings);
            twice(draft, move, findings);
        });
        findings.addAll(EngineRules.check(draft));
        GroundPhases.fromControlPlane(draft)
                .forEach(
                        (port, holes) -> closed(OverlayCode.CONTROL_PLANE_PORT_CLOSED, "the control plane", port, holes)
                                .forEach(findings::add));
        GroundPhases.fromNodes(draft)
                .forEach((port, holes) -> closed(OverlayCode.HOST_PORT_CLOSED, "other nodes", port, holes)
                        .forEach(findings::add));
        return findings;
    }

    private static List<Finding> closed(Code code, String who, int port, List<SecurityDraft.Missing> holes) {
        return holes.stream()
                .map(SecurityDraft.Missing::group)
                .distinct()
                .map(group -> code.finding(
                                "security group " + group,
                                "it does not let " + who + " reach TCP " + port + " of its nodes",
                                "the plan adds the rule")
                        .curedBy(StepIds.admitHostPorts(group)))
                .toList();
    }

    private static void twice(Draft draft, HostNetworkMove move, List<Finding> findings) {
        if (!draft.canaries().takes(move.workload()) && !move.workload().kind().equals("DaemonSet")) {
            findings.add(OverlayCode.HOST_NETWORK_TWICE.finding(
                    move.workload().key(),
                    "its pods restart twice, once for the host network and once with their node",
                    "nothing to do; a Deployment restarts once if surge.GROUP and the subnets allow a new node for each of"
                            + " its pods"));
        }
    }

    private static void owner(HostNetworkMove move, List<Finding> findings) {
        Owner owner = move.workload().owner();
        if (owner.kind() == Owner.Kind.HELM) {
            findings.add(OverlayCode.OWNER_REVERTS.finding(
                    move.workload().key(),
                    "the next upgrade of release " + owner.name() + " takes it off the host network again",
                    "set in its values: " + HelmHint.of(move)));
        } else if (owner.insists()) {
            findings.add(OverlayCode.OWNER_STEP.finding(
                    move.workload().key(),
                    owner.kind().toString().toLowerCase(Locale.ROOT) + " " + owner.name() + " writes it, so step "
                            + move.step() + " waits for the change to come from there",
                    "have the shown patch merged where the owner reads it"));
        }
    }
}
