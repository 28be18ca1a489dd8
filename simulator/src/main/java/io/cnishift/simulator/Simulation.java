package io.cnishift.simulator;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.WorldFactory;
import java.util.List;
import java.util.Objects;

/** A simulated cluster, open: the kernel with a set of behaviours over what a snapshot says. */
public final class Simulation {
    private final Kernel kernel;

    private Simulation(Kernel kernel) {
        this.kernel = kernel;
    }

    /** A world with every behaviour. */
    public static Simulation open(ClusterSnapshot snapshot, WorldFactory.Settings settings) {
        return open(snapshot, settings, Behaviours.all());
    }

    /** A world with these behaviours only, installed in this order. */
    public static Simulation open(
            ClusterSnapshot snapshot, WorldFactory.Settings settings, List<Behaviour> behaviours) {
        Kernel kernel = new Kernel(snapshot, settings);
        behaviours.forEach(b -> b.install(kernel));
        return new Simulation(kernel);
    }

    /** Those behaviours but for the one of that id, which must be among them. */
    public static List<Behaviour> without(List<Behaviour> behaviours, String id) {
        Objects.requireNonNull(id, "id");
        if (behaviours.stream().noneMatch(b -> b.id().equals(id))) {
            throw MigrationException.user("sim-behaviour", "no behaviour '" + id + "'", "see docs/simulator.md");
        }
        return behaviours.stream().filter(b -> !b.id().equals(id)).toList();
    }

    public Kernel kernel() {
        return kernel;
    }
}
