package io.cnishift.simulator.net;

import io.cnishift.simulator.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The network of a world: a flow passes when none of the obstacles stops it; they are asked in the order of their adding. */
public final class Network {

    private final List<Obstacle> obstacles = new ArrayList<>();

    private Network() {}

    /** The network of that world. */
    public static Network of(Kernel kernel) {
        return kernel.shared(Network.class, k -> new Network());
    }

    /** Adds what may stop flows. */
    public void add(Obstacle obstacle) {
        obstacles.add(Objects.requireNonNull(obstacle, "obstacle"));
    }

    /** Whether the flow passes. */
    public Passage carry(Flow flow) {
        for (Obstacle obstacle : obstacles) {
            Optional<String> why = obstacle.stops(flow);
            if (why.isPresent()) {
                return Passage.broken(flow.from() + " -> " + flow.to() + ": " + why.get());
            }
        }
        return Passage.through(flow.from() + " -> " + flow.to() + " " + path(flow));
    }

    private static String path(Flow flow) {
        if (flow.from().sameNode(flow.to())) {
            return "on the same node";
        }
        if (flow.to().overlay()) {
            return "through the tunnel";
        }
        if (flow.from().overlay()) {
            return "as the address of its node";
        }
        return "through the VPC";
    }
}
