package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import java.util.Map;
import java.util.Optional;

/** From an object to what controls it. */
public final class Owners {

    private Owners() {}

    /** The object that controls it, if it is still the one of that UID. */
    public static Optional<Map<String, Object>> controller(Kernel kernel, Map<String, Object> object) {
        return Pods.controller(object)
                .flatMap(r -> kernel.objects()
                        .get(
                                Tree.text(r, "kind").orElse(""),
                                Pods.key(object).namespace(),
                                Tree.text(r, "name").orElse(""))
                        .filter(o -> Pods.uid(o).equals(Tree.text(r, "uid").orElse(""))));
    }
}
