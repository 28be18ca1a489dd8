package io.cnishift.api.plan;

/**
 * A {@link io.cnishift.api.MigrationStrategy} that moves what runs in a cluster to a second one. Optional to implement. The host
 * reads the cluster that the option names, if it names one, before the strategy is asked, and gives it with the request.
 */
public interface SecondCluster {

    /** Name of the option that says where the second cluster is, as {@code --cluster} takes it. Constant. */
    String secondOption();
}
