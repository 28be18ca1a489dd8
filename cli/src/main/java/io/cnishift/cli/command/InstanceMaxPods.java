package io.cnishift.cli.command;

import io.cnishift.api.capacity.Hypervisor;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.PodMode;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The pod limits of one instance type, as {@code max-pods} publishes them.
 *
 * @param maxPods by mode; empty for a mode that the type cannot do
 * @param recommended the same, not above what AWS advises for its size
 * @param source {@code embedded} or {@code ec2}
 */
record InstanceMaxPods(
        String instanceType,
        int enis,
        int ipv4PerEni,
        Hypervisor hypervisor,
        int vcpus,
        Map<PodMode, OptionalInt> maxPods,
        Map<PodMode, OptionalInt> recommended,
        String source) {
    InstanceMaxPods {
        Objects.requireNonNull(instanceType);
        Objects.requireNonNull(hypervisor);
        maxPods = new TreeMap<>(maxPods);
        recommended = new TreeMap<>(recommended);
        Objects.requireNonNull(source);
    }

    static InstanceMaxPods of(InstanceLimits limits, String source) {
        return new InstanceMaxPods(
                limits.type(),
                limits.enis(),
                limits.ipv4PerEni(),
                limits.hypervisor(),
                limits.vcpus(),
                byMode(mode -> MaxPods.of(limits, mode)),
                byMode(mode -> MaxPods.recommended(limits, mode)),
                source);
    }

    private static Map<PodMode, OptionalInt> byMode(Function<PodMode, OptionalInt> pods) {
        Map<PodMode, OptionalInt> byMode = new TreeMap<>();
        for (PodMode mode : PodMode.values()) {
            byMode.put(mode, pods.apply(mode));
        }
        return byMode;
    }
}
