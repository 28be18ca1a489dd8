package io.cnishift.adapters;

import io.cnishift.adapters.aws.AwsSide;
import io.cnishift.adapters.guard.GuardSamples;
import io.cnishift.adapters.helm.HelmReader;
import io.cnishift.adapters.kubernetes.KubernetesSide;
import io.cnishift.adapters.reading.ReadOnlyPort;
import io.cnishift.adapters.reading.Scope;
import io.cnishift.adapters.reading.WallClock;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.OwnerPort;
import io.cnishift.api.port.ReachPort;
import io.cnishift.api.port.TimeSource;
import io.cnishift.api.port.World;
import java.util.List;
import java.util.Objects;

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

    /** Real clusters as the environment of this process reaches them. */
    public RealWorlds() {
        this(Environment.ofProcess(), new WallClock());
    }

    /** Real clusters as that environment reaches them. */
    public RealWorlds(Environment environment, TimeSource time) {
        this.environment = Objects.requireNonNull(environment);
        this.time = Objects.requireNonNull(time);
    }

    /**
     * The ports to one cluster. They read, with the retries and limits of
     * {@link io.cnishift.adapters.resilience.ResilientCalls}; acts are refused, see {@link ReadOnlyPort}.
     */
    public World open(ClusterTarget target) {
        String name = target.name();
        ConnectionSettings settings = target.settings();
        AwsSide aws = scope.own(new AwsSide(settings, environment, time, metrics));
        KubernetesSide kubernetes = scope.own(new KubernetesSide(
                settings, environment, () -> aws.apiServer(name), () -> aws.tokens(name), time, metrics));
        return new World(
                        new ReadOnlyPort(kubernetes.reader()),
                        new ReadOnlyPort(aws.reader(name, kubernetes.facts())),
                        new ReadOnlyPort(new HelmReader(kubernetes.api())),
                        unasked(),
                        OwnerPort.toldByHand(),
                        time,
                        List::of,
                        List::of,
                        List::of)
                .guardedBy(new GuardSamples(aws.alarms(), time));
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

    private ReachPort unasked() {
        return question -> new Answer(
                Answer.Verdict.UNKNOWN,
                "questions to the network of a real cluster are not part of this version",
                time.now());
    }

    /** Closes every client of every world that was opened. */
    @Override
    public void close() {
        scope.close();
    }
}
