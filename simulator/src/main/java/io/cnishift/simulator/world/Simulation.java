package io.cnishift.simulator.world;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.AwsBehaviours;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.cni.CniBehaviours;
import io.cnishift.simulator.elb.Clients;
import io.cnishift.simulator.elb.ElbBehaviours;
import io.cnishift.simulator.kube.Disks;
import io.cnishift.simulator.kube.Hydration;
import io.cnishift.simulator.kube.SimKubernetesPort;
import io.cnishift.simulator.net.NetBehaviours;
import io.cnishift.simulator.owner.ActingOwners;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A simulated cluster, open: the kernel with a set of behaviours over what a snapshot says. */
public final class Simulation {
    /** Added to the seed for a second cluster. */
    private static final long SECOND = 7_919;

    private final Kernel kernel;
    private final World world;
    private final Optional<Simulation> second;

    private Simulation(Kernel kernel, World world, Optional<Simulation> second) {
        this.kernel = kernel;
        this.world = world;
        this.second = second;
    }

    private Simulation(Kernel kernel) {
        this.kernel = kernel;
        second = Optional.empty();
        world = new World(
                        UntilMade.kubernetes(new SimKubernetesPort(kernel), kernel),
                        kernel.awsPort().orElseGet(() -> new NoAws()),
                        UntilMade.helm(kernel.helmPort().orElseGet(() -> new NoHelm()), kernel),
                        kernel::reach,
                        new ActingOwners(
                                kernel,
                                kernel.settings().ownerDelay(),
                                act -> world().port(act).perform(act)),
                        kernel.clock(),
                        kernel.incidents()::findings,
                        kernel.notModelled()::notes,
                        kernel.injected()::lines)
                .guardedBy(new SimulatedGuards(kernel))
                .losing(kernel.incidents()::lasted);
    }

    /** A world with every behaviour. */
    public static Simulation open(ClusterSnapshot snapshot, WorldFactory.Settings settings) {
        return open(snapshot, settings, Behaviours.all());
    }

    /**
     * Two clusters in one VPC, on one clock: what one takes of the addresses of a subnet the other cannot have, and the clients of both go
     * by the DNS names of the first. The world of the second is beside that of the first.
     */
    public static Simulation pair(ClusterSnapshot first, ClusterSnapshot second, WorldFactory.Settings settings) {
        Kernel kernel = new Kernel(first, settings);
        // chance is another one there, or ids and UIDs would be the same ones
        WorldFactory.Settings elsewhere =
                new WorldFactory.Settings(settings.seed() + SECOND, settings.faults(), settings.ownerDelay());
        Kernel beside = new Kernel(second, elsewhere, kernel);
        Cloud.share(kernel, beside);
        Clients.share(kernel, beside);
        Disks.share(kernel, beside);
        Simulation there = filled(beside, Behaviours.all());
        Simulation pair = filled(kernel, Behaviours.all()).beside(there);
        AwsBehaviours.share(kernel, beside);
        CniBehaviours.share(kernel, beside);
        NetBehaviours.share(kernel, beside);
        ElbBehaviours.share(kernel, beside);
        return pair;
    }

    /** A world with these behaviours only, installed in this order. */
    public static Simulation open(
            ClusterSnapshot snapshot, WorldFactory.Settings settings, List<Behaviour> behaviours) {
        return filled(new Kernel(snapshot, settings), behaviours);
    }

    private static Simulation filled(Kernel kernel, List<Behaviour> behaviours) {
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

    private Simulation beside(Simulation other) {
        return new Simulation(kernel, world.beside(other.world), Optional.of(other));
    }

    /** The second cluster of two. */
    public Optional<Simulation> second() {
        return second;
    }

    /** The ports to this cluster. */
    public World world() {
        return world;
    }

    public Kernel kernel() {
        return kernel;
    }
}
