package io.cnishift.engine.step;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.util.Map;
import java.util.Optional;

/** Takes the pods of a controller away: by 0 replicas, for a DaemonSet by a node selector that no node has. */
final class ControllerPark {

    private static final String PARKED = "cnishift.io/parked";

    private ControllerPark() {}

    static Optional<Act> act(Workload controller) {
        return parked(controller)
                ? Optional.empty()
                : Optional.of(new PatchObject(
                        Refs.of(controller), PatchType.MERGE, Map.of("spec", spec(controller)), Optional.empty()));
    }

    static boolean runs(View view, Workload controller) {
        return view.podsOf(controller.key()).stream().anyMatch(p -> !p.finished());
    }

    private static boolean parked(Workload controller) {
        return controller.kind().equals("DaemonSet")
                ? Tree.strings(controller.podSpec(), "nodeSelector").containsKey(PARKED)
                : controller.desired() == 0;
    }

    private static Map<String, Object> spec(Workload controller) {
        Map<String, Object> nowhere = Map.of("nodeSelector", Map.of(PARKED, "true"));
        return controller.kind().equals("DaemonSet")
                ? Map.of("template", Map.of("spec", nowhere))
                : Map.of("replicas", 0);
    }
}
