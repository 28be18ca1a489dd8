package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where one Service of an Ingress stands on its detour, and the next move; read from the cluster. */
final class Detour {

    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(15);
    private static final int LONGEST_DRAIN = 300;

    private final View view;
    private final Ingress ingress;
    private final Service service;
    private final Arrival arrival;
    private final Progress progress;
    private final String second;

    Detour(View view, Ingress ingress, Service service, Arrival arrival, Progress progress) {
        this.view = view;
        this.ingress = ingress;
        this.service = service;
        this.arrival = arrival;
        this.progress = progress;
        this.second = service.namespace() + "/" + SecondService.name(service);
    }

    /** The moves, in the order in which they come. */
    enum Move {
        CREATE("making a second Service"),
        ATTACH("forwarding by weight"),
        SHIFT_OUT("moving traffic to the second Service"),
        SWITCH("switching the target type"),
        SHIFT_BACK("moving traffic back"),
        DETACH("restoring the rules"),
        DELETE("deleting the second Service"),
        WAIT(""),
        DONE("");

        private final String words;

        Move(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        boolean acts() {
            return !words.isEmpty();
        }

        /** The act on a Service; moves of traffic are acts on the Ingress. */
        Optional<Act> act(Service service, Arrival arrival) {
            return switch (this) {
                case CREATE -> Optional.of(SecondService.create(service));
                case SWITCH -> arrival.act(service);
                case DELETE -> Optional.of(new DeleteObject(SecondService.ref(service), Optional.empty()));
                case ATTACH, SHIFT_OUT, SHIFT_BACK, DETACH, WAIT, DONE -> Optional.empty();
            };
        }
    }

    /** The next move, or why there is none now. */
    record State(Move move, String why, Optional<Finding> blocked) {
        static State of(Move move) {
            return new State(move, "", Optional.empty());
        }
    }

    State state() {
        Forwarding now = Forwarding.of(ingress, service.name());
        return arrival.reached(service) ? arrived(now) : leaving(now);
    }

    private State leaving(Forwarding now) {
        boolean second = view.service(this.second).isPresent();
        return switch (now) {
            case NONE -> {
                boolean nothingToDo = arrival.type().equals("instance")
                        && !second
                        && TargetHealth.of(view, service.key(), "ip").isEmpty();
                yield nothingToDo ? State.of(Move.DONE) : State.of(second ? Move.ATTACH : Move.CREATE);
            }
            case FIRST ->
                second ? healthy(this.second, "instance").orElse(State.of(Move.SHIFT_OUT)) : State.of(Move.CREATE);
            case SECOND -> ended(service.key(), this.second).orElse(State.of(Move.SWITCH));
        };
    }

    private State arrived(Forwarding now) {
        boolean second = view.service(this.second).isPresent();
        return switch (now) {
            case SECOND ->
                healthy(service.key(), arrival.type()).or(this::oldTargetsGo).orElse(State.of(Move.SHIFT_BACK));
            case FIRST -> ended(this.second, service.key()).orElse(State.of(Move.DETACH));
            case NONE -> {
                if (second) {
                    yield weight(this.second) > 0 || forwards(this.second)
                            ? waits("waiting until the load balancer forgets " + this.second)
                            : State.of(Move.DELETE);
                }
                yield TargetHealth.of(view, service.key(), arrival.type()).isEmpty()
                        ? State.of(Move.DONE)
                        : healthy(service.key(), arrival.type()).orElse(State.of(Move.DONE));
            }
        };
    }

    /** Waits for healthy targets; in vain it blocks, with the traffic where it is. */
    private Optional<State> healthy(String of, String type) {
        return TargetHealth.missing(view, of, type).map(missing -> {
            Optional<Progress.Entry> last = lastChange();
            return Patience.over(progress, HEALTHY_WITHIN, last)
                    ? new State(
                            Move.WAIT,
                            missing,
                            Optional.of(StepCode.TARGETS_UNHEALTHY.of(
                                    "Service " + of,
                                    missing + ", after " + HEALTHY_WITHIN.toMinutes() + " minutes",
                                    "see the health check, the security groups of the nodes and the pods; traffic was"
                                            + " not moved")))
                    : waits(missing);
        });
    }

    private Optional<State> oldTargetsGo() {
        String other = arrival.type().equals("ip") ? "instance" : "ip";
        return TargetHealth.of(view, service.key(), other).isEmpty()
                ? Optional.empty()
                : Optional.of(waits("waiting until the " + other + " targets of " + service.key() + " are gone"));
    }

    /** Waits until a Service gets no new request and those under way have had the time that its owner gives them. */
    private Optional<State> ended(String of, String instead) {
        if (weight(of) > 0 || weight(instead) == 0) {
            return Optional.of(waits("waiting until the load balancer sends nothing to " + of + " but to " + instead));
        }
        int delay = targetGroups(of).stream()
                .mapToInt(TargetGroup::deregistrationDelaySeconds)
                .max()
                .orElse(0);
        Instant over = lastChange()
                .map(Progress.Entry::at)
                .orElse(progress.underWaySince())
                .plusSeconds(Math.min(delay, LONGEST_DRAIN));
        return progress.now().isBefore(over)
                ? Optional.of(waits("waiting until " + over + " for requests under way to " + of))
                : Optional.empty();
    }

    private Optional<Progress.Entry> lastChange() {
        return progress.last(PatchObject.class, Refs.of(ingress).toString());
    }

    private static State waits(String why) {
        return new State(Move.WAIT, why, Optional.empty());
    }

    private List<TargetGroup> targetGroups(String of) {
        return view.all(Part.TARGET_GROUPS, TargetGroup.class).stream()
                .filter(t -> t.service().filter(of::equals).isPresent())
                .toList();
    }

    private int weight(String of) {
        return forwarded(of).stream().mapToInt(LoadBalancer.Weighted::weight).sum();
    }

    private boolean forwards(String of) {
        return !forwarded(of).isEmpty();
    }

    private List<LoadBalancer.Weighted> forwarded(String of) {
        List<String> arns = targetGroups(of).stream().map(TargetGroup::arn).toList();
        return view.all(Part.LOAD_BALANCERS, LoadBalancer.class).stream()
                .flatMap(lb -> lb.listeners().stream())
                .flatMap(listener -> listener.rules().stream())
                .flatMap(rule -> rule.forward().stream())
                .filter(w -> arns.contains(w.targetGroup()))
                .toList();
    }
}
