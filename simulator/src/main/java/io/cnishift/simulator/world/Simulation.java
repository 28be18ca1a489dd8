package io.cnishift.simulator.world;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.Hydration;
import io.cnishift.simulator.kube.SimKubernetesPort;
import io.cnishift.simulator.owner.ActingOwners;
import java.util.List;
import java.util.Objects;

/** A simulated cluster, open: the kernel with a set of behaviours over what a snapshot says. */
public final class Simulation {
    private final Kernel kernel;
    private final World world;

    private Simulation(Kernel kernel) {
        this.kernel = kernel;
        world = new World(
                        new SimKubernetesPort(kernel),
                        kernel.awsPort().orElseGet(() -> new NoAws()),
                        kernel.helmPort().orElseGet(() -> new NoHelm()),
                        kernel::reach,
                        new ActingOwners(
                                kernel,
                                kernel.settings().ownerDelay(),
                                act -> world().port(act).perform(act)),
                        kernel.clock(),
                        kernel.incidents()::findings,
                        kernel.notModelled()::notes,
                        kernel.injected()::lines)
                .guardedBy(new SimulatedGuards(kernel));
    }

    /** A world with every behaviour. */
    public static Simulation open(ClusterSnapshot snapshot, WorldFactory.Settings settings) {
        return open(snapshot, settings, Behaviours.all());
    }

    /** A world with these behaviours only, installed in this order. */
    public static Simulation open(
            ClusterSnapshot snapshot, WorldFactory.Settings settings, List<Behaviour> behaviours) {
        Kernel kernel = new Kernel(snapshot, settings);
        Hydration.fill(kernel);
        behaviours.forEach(b -> b.install(kernel));
        return new Simulation(kernel);
    }

    /** Those behaviours but for the one of that id, which must be among them. */
    public static List<Behaviour> without(List<Behaviour> behaviours, String id) {
        Objects.requireNonNull(id, "id");
        if (behaviours.stream().noneMatch(b -> b.id().equals(id))) {
            throw MigrationException.user("SIM-BEHAVIOUR", "no behaviour '" + id + "'", "see docs/simulator.md");
        }
        return behaviours.stream().filter(b -> !b.id().equals(id)).toList();
    }

    /** The ports to this cluster. */
    public World world() {
        return world;
    }

    public Kernel kernel() {
        return kernel;
    }
}
