package io.cnishift.adapters;

import io.cnishift.adapters.aws.AwsSide;
import io.cnishift.adapters.guard.GuardSamples;
import io.cnishift.adapters.helm.ChartRenderer;
import io.cnishift.adapters.helm.HelmChoice;
import io.cnishift.adapters.helm.HelmSide;
import io.cnishift.adapters.kubernetes.KubernetesSide;
import io.cnishift.adapters.reach.RealReach;
import io.cnishift.adapters.reading.Scope;
import io.cnishift.adapters.reading.WallClock;
import io.cnishift.adapters.reading.WorldClock;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.OwnerPort;
import io.cnishift.api.port.TimeSource;
import io.cnishift.api.port.World;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Opens real clusters, and owns every client that they need: close it when the command ends.
 *
 * <p>Opening contacts nothing and reads no file. What is wrong with the settings, the credentials or the cluster's name shows
 * in a {@link MigrationException} when something is first read.
 *
 * <pre>{@code
 * try (RealWorlds worlds = new RealWorlds()) {
 *     ClusterTarget target = new ClusterTarget("shop", ConnectionSettings.none());
 *     ClusterSnapshot snapshot = ClusterReader.read(worlds.open(target), target.toString());
 * }
 * }</pre>
 */
public final class RealWorlds implements AutoCloseable {

    private final Scope scope = new Scope();
    private final CallMetrics metrics = new CallMetrics();
    private final Environment environment;
    private final TimeSource time;
    private final HelmChoice helm;

    /** Real clusters as the environment of this process reaches them. */
    public RealWorlds() {
        this(Environment.ofProcess(), new WallClock(), HelmChoice.found());
    }

    /** Real clusters as that environment reaches them. */
    public RealWorlds(Environment environment, TimeSource time) {
        this(environment, time, HelmChoice.found());
    }

    private RealWorlds(Environment environment, TimeSource time, HelmChoice helm) {
        this.environment = Objects.requireNonNull(environment);
        this.time = Objects.requireNonNull(time);
        this.helm = Objects.requireNonNull(helm);
    }

    /** The same with another Helm; to be asked before anything is opened. */
    public RealWorlds with(HelmChoice choice) {
        return new RealWorlds(environment, time, choice);
    }

    /** Renders charts with the Helm of these worlds, and needs no cluster for it. */
    public ChartRenderer renderer() {
        return new HelmSide(helm, environment).renderer();
    }

    /** The ports to one cluster, for no migration in particular. */
    public World open(ClusterTarget target) {
        return open(target, Optional.empty());
    }

    /**
     * The ports to one cluster, with the retries and limits of {@link io.cnishift.adapters.resilience.ResilientCalls}.
     *
     * @param migration id of the migration that asks, by which AWS's records tell its requests
     */
    public World open(ClusterTarget target, Optional<String> migration) {
        String name = target.name();
        ConnectionSettings settings = target.settings();
        AwsSide aws = scope.own(new AwsSide(settings, environment, time, metrics, migration));
        KubernetesSide kubernetes = scope.own(new KubernetesSide(
                settings, environment, () -> aws.apiServer(name), () -> aws.tokens(name), time, metrics));
        WorldClock clock = new WorldClock(time);
        KubernetesPort kubernetesPort = kubernetes.port(clock::wake);
        return new World(
                        kubernetesPort,
                        new GroupsOfBothSides(aws.port(name, kubernetes.facts()), kubernetes.reader()),
                        new HelmSide(helm, environment)
                                .port(kubernetes.api(), kubernetesPort, kubernetes::kubeconfig, time),
                        scope.own(RealReach.of(
                                kubernetes,
                                kubernetesPort,
                                target.probeImage().orElse(RealReach.PROBE_IMAGE),
                                environment,
                                time)),
                        OwnerPort.toldByHand(),
                        clock,
                        List::of,
                        List::of,
                        List::of)
                .guardedBy(new GuardSamples(aws.alarms(), time))
                .counting(metrics::figures);
    }

    /**
     * The limits of all instance types that EC2 offers in the region of these settings, as it tells them now.
     *
     * @throws MigrationException when EC2 does not tell
     */
    public InstanceTable instanceTypes(ConnectionSettings settings) {
        return scope.own(new AwsSide(settings, environment, time, metrics)).instanceTypes();
    }

    /** Requests made so far, by operation. */
    public CallMetrics metrics() {
        return metrics;
    }

    /** Closes every client of every world that was opened. */
    @Override
    public void close() {
        scope.close();
    }
}
