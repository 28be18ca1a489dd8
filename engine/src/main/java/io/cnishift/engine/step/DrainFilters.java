package io.cnishift.engine.step;

import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.step.RollNodes;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Which pods of a node are moved, with the filters of {@code kubectl drain} in their order; the first that does not say
 * "move" wins. Source: kubectl pkg/drain/filters.go.
 *
 * <ol>
 *   <li>A pod that is being deleted is waited for.
 *   <li>A DaemonSet's pod stays, unless it is finished; one whose DaemonSet is gone is as a bare pod.
 *   <li>A mirror pod stays: the kubelet runs it from a file.
 *   <li>A pod that the plan leaves on the old CNI is refused, unless it is finished; kubectl knows no such pods.
 *   <li>A pod with an emptyDir volume loses its data: refused, unless it is finished or that was allowed, for all pods or for
 *       its workload by name; kubectl knows only the former.
 *   <li>A pod without a controller never comes back: refused, unless it is finished or that was allowed, likewise.
 * </ol>
 */
final class DrainFilters {

    private final View view;
    private final List<Function<Pod, Decision>> filters;

    /** @param keep workloads whose pods stay where they are */
    DrainFilters(View view, RollNodes params, List<String> keep) {
        this.view = view;
        this.filters = List.of(
                DrainFilters::deleted,
                pod -> daemonSet(pod, params.evictBarePods()),
                DrainFilters::mirror,
                pod -> kept(pod, keep),
                pod -> localStorage(pod, () -> params.deleteEmptyDirData() || consented(pod, params)),
                pod -> unreplicated(pod, () -> params.evictBarePods() || consented(pod, params)));
    }

    private static boolean consented(Pod pod, RollNodes params) {
        return params.consented().contains(pod.workload().orElse("Pod/" + pod.key()));
    }

    /** What is done with a pod; a refusal says why and what would allow it. */
    record Decision(Kind kind, String reason, String remedy) {
        enum Kind {
            MOVE,
            STAY,
            LEAVING,
            REFUSED
        }

        static final Decision MOVE = new Decision(Kind.MOVE, "", "");
        static final Decision STAY = new Decision(Kind.STAY, "", "");
        static final Decision LEAVING = new Decision(Kind.LEAVING, "is being deleted", "");

        static Decision refused(String reason, String remedy) {
            return new Decision(Kind.REFUSED, reason, remedy);
        }
    }

    Decision of(Pod pod) {
        for (Function<Pod, Decision> filter : filters) {
            Decision decision = filter.apply(pod);
            if (decision.kind() != Decision.Kind.MOVE) {
                return decision;
            }
        }
        return Decision.MOVE;
    }

    private static Decision deleted(Pod pod) {
        return pod.terminating() ? Decision.LEAVING : Decision.MOVE;
    }

    private Decision daemonSet(Pod pod, boolean force) {
        boolean owned =
                pod.controller().filter(c -> c.kind().equals("DaemonSet")).isPresent();
        if (!owned || pod.finished()) {
            return Decision.MOVE;
        }
        boolean exists = pod.workload().flatMap(view::workload).isPresent();
        if (exists) {
            return Decision.STAY;
        }
        return force
                ? Decision.MOVE
                : Decision.refused(
                        "belongs to a DaemonSet that does not exist",
                        "delete the pod, or plan with evictBarePods=true");
    }

    private static Decision mirror(Pod pod) {
        return pod.mirror() ? Decision.STAY : Decision.MOVE;
    }

    private static Decision kept(Pod pod, List<String> keep) {
        return !pod.finished() && pod.workload().filter(keep::contains).isPresent()
                ? Decision.refused("is left on the old CNI by the plan", "")
                : Decision.MOVE;
    }

    private static Decision localStorage(Pod pod, BooleanSupplier delete) {
        boolean local = pod.volumes().stream().anyMatch(v -> v.kind().equals("emptyDir"));
        return !local || pod.finished() || delete.getAsBoolean()
                ? Decision.MOVE
                : Decision.refused(
                        "has an emptyDir volume whose data would be lost",
                        "plan with deleteEmptyDirData=true if that data may go");
    }

    private static Decision unreplicated(Pod pod, BooleanSupplier force) {
        return pod.controller().isPresent() || pod.finished() || force.getAsBoolean()
                ? Decision.MOVE
                : Decision.refused(
                        "has no controller that would make it again",
                        "delete it or give it a controller, or plan with evictBarePods=true");
    }
}
