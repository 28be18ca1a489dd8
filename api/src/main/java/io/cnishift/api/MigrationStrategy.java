package io.cnishift.api;

import java.util.List;

/**
 * One way to move a cluster off the plain VPC CNI, or to make the VPC CNI last. Found by {@link java.util.ServiceLoader}.
 *
 * <p>A strategy is pure: no I/O, no clock, no state. Equal requests give equal answers, from any thread. It never acts:
 * it writes steps as data and the engine performs them. Bad input is an answer (findings), never an exception.
 */
public interface MigrationStrategy {

    /** Who this strategy is, its options and the finding codes it may use. Constant. */
    StrategyDescriptor descriptor();

    /** What the strategy would give and cost on this cluster. Total: answers also when it cannot be used. */
    Assessment assess(Request request);

    /** The steps for this cluster, or why there are none. */
    PlanResult plan(Request request);

    /** Step kinds that only this strategy uses; the built-in ones need no mention. */
    default List<StepKind<?>> stepKinds() {
        return List.of();
    }

    /** Probes that only this strategy brings; the built-in catalogue is always there. */
    default List<Probe> probes() {
        return List.of();
    }
}
