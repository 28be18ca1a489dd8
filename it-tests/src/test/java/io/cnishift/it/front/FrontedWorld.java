package io.cnishift.it.front;

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
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The world of one process that reaches a simulated cluster over HTTP only: Kubernetes by the adapter of real clusters, all else by
 * the control endpoint.
 *
 * <p>Time stands still between two calls. Waiting lets it pass until something that is watched changes, and is over when the watches
 * of the adapter have told it: no run depends on how fast this machine is.
 */
final class FrontedWorld {
    private final Mirror mirror = new Mirror();
    private final Set<Part> fed = EnumSet.noneOf(Part.class);
    private final ControlClient control;
    private final KubernetesPort adapter;
    private Optional<Instant> now = Optional.empty();

    FrontedWorld(ControlClient control, KubernetesPort adapter) {
        this.control = control;
        this.adapter = adapter;
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
            mirror.await(moment.changes().changes());
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
    }
}
