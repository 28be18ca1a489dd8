package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.plan.Count;
import io.cnishift.api.roll.Fleet;
import io.cnishift.api.roll.GroupDraft;
import io.cnishift.api.roll.RollDraft;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Whether interfaces carry as many pods as the user has new nodes admit; kubelet does not ask. */
final class Slots {

    private Slots() {}

    /** @param maxEni MAX_ENI of aws-node, below 1 when it is not set */
    static List<Finding> findings(RollDraft roll, PodMode mode, int maxEni) {
        if (roll.site().options().maxPods().isEmpty()) {
            return List.of();
        }
        return roll.groups().stream()
                .flatMap(
                        group -> weakest(group, mode, maxEni)
                                .filter(w -> group.maxPods() > w.pods())
                                .map(w -> finding(group, w))
                                .stream())
                .toList();
    }

    private static Finding finding(GroupDraft group, Weakest weakest) {
        return Code.TOO_MANY_PODS.of(
                "node group " + group.name(),
                "its new nodes would admit " + Count.of(group.maxPods(), "pod") + ", and the interfaces of "
                        + weakest.type() + " carry " + weakest.pods(),
                "give --set maxPods=" + weakest.pods() + " or less, or leave it out");
    }

    private static Optional<Weakest> weakest(GroupDraft group, PodMode mode, int maxEni) {
        return Stream.concat(
                        group.old().instanceTypes().stream(),
                        group.nodes().stream().map(Node::instanceType))
                .distinct()
                .flatMap(type -> Fleet.limits(type).stream())
                .flatMap(limits -> carried(limits, mode, maxEni).stream())
                .min(Comparator.comparingInt(Weakest::pods).thenComparing(Weakest::type));
    }

    private static Optional<Weakest> carried(InstanceLimits limits, PodMode mode, int maxEni) {
        OptionalInt pods = MaxPods.of(limits, mode, maxEni);
        return pods.isPresent() ? Optional.of(new Weakest(limits.type(), pods.getAsInt())) : Optional.empty();
    }

    /** The type of a group that carries the fewest pods. */
    private record Weakest(String type, int pods) {}
}
