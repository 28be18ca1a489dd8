package io.cnishift.it.front;

import io.cnishift.adapters.kubernetes.KubernetesSide;
import io.cnishift.adapters.kubernetes.WatchPace;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.resilience.Limits;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.Finding;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.TimeSource;
import io.cnishift.api.port.World;
import io.cnishift.it.front.ControlClient.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The world of one process that reaches a simulated cluster over HTTP only: Kubernetes by the adapter of real clusters, all else by
 * the control endpoint.
 *
 * <p>Time stands still between two calls. Waiting lets it pass until something that is watched changes, and is over when the watches
 * of the adapter have told it: no run depends on how fast this machine is.
 */
final class FrontedWorld implements AutoCloseable {
    private static final int UNLIMITED = 100_000;

    /** Watches come back at once, and custom resources are seen soon after they are served. */
    private static final WatchPace PACE = new WatchPace(
            Duration.ofMinutes(5),
            Duration.ofSeconds(75),
            Duration.ofMillis(2),
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            new Random(1));

    private final Mirror mirror = new Mirror();
    private final Set<Part> fed = EnumSet.noneOf(Part.class);
    private final ControlClient control;
    private final KubernetesSide side;
    private final KubernetesPort adapter;
    private Optional<Instant> now = Optional.empty();

    FrontedWorld(Fronted fronted) {
        this(fronted.control(), fronted.kubeconfig());
    }

    /** One that is reached from another process. */
    FrontedWorld(ControlClient control, Path kubeconfig) {
        this.control = control;
        side = new KubernetesSide(
                ConnectionSettings.builder()
                        .withKubeconfig(Optional.of(kubeconfig))
                        .build(),
                new Hurried(),
                new Limits(Map.of(), UNLIMITED),
                new CallMetrics());
        adapter = side.port(() -> {}, PACE);
    }

    /** Ends all connections, as the end of the process does. */
    @Override
    public void close() {
        side.close();
    }

    /** Pauses between requests are over at once: neither the wall nor the cluster waits for them. */
    private static final class Hurried implements TimeSource {
        private Instant now = Instant.EPOCH;

        @Override
        public synchronized Instant now() {
            return now;
        }

        @Override
        public synchronized void await(Instant until) {
            now = now.isBefore(until) ? until : now;
        }
    }

    /** The ports. */
    World world() {
        return new World(
                new Kubernetes(),
                new RemotePort.Aws(control),
                new RemotePort.Helm(control),
                question -> RemotePort.asked(() -> control.send("ask", Question.class, question, Answer.class)),
                act -> RemotePort.asked(() -> control.tree("owners", Act.class, act)),
                new Time(),
                () -> control.world("violations", Finding.class),
                () -> control.world("notModelled", String.class),
                () -> control.world("injected", String.class));
    }

    private final class Time implements TimeSource {
        @Override
        public Instant now() {
            Instant known = now.orElseGet(control::now);
            now = Optional.of(known);
            return known;
        }

        @Override
        public void await(Instant until) {
            Moment moment = control.await(until);
            now = Optional.of(moment.now());
            // before this process watches anything, what comes is for one that is dead
            mirror.await(moment.changes().changes().stream()
                    .filter(change -> fed.contains(change.part()))
                    .toList());
        }
    }

    private final class Kubernetes implements KubernetesPort {
        @Override
        public Reading read(Set<Part> parts) {
            Reading reading = adapter.read(parts);
            mirror.read(parts, reading);
            return reading;
        }

        @Override
        public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
            Set<Part> theirs = adapter.watch(parts, change -> {
                sink.accept(change);
                mirror.take(change);
            });
            fed.addAll(theirs);
            if (!fed.isEmpty()) {
                control.watch(fed);
            }
            return theirs;
        }

        @Override
        public Map<String, Object> before(Act act) {
            return adapter.before(act);
        }

        @Override
        public ActResult perform(Act act) {
            // a webhook that does not answer lets time pass
            now = Optional.empty();
            return adapter.perform(act);
        }

        @Override
        public Optional<ActResult> check(Act act) {
            return adapter.check(act);
        }
    }
}
