package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Remembered;
import io.cnishift.api.cluster.View;
import io.cnishift.api.step.RollNodes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The machines of the new side as a roll finds them: which are ready, and what is to be said of others. Worked out once for as long as
 * none of them changes.
 *
 * @param newcomers those of which anything is to be said
 */
record Arrived(View view, RollNodes params, List<Node> ready, List<Newcomer> newcomers) {

    /**
     * What is to be said of a machine that came.
     *
     * @param speaks whether it does for the pods of its zone
     */
    private record Newcomer(
            Fleet.Machine machine, Optional<String> lacks, Optional<Finding> wrongSize, boolean speaks) {}

    static Arrived of(View view, RollNodes params, Fleet fleet) {
        return view.unlessGroupChanged(
                fleet.arrivingGroup(), new Of(params, fleet.arriving(), Readiness.hasAgent(view)));
    }

    /** The machines are the same list for as long as they are the same. */
    private record Of(RollNodes params, List<Fleet.Machine> machines, boolean agent) implements Remembered<Arrived> {
        @Override
        public Arrived workedOut(View view, String group) {
            List<Node> ready = new ArrayList<>();
            List<Newcomer> newcomers = new ArrayList<>();
            Set<String> zones = new HashSet<>();
            for (Fleet.Machine machine : machines) {
                Optional<String> lacks = machine.node()
                        .map(n -> Readiness.ofNew(view, params, n))
                        .orElse(Optional.of("has not joined"));
                Newcomer one = new Newcomer(
                        machine,
                        lacks,
                        machine.node().flatMap(n -> Readiness.wrongSize(params, n)),
                        zones.add(machine.zone()));
                if (lacks.isEmpty()) {
                    ready.add(machine.node().orElseThrow());
                }
                if (lacks.isPresent() || one.wrongSize().isPresent() || one.speaks()) {
                    newcomers.add(one);
                }
            }
            return new Arrived(view, params, List.copyOf(ready), List.copyOf(newcomers));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Of that
                    && machines.equals(that.machines)
                    && agent == that.agent
                    && params.equals(that.params);
        }

        @Override
        public int hashCode() {
            return params.from().hashCode();
        }
    }

    /** Says all that is to be said; the nodes that are ready. */
    List<Node> told(Replacement replacement, Agenda agenda) {
        for (Newcomer one : newcomers) {
            Fleet.Machine machine = one.machine();
            one.wrongSize().ifPresent(agenda::block);
            if (one.speaks() && machine.node().isPresent()) {
                Readiness.wrongAddress(view, params, machine.node().get()).ifPresent(agenda::block);
            }
            if (one.lacks().isPresent()) {
                replacement.joining(machine, one.lacks().get(), agenda);
            }
        }
        return ready;
    }
}
