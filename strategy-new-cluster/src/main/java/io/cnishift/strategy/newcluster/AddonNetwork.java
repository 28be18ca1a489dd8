package io.cnishift.strategy.newcluster;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Release;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A network that the VPC CNI gives, as an add-on. */
interface AddonNetwork extends SecondNetwork {

    SecondSite site();

    /** The variables of aws-node. */
    Map<String, String> env();

    default AddonCni cni() {
        return new AddonCni(site());
    }

    @Override
    default Step step() {
        return cni().step(cni().addon(env()));
    }

    @Override
    default Optional<Release> release() {
        return Optional.empty();
    }

    @Override
    default Optional<MakeAddons.Wanted> addon() {
        return Optional.of(cni().addon(env()));
    }

    @Override
    default List<PodIdentity> identities() {
        return cni().identities();
    }

    @Override
    default int maxPods(NodeGroup group) {
        return maxPodsByEks(group);
    }
}
