package io.cnishift.simulator.scenario.production;

import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.PodMode;

/**
 * A machine that is a node.
 *
 * @param number among all of the cluster, from 0
 * @param address its own, the primary one of its first interface
 */
record Host(int number, Pool pool, int zone, String type, String instance, String address) {

    String name() {
        return "ip-" + address.replace('.', '-') + "." + Site.REGION + ".compute.internal";
    }

    InstanceLimits limits() {
        return limits(type);
    }

    int maxPods() {
        return maxPods(type);
    }

    static InstanceLimits limits(String type) {
        return InstanceTable.embedded().find(type).orElseThrow();
    }

    static int maxPods(String type) {
        return MaxPods.recommended(limits(type), PodMode.SECONDARY_IP).orElseThrow();
    }
}
