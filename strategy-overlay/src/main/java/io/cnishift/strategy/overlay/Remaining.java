package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Node;

/** Nodes that stay with the VPC CNI, because a pod on them does. */
final class Remaining {

    private Remaining() {}

    static boolean isOn(Draft draft, Node node) {
        return draft.site().view().podsOn(node.name()).stream()
                .anyMatch(p -> !p.finished()
                        && p.workload()
                                .filter(draft.movement().remaining()::contains)
                                .isPresent());
    }
}
