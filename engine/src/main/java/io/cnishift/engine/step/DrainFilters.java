package io.cnishift.engine.step;

import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Remembered;
import io.cnishift.api.cluster.View;
import io.cnishift.api.step.RollNodes;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
 *
 * @param keep workloads whose pods stay where they are
 */
record DrainFilters(View view, RollNodes params, List<String> keep) implements Remembered<Tenants> {

    DrainFilters {
        keep = List.copyOf(keep);
    }

    @Override
    public Tenants workedOut(View there, String node) {
        return Tenants.look(view, node, this);
    }

    /** Asked for all the time, nearly always with the very same parameters, which are long lists. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DrainFilters that
                && view == that.view
                && params.equals(that.params)
                && keep.equals(that.keep);
    }

    @Override
    public int hashCode() {
        return params.from().hashCode();
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
        if (pod.terminating()) {
            return Decision.LEAVING;
        }
        if (!pod.finished() && ofDaemonSet(pod)) {
            if (pod.workload().flatMap(view::workload).isPresent()) {
                return Decision.STAY;
            }
            if (!params.evictBarePods()) {
                return Decision.refused(
                        "belongs to a DaemonSet that does not exist",
                        "delete the pod, or plan with evictBarePods=true");
            }
        }
        if (pod.mirror()) {
            return Decision.STAY;
        }
        return pod.finished() ? Decision.MOVE : running(pod);
    }

    private Decision running(Pod pod) {
        if (!keep.isEmpty() && pod.workload().filter(keep::contains).isPresent()) {
            return Decision.refused("is left on the old CNI by the plan", "");
        }
        if (!params.deleteEmptyDirData() && hasLocalStorage(pod) && !consented(pod)) {
            return Decision.refused(
                    "has an emptyDir volume whose data would be lost",
                    "plan with deleteEmptyDirData=true if that data may go");
        }
        if (!params.evictBarePods() && pod.controller().isEmpty() && !consented(pod)) {
            return Decision.refused(
                    "has no controller that would make it again",
                    "delete it or give it a controller, or plan with evictBarePods=true");
        }
        return Decision.MOVE;
    }

    private static boolean ofDaemonSet(Pod pod) {
        return pod.controller().isPresent() && pod.controller().get().kind().equals("DaemonSet");
    }

    private static boolean hasLocalStorage(Pod pod) {
        for (Pod.PodVolume volume : pod.volumes()) {
            if (volume.kind().equals("emptyDir")) {
                return true;
            }
        }
        return false;
    }

    private boolean consented(Pod pod) {
        return params.consented().contains(pod.workload().orElse("Pod/" + pod.key()));
    }
}
