package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Share;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Moves a Deployment by a restart of its template with a surge: a new pod is ready before an old one goes. For pods that
 * eviction cannot move without an outage. Not for strategy Recreate, ReadWriteOnce volumes, or a paused rollout.
 *
 * <p>A load balancer that sends to the addresses of pods takes a new one only after some health checks. Behind one a new pod
 * therefore has to be ready for so long before it counts, and an old one goes then.
 *
 * <p>On the way back the restart is undone: taking our annotation away is a change of the template, too, so the pods move
 * and the template is as it was. A Deployment that something else moved forward is restarted with an annotation of its own on
 * the way back, which goes at the end.
 */
final class SurgeMove {

    private static final String WAIT = "minReadySeconds";
    private static final Duration SHOWN = Duration.ofMinutes(1);

    private final View view;
    private final Progress progress;
    private final boolean back;
    private Optional<Room> room = Optional.empty();
    private List<Node> roomOn = List.of();

    SurgeMove(View view, Progress progress, boolean back) {
        this.view = view;
        this.progress = progress;
        this.back = back;
    }

    /** Whether it takes restarts back. */
    boolean back() {
        return back;
    }

    boolean possible(Pod pod) {
        boolean shared = pod.volumes().stream()
                .flatMap(v -> v.claim().stream())
                .noneMatch(claim -> view.volumesOf(claim).stream()
                        .anyMatch(v -> !v.accessModes().contains("ReadWriteMany")));
        return shared
                && pod.workload()
                        .flatMap(view::workload)
                        .filter(w -> w.kind().equals("Deployment"))
                        .filter(w -> w.updateStrategy().equals("RollingUpdate") && !w.paused())
                        .isPresent();
    }

    /** Whether the template of a pod carries our restart and is to lose it. */
    boolean takesBack(Pod pod) {
        return back
                && possible(pod)
                && pod.workload().flatMap(view::workload).filter(this::ours).isPresent();
    }

    /** Whether a template carries a restart of this step in the forward direction. */
    private boolean ours(Workload workload) {
        String value = workload.templateAnnotations().getOrDefault(Restart.ANNOTATION, "");
        String base = Restart.value(progress);
        return value.equals(base) || (value.startsWith(base + "/") && !value.equals(backValue()));
    }

    /** The next thing towards the end of the move; empty once the Deployment runs its changed template everywhere. */
    Optional<StepOutcome> next(Workload workload, List<Node> onto) {
        if (!Settling.settled(view, workload)) {
            return Settling.of(view, workload, progress);
        }
        if (moved(workload) && !inVain(workload)) {
            return Optional.empty();
        }
        if (!fits(workload, onto)) {
            return Optional.of(Outcomes.notYet(10, "no room on new nodes for " + Refs.words(workload.key())));
        }
        return Optional.of(new Attempts(progress)
                .perform("moving " + Refs.words(workload.key()) + " by a surge of its template", patch(workload)));
    }

    /** Whether those nodes have room for the pods of a Deployment that are elsewhere. */
    boolean fits(Workload workload, List<Node> onto) {
        return hostPortsFree(workload, onto) && room(onto).fits(view.podsOf(workload.key()));
    }

    /** One pass asks about many workloads and, nearly always, the same nodes. */
    private Room room(List<Node> onto) {
        if (room.isEmpty() || !onto.equals(roomOn)) {
            room = Optional.of(Room.on(view, onto));
            roomOn = onto;
        }
        return room.get();
    }

    /** With host ports each pod that is elsewhere needs a node of its own where nothing listens on them yet. */
    private boolean hostPortsFree(Workload workload, List<Node> onto) {
        Set<String> names = onto.stream().map(Node::name).collect(Collectors.toSet());
        List<Pod> elsewhere = view.podsOf(workload.key()).stream()
                .filter(p -> p.node().filter(names::contains).isEmpty())
                .toList();
        List<Pod.HostPort> ports = elsewhere.stream()
                .flatMap(p -> p.hostPorts().stream())
                .distinct()
                .toList();
        if (ports.isEmpty()) {
            return true;
        }
        long free = onto.stream()
                .filter(n -> view.podsOn(n.name()).stream()
                        .filter(p -> !p.finished())
                        .noneMatch(p -> p.hostPorts().stream().anyMatch(ports::contains)))
                .count();
        return free >= elsewhere.size();
    }

    private boolean moved(Workload workload) {
        return back ? !ours(workload) && (Restart.done(workload, backValue()) || taken(workload)) : ours(workload);
    }

    /** Whether it was restarted a while ago and has pods where it should not: it had found no new node then. */
    private boolean inVain(Workload workload) {
        return !back
                && progress.last(PatchObject.class, Refs.of(workload).toString())
                        .filter(e -> e.at().plus(SHOWN).isAfter(progress.now()))
                        .isEmpty();
    }

    private String nextValue(Workload workload) {
        String base = Restart.value(progress);
        String now = workload.templateAnnotations().getOrDefault(Restart.ANNOTATION, "");
        if (!ours(workload)) {
            return base;
        }
        String count = now.equals(base) ? "1" : now.substring(base.length() + 1);
        return base + "/" + (Integer.parseInt(count) + 1);
    }

    private String backValue() {
        return Restart.value(progress) + "/back";
    }

    /** Whether our restart was taken out of the template again. */
    private boolean taken(Workload workload) {
        return Restore.first(progress, Refs.of(workload)).isPresent();
    }

    private PatchObject patch(Workload workload) {
        if (!back) {
            return annotate(workload, nextValue(workload));
        }
        return annotate(workload, ours(workload) ? earlier(workload) : backValue());
    }

    private PatchObject annotate(Workload workload, @Nullable Object value) {
        Map<String, @Nullable Object> annotation = new LinkedHashMap<>();
        annotation.put(Restart.ANNOTATION, value);
        Map<String, Object> spec = new LinkedHashMap<>();
        if (!surging(workload)) {
            spec.put("strategy", Map.of("rollingUpdate", Map.of("maxSurge", 1, "maxUnavailable", 0)));
        }
        int wait = TargetHealth.takes(view, workload);
        if (wait > 0) {
            spec.put(WAIT, wait);
        }
        spec.put("template", Map.of("metadata", Map.of("annotations", annotation)));
        return new PatchObject(Refs.of(workload), PatchType.MERGE, Map.of("spec", spec), Optional.empty());
    }

    private @Nullable Object earlier(Workload workload) {
        return Restore.first(progress, Refs.of(workload))
                .flatMap(e -> Tree.at(e.before(), "spec", "template", "metadata", "annotations", Restart.ANNOTATION))
                .orElse(null);
    }

    /** Whether its own strategy makes a new pod first and takes none away before. */
    private static boolean surging(Workload workload) {
        int replicas = workload.desired();
        boolean more = workload.maxSurge().flatMap(s -> Share.up(s, replicas)).orElse(1) > 0;
        int away =
                workload.maxUnavailable().flatMap(s -> Share.down(s, replicas)).orElse(replicas / 4);
        return more && away == 0;
    }

    /** Patches that give Deployments back how they roll out, as far as the move changed it. */
    List<Act> strategies() {
        return progress.all(PatchObject.class).stream()
                .map(e -> ((PatchObject) e.act()).object())
                .filter(o -> o.kind().equals("Deployment"))
                .distinct()
                .flatMap(o -> view.workload("Deployment/" + o.namespace().orElse("") + "/" + o.name()).stream())
                .flatMap(w -> Stream.concat(strategy(w).stream(), earlierWait(w).stream()))
                .toList();
    }

    private Optional<Act> strategy(Workload workload) {
        return Restore.first(progress, Refs.of(workload))
                .filter(e -> Tree.at(((PatchObject) e.act()).patch(), "spec", "strategy")
                        .isPresent())
                .flatMap(e -> {
                    Map<String, Object> written = Map.of(
                            "spec", Map.of("strategy", Tree.map(((PatchObject) e.act()).patch(), "spec", "strategy")));
                    PatchObject only = new PatchObject(Refs.of(workload), PatchType.MERGE, written, Optional.empty());
                    return Undo.of(only, e.before(), Pictures.of(workload)).patch();
                });
    }

    /** No view shows this field, so the journal says whether it has its earlier value already. */
    private Optional<Act> earlierWait(Workload workload) {
        List<Progress.Entry> written = progress.all(PatchObject.class).stream()
                .filter(e -> e.act().target().equals(Refs.of(workload).toString()))
                .filter(e -> Tree.map(((PatchObject) e.act()).patch(), "spec").containsKey(WAIT))
                .toList();
        if (written.isEmpty()) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> earlier = new LinkedHashMap<>();
        earlier.put(WAIT, Tree.at(written.get(0).before(), "spec", WAIT).orElse(null));
        PatchObject back =
                new PatchObject(Refs.of(workload), PatchType.MERGE, Map.of("spec", earlier), Optional.empty());
        Progress.Entry last = written.get(written.size() - 1);
        return last.act().equals(back) && last.result().done() ? Optional.empty() : Optional.of(back);
    }

    /** Patches that take our restarts of both directions out of templates that still carry them. */
    List<Act> annotations() {
        return progress.all(PatchObject.class).stream()
                .map(e -> ((PatchObject) e.act()).object())
                .filter(o -> o.kind().equals("Deployment"))
                .distinct()
                .flatMap(o -> view.workload("Deployment/" + o.namespace().orElse("") + "/" + o.name()).stream())
                .filter(w -> ours(w) || Restart.done(w, backValue()))
                .map(w -> (Act) annotate(w, earlier(w)))
                .toList();
    }
}
