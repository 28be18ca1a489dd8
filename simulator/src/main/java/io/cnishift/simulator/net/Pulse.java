package io.cnishift.simulator.net;

import io.cnishift.api.cluster.Part;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Tells, soon after anything changed that the network may depend on, that it has; many changes at once are one beat. Whoever
 * looks at the whole network looks then, and never in between.
 */
public final class Pulse {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Set<String> KINDS = Set.of(
            "Pod",
            "Node",
            "Service",
            "EndpointSlice",
            "Ingress",
            "TargetGroupBinding",
            "CiliumNode",
            "CiliumNodeConfig",
            "DaemonSet");
    private static final Set<Part> PARTS = EnumSet.of(
            Part.INSTANCES,
            Part.NETWORK_INTERFACES,
            Part.SECURITY_GROUPS,
            Part.ROUTE_TABLES,
            Part.NETWORK_ACLS,
            Part.LOAD_BALANCERS,
            Part.TARGET_GROUPS);

    private final Kernel kernel;
    private final List<Runnable> listeners = new ArrayList<>();
    private boolean due;

    private Pulse(Kernel kernel) {
        this.kernel = kernel;
        KINDS.forEach(k -> kernel.objects().listen(k, (before, after) -> beat()));
        Cloud.of(kernel).listen(change -> {
            if (PARTS.contains(change.part())) {
                beat();
            }
        });
    }

    /** The pulse of that world. */
    public static Pulse of(Kernel kernel) {
        return kernel.shared(Pulse.class, Pulse::new);
    }

    /** Calls this at every beat, after those who asked before; also soon after the start. */
    public void listen(Runnable listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        beat();
    }

    /** Something changed. */
    public void beat() {
        if (!due) {
            due = true;
            kernel.clock().after(SOON, () -> {
                due = false;
                List.copyOf(listeners).forEach(Runnable::run);
            });
        }
    }
}
