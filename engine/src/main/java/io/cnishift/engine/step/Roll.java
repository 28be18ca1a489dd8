package io.cnishift.engine.step;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Bounds;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RollNodes;
import java.util.List;

/** What the parts of a roll share during one pass in one direction. */
final class Roll {

    private final View view;
    private final RollNodes params;
    private final Progress progress;
    private final Fleet fleet;
    private final List<Node> onto;
    private final SurgeMove surge;
    private final DrainFilters filters;
    private final Disruptions disruptions;
    private final String mark;

    /**
     * Looks at the cluster.
     *
     * @param onto nodes that take the pods
     */
    Roll(View view, RollNodes params, Progress progress, Fleet fleet, List<Node> onto) {
        this.view = view;
        this.params = params;
        this.progress = progress;
        this.fleet = fleet;
        this.onto = List.copyOf(onto);
        this.surge = new SurgeMove(view, progress, fleet.back());
        this.filters = new DrainFilters(view, params, fleet.back() ? List.of() : params.keep());
        this.disruptions = new Disruptions(view, progress, params.singletons(), surge);
        this.mark = Restart.value(progress) + (fleet.back() ? "/back" : "");
    }

    View view() {
        return view;
    }

    RollNodes params() {
        return params;
    }

    Progress progress() {
        return progress;
    }

    Fleet fleet() {
        return fleet;
    }

    /** Ready nodes that take the pods. */
    List<Node> onto() {
        return onto;
    }

    /** How far this run may go in this direction. */
    Bounds bounds() {
        return fleet.back() ? Bounds.none() : progress.bounds();
    }

    SurgeMove surge() {
        return surge;
    }

    /** The pods of a node that leaves. */
    Tenants tenants(Node node) {
        return Tenants.on(view, node.name(), filters);
    }

    Disruptions disruptions() {
        return disruptions;
    }

    /** By which drains of this step and direction are known. */
    String mark() {
        return mark;
    }

    /** What lets pods that are left on the old CNI start anew, once all others have moved. */
    List<Act> homes() {
        return params.keep().isEmpty()
                ? List.of()
                : fleet.leaving().stream()
                        .flatMap(m -> m.node().stream())
                        .flatMap(n -> NodeMarks.uncordon(n, progress).stream())
                        .toList();
    }

    /** What cordons the nodes that leave and still take pods. */
    List<Act> cordons() {
        return fleet.leaving().stream()
                .flatMap(m -> m.node().stream())
                .filter(n -> !n.unschedulable())
                .map(n -> (Act) new CordonNode(n.name(), n.uid()))
                .toList();
    }
}
