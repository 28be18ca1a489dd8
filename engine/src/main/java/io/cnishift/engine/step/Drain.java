package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.EvictPod;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Volume;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The machine of one node that leaves; its state is read from the cluster in every pass.
 *
 * <ol>
 *   <li>It is cordoned and marked.
 *   <li>Load balancers stop sending to it, and what is under way ends.
 *   <li>Its pods move: by eviction, all at once as far as budgets and Services allow, or by a surge of their Deployment.
 *   <li>Its volumes are detached.
 *   <li>Its instance is terminated, and the group shrinks with it.
 * </ol>
 *
 * Invariant: a node that has a pod which may not be moved is never begun, for nothing would be won by emptying the rest.
 */
final class Drain {

    private static final Duration JOINS_WITHIN = Duration.ofMinutes(15);
    /** A node that is not ready so long after its drain began is dead. */
    private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(5);

    private final View view;
    private final Roll roll;
    private final Progress progress;
    private final Fleet.Machine machine;
    private @Nullable Tenants tenants;
    private Optional<Held> held = Optional.empty();
    private boolean looked;
    private @Nullable Boolean ordinary;
    private @Nullable Instant begunAt;
    private int place;
    private int places;

    Drain(Roll roll, Fleet.Machine machine) {
        this.roll = roll;
        this.view = roll.view();
        this.progress = roll.progress();
        this.machine = machine;
    }

    /**
     * A pod that keeps its node.
     *
     * @param pod namespace/name
     */
    record Held(
            Fleet.Machine machine, String pod, Optional<String> workload, StepCode code, String reason, String remedy) {
        static Held of(Fleet.Machine machine, Pod pod, StepCode code, String reason, String remedy) {
            return new Held(machine, pod.key(), pod.workload(), code, reason, remedy);
        }
    }

    String name() {
        return machine.name();
    }

    String zone() {
        return machine.zone();
    }

    /** The first pod that the node has not got rid of in time, and why; without one, what load balancers did not do. */
    Held slow() {
        return tenants().toGo().stream()
                .map(Tenants.Tenant::pod)
                .findFirst()
                .map(p -> Held.of(machine, p, StepCode.UNDRAINABLE, "has not moved in time" + why(p), ""))
                .orElseGet(() -> new Held(
                        machine,
                        "",
                        Optional.empty(),
                        StepCode.UNDRAINABLE,
                        "was not released by its load balancers in time"
                                + targets()
                                        .pending()
                                        .map(p -> ": it waits for " + p)
                                        .orElse(""),
                        "see the target groups that still have the instance"));
    }

    private String why(Pod pod) {
        String reason = roll.disruptions().of(pod).reason();
        return reason.isEmpty() ? "" : ": " + reason;
    }

    /** Whether a Deployment of it has to move by a surge and does not find the room for it on new nodes yet. */
    boolean lacksRoom() {
        if (ordinary()) {
            return false;
        }
        return tenants().all().stream()
                .filter(t -> t.is(DrainFilters.Decision.Kind.MOVE))
                .map(Tenants.Tenant::pod)
                .filter(p -> roll.disruptions()
                        .lasting(p)
                        .filter(v -> v.kind() == Disruptions.Verdict.Kind.SURGE)
                        .isPresent())
                .flatMap(p -> p.workload().flatMap(view::workload).stream())
                .anyMatch(w -> !roll.surge().fits(w, roll.onto()));
    }

    /** The pod that keeps this node for good, if one does; looked for once in a pass. */
    Optional<Held> held() {
        if (!looked) {
            looked = true;
            held = ordinary()
                    ? tenants().refused().flatMap(this::held)
                    : tenants().all().stream().flatMap(t -> held(t).stream()).findFirst();
        }
        return held;
    }

    private Optional<Held> held(Tenants.Tenant tenant) {
        Pod pod = tenant.pod();
        DrainFilters.Decision decision = tenant.decision();
        if (decision.kind() == DrainFilters.Decision.Kind.REFUSED) {
            return Optional.of(Held.of(machine, pod, StepCode.UNDRAINABLE, decision.reason(), decision.remedy()));
        }
        if (decision.kind() != DrainFilters.Decision.Kind.MOVE) {
            return Optional.empty();
        }
        return roll.disruptions()
                .lasting(pod)
                .filter(verdict -> verdict.kind() == Disruptions.Verdict.Kind.NEVER)
                .map(verdict -> Held.of(machine, pod, verdict.code(), verdict.reason(), verdict.remedy()));
    }

    boolean begun() {
        return machine.node().isPresent() && NodeMarks.draining(machine.node().get(), roll.mark());
    }

    /** When the drain began, by its mark. */
    Instant begunAt() {
        if (begunAt == null) {
            begunAt = machine.node()
                    .flatMap(n -> progress.last(PatchObject.class, Refs.of(n).toString()))
                    .map(Progress.Entry::at)
                    .orElse(progress.underWaySince());
        }
        return begunAt;
    }

    /** Begins: the next pass finds the marks. */
    void begin(Agenda agenda) {
        machine.node()
                .ifPresentOrElse(
                        node -> {
                            if (!node.unschedulable()) {
                                agenda.act("cordoning " + node.name(), new CordonNode(node.name(), node.uid()));
                            }
                            agenda.act("draining " + node.name(), NodeMarks.drain(node, roll.mark()));
                        },
                        () -> ghost(agenda));
    }

    /** An instance without a node: it may still join, or never will; or it was terminated, and AWS was not looked at since. */
    private void ghost(Agenda agenda) {
        if (progress.last(TerminateInstance.class, terminate().target())
                .filter(entry -> entry.result().done())
                .isPresent()) {
            agenda.wait(5, "waiting for instance " + machine.name() + ", which was terminated, to be gone");
        } else if (machine.instance().launchedAt().plus(JOINS_WITHIN).isBefore(progress.now())) {
            agenda.act("terminating " + machine.name() + ", which never joined", terminate());
        } else {
            agenda.wait(15, "waiting for instance " + machine.name() + " to join, before it is replaced");
        }
    }

    /**
     * The next thing for a node whose drain has begun.
     *
     * @param place of this node among all that are replaced
     */
    void next(int place, int of, Agenda agenda) {
        this.place = place;
        this.places = of;
        Node node = machine.node().orElseThrow();
        if (!node.unschedulable()) {
            agenda.act(who() + ": cordoning", new CordonNode(node.name(), node.uid()));
            return;
        }
        Optional<String> pending = targets().pending();
        if (pending.isPresent()) {
            List<Act> deregister = targets().deregister();
            if (!deregister.isEmpty()) {
                agenda.acts(who() + ": taking it out of its target groups", deregister);
            }
            wait(5, agenda, ": waiting for ", pending.get(), "");
            return;
        }
        if (!moved(agenda) || !detached(node, agenda)) {
            return;
        }
        agenda.act(who() + ": terminating " + machine.instance().id(), terminate());
    }

    private void wait(long seconds, Agenda agenda, String before, String what, String after) {
        if (agenda.waitsFor(seconds)) {
            agenda.wait(seconds, who() + before + what + after);
        }
    }

    private String who() {
        return "node " + place + " of " + places + " (" + name() + ")";
    }

    private Act terminate() {
        return new TerminateInstance(machine.instance().id(), roll.fleet().leavingByAutoScaling(), true);
    }

    /** Moves the pods; true once none is left to be moved. */
    private boolean moved(Agenda agenda) {
        boolean empty = true;
        Set<String> surging = new LinkedHashSet<>();
        List<Act> evictions = new ArrayList<>();
        for (Tenants.Tenant tenant : tenants().toGo()) {
            Pod pod = tenant.pod();
            DrainFilters.Decision decision = tenant.decision();
            if (ghost(decision)) {
                continue;
            }
            empty = false;
            if (decision.kind() == DrainFilters.Decision.Kind.LEAVING) {
                wait(5, agenda, ": waiting for pod ", pod.key(), " to end");
            } else if (decision.kind() == DrainFilters.Decision.Kind.MOVE) {
                move(pod, evictions, surging, agenda);
            }
        }
        if (!evictions.isEmpty()) {
            agenda.acts(who() + ": evicting its pods", evictions);
        }
        for (String key : surging) {
            view.workload(key).ifPresent(w -> surge(w, agenda));
        }
        return empty;
    }

    private void move(Pod pod, List<Act> evictions, Set<String> surging, Agenda agenda) {
        Disruptions.Verdict verdict = ordinary()
                ? roll.disruptions().ofOrdinary(pod)
                : roll.disruptions().of(pod);
        Optional<String> homeless = homeless(pod);
        switch (verdict.kind()) {
            case EVICT -> {
                EvictPod act = Disruptions.evict(pod);
                Attempts.Standing standing = new Attempts(progress).of(act);
                if (homeless.isPresent()) {
                    wait(10, agenda, ": ", homeless.get(), "");
                } else if (standing.kind() == Attempts.Standing.Kind.WAITS) {
                    wait(5, agenda, ": waiting to evict pod ", pod.key(), ": " + standing.why());
                } else {
                    roll.disruptions().take(pod);
                    evictions.add(act);
                }
            }
            case WAIT -> wait(5, agenda, ": waiting for ", verdict.reason(), "");
            case SURGE -> pod.workload().ifPresent(surging::add);
            case NEVER -> wait(30, agenda, ": pod ", pod.key(), " stays: " + verdict.reason());
        }
    }

    private void surge(Workload workload, Agenda agenda) {
        List<Node> onto = roll.onto().isEmpty() ? others() : roll.onto();
        List<Act> cordons = roll.onto().isEmpty() || !roll.surge().fits(workload, onto) ? List.of() : roll.cordons();
        if (!cordons.isEmpty()) {
            agenda.acts(
                    who() + ": cordoning all old nodes, so that " + Refs.words(workload.key()) + " moves once",
                    cordons);
            return;
        }
        Optional<StepOutcome> outcome = roll.surge().next(workload, onto);
        if (outcome.isPresent()) {
            agenda.take(outcome.get());
        } else {
            wait(5, agenda, ": waiting for the last old pod of ", Refs.words(workload.key()), "");
        }
    }

    /** Without any new node yet, for nodes are drained first: other old nodes, which the pod has to leave again. */
    private List<Node> others() {
        return roll.fleet().leaving().stream()
                .flatMap(m -> m.node().stream())
                .filter(n -> n.ready() && !n.unschedulable())
                .toList();
    }

    /** Why a pod would find no new node: its volume is bound to a zone that has none yet. */
    private Optional<String> homeless(Pod pod) {
        if (pod.volumes().isEmpty() || roll.onto().isEmpty()) {
            return Optional.empty();
        }
        return pod.volumes().stream()
                .flatMap(v -> v.claim().stream())
                .flatMap(claim -> view.volumesOf(claim).stream())
                .flatMap(v -> v.zone().stream())
                .filter(zone -> roll.onto().stream().noneMatch(n -> n.zone().equals(zone)))
                .findFirst()
                .map(zone -> "no new node in zone " + zone + " for the volume of pod " + pod.key());
    }

    private boolean detached(Node node, Agenda agenda) {
        Optional<Volume> attached = view.volumesOn(node.name()).stream().findFirst();
        // the volume outlives the instance; one that does not let go in time is freed by the termination
        if (attached.isPresent() && !timedOut()) {
            wait(5, agenda, ": waiting for volume ", attached.get().name(), " to be detached");
            return false;
        }
        return true;
    }

    boolean timedOut() {
        return !progress.now().isBefore(begunAt().plusSeconds(roll.params().drainTimeoutSeconds()));
    }

    /** Whether nothing is left that could hold it up: no pod, and no load balancer that sends to it. */
    boolean released() {
        return targets().pending().isEmpty() && tenants().toGo().stream().allMatch(t -> ghost(t.decision()));
    }

    /**
     * Whether a pod only seems to be there: deleted on a node that does not answer, it goes with the node. To end the instance is
     * what makes sure that it does not run.
     */
    private boolean ghost(DrainFilters.Decision decision) {
        return decision.kind() == DrainFilters.Decision.Kind.LEAVING
                && machine.node().filter(Node::ready).isEmpty()
                && !progress.now().isBefore(begunAt().plus(ANSWERS_WITHIN));
    }

    private NodeTargets targets() {
        return new NodeTargets(view, machine.instance().id());
    }

    /** Whether no budget and no Service keeps a pod of it for good; what a pass does changes nothing about that. */
    private boolean ordinary() {
        if (ordinary == null) {
            ordinary = roll.disruptions().ordinary(tenants());
        }
        return ordinary;
    }

    private Tenants tenants() {
        if (tenants == null) {
            tenants = machine.node().isPresent() ? roll.tenants(machine.node().get()) : Tenants.NONE;
        }
        return tenants;
    }

    /** Whether this program runs on it. */
    boolean hostsUs() {
        return tenants().hostsUs();
    }
}
