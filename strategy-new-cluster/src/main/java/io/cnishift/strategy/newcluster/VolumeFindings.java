package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Volume;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What volumes mean for a move: which cannot change clusters, and what stops while they do. */
final class VolumeFindings {

    private static final Map<String, String> CONTROLLERS =
            Map.of(ClaimedVolumes.EBS, "ebs-csi-controller", ClaimedVolumes.EFS, "efs-csi-controller");

    private final View first;
    private final View second;
    private final ClaimedVolumes volumes;
    private final List<Finding> findings = new ArrayList<>();

    VolumeFindings(View first, View second, List<String> namespaces) {
        this.first = first;
        this.second = second;
        volumes = new ClaimedVolumes(first, namespaces);
    }

    List<Finding> of(NewClusterOptions.Workloads workloads, Entries entries, TargetShift shift) {
        if (workloads == NewClusterOptions.Workloads.GITOPS) {
            volumes.carried().forEach(this::theirs);
            volumes.staying().forEach(this::theirs);
            return List.copyOf(findings);
        }
        volumes.staying().forEach(this::stays);
        volumes.carried().stream().map(Volume::driver).distinct().sorted().forEach(this::driver);
        volumes.carried().forEach(this::zone);
        String arrival = arrival(entries, shift);
        volumes.movers().forEach(mover -> stops(mover, arrival));
        volumes.movers().stream().filter(Workload::scalingDropsClaims).forEach(this::drops);
        return List.copyOf(findings);
    }

    private void theirs(Volume volume) {
        findings.add(Code.DATA_THEIRS.of(
                "PersistentVolumeClaim " + volume.claim().orElseThrow(),
                "it is bound to " + volume.driver() + " volume " + volume.handle()
                        + ", and the claim of that name in the second cluster is bound to whatever its manifests say",
                "bring the data there, or a PersistentVolume with that handle, before clients are sent there"));
    }

    private void stays(Volume volume) {
        findings.add(Code.VOLUME_STAYS.of(
                "PersistentVolumeClaim " + volume.claim().orElseThrow(),
                "it is bound to volume " + volume.name() + ": "
                        + volumes.left(volume).orElseThrow(),
                "bring its workload and its data over by hand, into a namespace of its own"));
    }

    private void driver(String driver) {
        String controller = CONTROLLERS.getOrDefault(driver, "");
        boolean there = second.workloads().stream()
                .anyMatch(w -> w.kind().equals("Deployment") && w.name().equals(controller) && w.ready() > 0);
        if (!there) {
            findings.add(Code.SECOND_CONTROLLER.of(
                    "Deployment kube-system/" + controller,
                    "volumes of " + driver + " are to be carried, and the controller of that driver is not ready in the"
                            + " second cluster",
                    "aws eks create-addon --cluster-name " + second.cluster().name() + " --addon-name aws-"
                            + controller.replace("-controller", "-driver")));
        }
    }

    private void zone(Volume volume) {
        String zone = volume.zone().orElse("");
        boolean there = zone.isEmpty()
                || second.nodes().stream()
                        .filter(n -> n.ready() && !n.unschedulable())
                        .map(Node::zone)
                        .anyMatch(zone::equals);
        if (!there) {
            findings.add(Code.VOLUME_ZONE.of(
                    "PersistentVolumeClaim " + volume.claim().orElseThrow(),
                    volume.handle() + " is in " + zone + ", where the second cluster has no ready node",
                    "give the second cluster a node group in " + zone));
        }
    }

    private void drops(Workload mover) {
        findings.add(Code.CLAIMS_DROPPED.of(
                mover.kind() + " " + mover.namespace() + "/" + mover.name(),
                "its persistentVolumeClaimRetentionPolicy has whenScaled Delete: scaled to zero it loses the claims to its volumes",
                "kubectl patch statefulset -n " + mover.namespace() + " " + mover.name()
                        + " -p '{\"spec\":{\"persistentVolumeClaimRetentionPolicy\":{\"whenScaled\":\"Retain\"}}}'"));
    }

    /** When clients of the first cluster have come to the second one, which they do all at once where something stops. */
    private static String arrival(Entries entries, TargetShift shift) {
        List<String> until = new ArrayList<>();
        if (!shift.fronts().isEmpty()) {
            until.add("shift-targets-100 is done");
        }
        if (!entries.named(shift, false).isEmpty()) {
            until.add("the DNS records of shift-100 have run out");
        }
        return until.isEmpty() ? "they come to the second one" : String.join(" and ", until);
    }

    private void stops(Workload mover, String arrival) {
        List<String> services = first.services().stream()
                .filter(s -> s.namespace().equals(mover.namespace())
                        && !s.selector().isEmpty()
                        && mover.templateLabels()
                                .entrySet()
                                .containsAll(s.selector().entrySet()))
                .map(Service::key)
                .toList();
        findings.add(Code.STOP.of(
                mover.kind() + " " + mover.namespace() + "/" + mover.name(),
                "it stops while " + Count.of(volumes.of(mover).size(), "volume changes", "volumes change")
                        + " clusters, and clients of the first cluster are without it from move-state until prove-moved has"
                        + " passed and " + arrival
                        + (services.isEmpty() ? "" : "; nobody answers for " + String.join(", ", services) + " then"),
                "accept it for a time that suits; else replicate its data and let it stay behind"));
    }
}
