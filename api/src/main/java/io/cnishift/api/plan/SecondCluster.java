package io.cnishift.api.plan;

/**
 * A {@link io.cnishift.api.MigrationStrategy} that moves what runs in a cluster to a second one. Optional to implement. The host
 * reads the cluster that the option names, if it names one, before the strategy is asked, and gives it with the request.
 */
public interface SecondCluster {

    /** Id of the phase from whose first step on all clients are led to the second cluster, and the first one only stands by. */
    String HOLD = "hold";

    /** Id of the phase from whose first step on the second cluster alone serves. */
    String RETIRE = "retire-first";

    /** Name of the option that says where the second cluster is, as {@code --cluster} takes it. Constant. */
    String secondOption();
}
