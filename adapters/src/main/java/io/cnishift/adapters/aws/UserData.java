package io.cnishift.adapters.aws;

import io.cnishift.api.cluster.Taint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What cnishift wants to know of a launch template's user data. The document itself is never kept: it may hold secrets.
 *
 * @param setsMaxPods whether it decides max-pods, also where the number comes out at boot only (an expression)
 * @param maxPods the number, where one is written
 * @param labels node labels that it gives
 * @param taints node taints that it registers
 * @param cluster the cluster that its NodeConfig names
 */
record UserData(
        boolean setsMaxPods,
        OptionalInt maxPods,
        Map<String, String> labels,
        List<Taint> taints,
        Optional<String> cluster) {

    /** Without a word of a cluster. */
    UserData(boolean setsMaxPods, OptionalInt maxPods, Map<String, String> labels, List<Taint> taints) {
        this(setsMaxPods, maxPods, labels, taints, Optional.empty());
    }

    /** No user data, or none that says anything to the kubelet. */
    static final UserData NONE = new UserData(false, OptionalInt.empty(), Map.of(), List.of());

    UserData {
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
    }
}
