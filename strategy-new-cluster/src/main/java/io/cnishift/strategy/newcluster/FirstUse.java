package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Volume;
import io.cnishift.api.plan.Count;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether anything hangs on the first cluster that its deletion would take away or leave behind: EKS deletes neither load balancers nor
 * volumes with a cluster, and whoever made them is gone then.
 */
final class FirstUse {

    /** What has to be read for it. */
    static final Set<Part> PARTS = EnumSet.of(
            Part.CLUSTER,
            Part.NODE_GROUPS,
            Part.NODES,
            Part.PODS,
            Part.SERVICES,
            Part.LOAD_BALANCERS,
            Part.DNS_RECORDS,
            Part.VOLUMES);

    private static final String SYSTEM = "kube-";

    private FirstUse() {}

    static Optional<Finding> against(View first, View second, CheckFirst planned) {
        return protection(first.cluster())
                .or(() -> attached(first, planned))
                .or(() -> nodes(first))
                .or(() -> new FirstBalancers(first).left())
                .or(() -> volumes(first, second).findFirst().map(FirstUse::stuck));
    }

    /** Why EKS would not delete it. */
    static Optional<Finding> protection(Cluster cluster) {
        return cluster.deletionProtection()
                ? Optional.of(Code.DELETION_PROTECTED.of(
                        "cluster " + cluster.name(),
                        "it has deletion protection",
                        "'aws eks update-cluster-config --name " + cluster.name()
                                + " --no-deletion-protection' takes it off, if that is meant; or leave deleteBlue out"))
                : Optional.empty();
    }

    /** What was made after the plan, with which EKS would not delete the cluster. */
    private static Optional<Finding> attached(View first, CheckFirst planned) {
        Stream<String> groups = first.nodeGroups().stream()
                .filter(g -> g.kind() != NodeGroup.Kind.KARPENTER)
                .map(NodeGroup::name)
                .filter(name -> !planned.groups().contains(name))
                .map(name -> "node group " + name);
        Stream<String> profiles = first.cluster().fargateProfiles().stream()
                .filter(name -> !planned.profiles().contains(name))
                .map(name -> "Fargate profile " + name);
        return Stream.concat(groups, profiles)
                .findFirst()
                .map(subject -> used(
                        subject,
                        "it came after the plan, which does not delete it, and EKS deletes no cluster that has one",
                        "delete it with the tool that made it, then resume"));
    }

    private static Optional<Finding> nodes(View first) {
        List<Node> serving = first.nodes().stream()
                .filter(n -> !n.fargate()
                        || first.podsOn(n.name()).stream()
                                .anyMatch(p -> !p.finished() && !p.namespace().startsWith(SYSTEM)))
                .toList();
        return serving.isEmpty()
                ? Optional.empty()
                : Optional.of(used(
                        "node " + serving.get(0).name(),
                        Count.of(serving.size(), "node is", "nodes are") + " still in the first cluster",
                        "let go what makes them, then resume"));
    }

    /** Volumes whose data the second cluster does not have. */
    static Stream<Volume> volumes(View first, View second) {
        return first.all(Part.VOLUMES, Volume.class).stream()
                .filter(v -> second.all(Part.VOLUMES, Volume.class).stream()
                        .noneMatch(there -> there.driver().equals(v.driver())
                                && there.handle().equals(v.handle())));
    }

    static Finding left(Volume volume, String remedy) {
        return used(
                "volume " + volume.name() + volume.claim().map(c -> " of " + c).orElse(""),
                "the second cluster has none with its data (" + volume.handle()
                        + "), and nobody would know of it any more",
                remedy);
    }

    /** Only a driver takes off its finalizers, and without nodes none runs. */
    private static Finding stuck(Volume volume) {
        return left(
                volume,
                "bring a PersistentVolume with that handle to the second cluster; or delete it here ('kubectl delete pv "
                        + volume.name()
                        + " --wait=false'), and as no driver is left to take off its finalizers, such as"
                        + " external-provisioner.volume.kubernetes.io/finalizer, do that too ('kubectl patch pv "
                        + volume.name()
                        + " --type=merge -p '{\"metadata\":{\"finalizers\":null}}''); " + volume.handle()
                        + " itself stays then. Resume after that");
    }

    private static Finding used(String subject, String message, String remedy) {
        return Code.FIRST_IN_USE.of(subject, message, remedy);
    }
}
