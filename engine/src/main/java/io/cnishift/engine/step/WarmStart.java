package io.cnishift.engine.step;

import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.capacity.WarmPool;
import io.cnishift.api.capacity.WarmPoolSettings;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import java.util.Optional;

/** What a node of the VPC CNI takes from its subnet as soon as its first pod is on it: its warm pool beside that one address. */
final class WarmStart {

    private WarmStart() {}

    /** Addresses of one node of the group, of the type that takes the most; of types that are not known, the node's own. */
    static int addresses(View view, NodeGroup group) {
        return VpcCni.of(view)
                .map(cni -> WarmPoolSettings.fromEnv(cni.env()))
                .map(settings -> group.instanceTypes().stream()
                        .map(InstanceTable.embedded()::find)
                        .flatMap(Optional::stream)
                        .mapToInt(limits -> addresses(settings, limits, group))
                        .max()
                        .orElse(1))
                .orElse(1);
    }

    private static int addresses(WarmPoolSettings settings, InstanceLimits limits, NodeGroup group) {
        int most = group.maxPods().orElseGet(() -> WarmPool.slots(settings, limits));
        return WarmPool.held(settings, limits, 1, most).subnetAddresses();
    }
}
