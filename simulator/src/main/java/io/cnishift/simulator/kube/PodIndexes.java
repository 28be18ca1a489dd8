package io.cnishift.simulator.kube;

import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import java.util.List;
import java.util.Map;

/** Pods by what controllers look for, so that nobody goes through all of them. */
public final class PodIndexes {
    private final ObjectIndex byController;
    private final ObjectIndex byNode;

    private PodIndexes(Kernel kernel) {
        byController = kernel.objects().index("Pod", Pods::controllerUid);
        byNode = kernel.objects().index("Pod", p -> Pods.node(p).map(List::of).orElse(List.of()));
    }

    /** The indexes of that world. */
    public static PodIndexes of(Kernel kernel) {
        return kernel.shared(PodIndexes.class, PodIndexes::new);
    }

    /** The pods that an object controls, in order of their names; a copy. */
    public List<Map<String, Object>> controlledBy(String uid) {
        return List.copyOf(byController.of(uid));
    }

    /** The pods bound to a node; a copy. */
    public List<Map<String, Object>> on(String node) {
        return List.copyOf(byNode.of(node));
    }
}
