package org.example.maxeni;

import java.util.Map;
import java.util.TreeMap;

/**
 * Parameters of the step kind {@value #KIND}. They stand in the plan file, so they are data: no behaviour, types of the JDK.
 *
 * @param freeAddresses subnet to the free addresses that it must have at the end
 */
record CapInterfaces(int maxEni, Map<String, Integer> freeAddresses) {

    static final String KIND = "cap-interfaces";

    CapInterfaces {
        freeAddresses = Map.copyOf(freeAddresses);
    }

    /** The variables of aws-node. MAX_ENI stops growth; only the other one has interfaces given back. */
    Map<String, String> env() {
        return new TreeMap<>(Map.of(AwsNodeEnv.MAX_ENI, String.valueOf(maxEni), AwsNodeEnv.WARM_ENI_TARGET, "0"));
    }
}
