package io.cnishift.engine.step;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes the pods of a controller away: by 0 replicas, for a DaemonSet by a node selector that no node has, for a CronJob by suspending it. */
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
        Stream<Pod> pods = controller.kind().equals("CronJob")
                ? view.podsIn(controller.namespace()).stream().filter(p -> madeBy(controller, p))
                : view.podsOf(controller.key()).stream();
        return pods.anyMatch(p -> !p.finished());
    }

    /** A CronJob's controller names each Job after it and the minute it was due. */
    private static boolean madeBy(Workload cronJob, Pod pod) {
        String prefix = "Job/" + cronJob.namespace() + "/" + cronJob.name() + "-";
        return pod.workload()
                .filter(w -> w.startsWith(prefix)
                        && w.substring(prefix.length()).chars().allMatch(Character::isDigit))
                .isPresent();
    }

    private static boolean parked(Workload controller) {
        return switch (controller.kind()) {
            case "CronJob" -> controller.paused();
            case "DaemonSet" ->
                Tree.strings(controller.podSpec(), "nodeSelector").containsKey(PARKED);
            default -> controller.desired() == 0;
        };
    }

    private static Map<String, Object> spec(Workload controller) {
        return switch (controller.kind()) {
            case "CronJob" -> Map.of("suspend", true);
            case "DaemonSet" -> Map.of("template", Map.of("spec", Map.of("nodeSelector", Map.of(PARKED, "true"))));
            default -> Map.of("replicas", 0);
        };
    }
}
