package io.cnishift.simulator.kube.control;

import io.cnishift.simulator.Behaviour;
import java.util.List;

/** The controllers, in the order of installation. */
public final class Controllers {

    private Controllers() {}

    /** All of them, for one world. */
    public static List<Behaviour> all() {
        return List.of(
                new Namespaces(),
                new GarbageCollector(),
                new PodGarbage(),
                new ReplicaSets(),
                new Deployments(),
                new StatefulSets(),
                new DaemonSets(),
                new Jobs(),
                new EndpointSlices(),
                new BudgetStatus(),
                new NodeLifecycle(),
                new ServiceAllocation(),
                new VolumeBinding(),
                new StaticVolumes(),
                new VolumeReclaim());
    }
}
