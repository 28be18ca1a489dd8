package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.port.ReleaseWork;
import io.cnishift.cilium.MeshMember;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Brings the releases of both clusters to the values of a mesh. Agents look at the file that names other clusters while they run, so none is
 * restarted.
 *
 * <ol>
 *   <li>Each API server of the mesh gets a load balancer; its name is known once it is made.
 *   <li>Each release is told the other's name and load balancer, and its own certificate the name of its own.
 *   <li>Both API servers are ready.
 * </ol>
 */
final class JoinMeshHandler implements StepHandler<JoinMesh> {

    private static final String KEY = Migration.NAMESPACE + "/" + Migration.RELEASE;
    private static final String API = Migration.NAMESPACE + "/" + MeshMember.API_SERVER;
    private static final Duration LIMIT = Duration.ofMinutes(20);

    @Override
    public StepOutcome next(View view, JoinMesh params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            Optional<String> here = balancer(view);
            Optional<String> there = balancer(second);
            boolean known = here.isPresent() && there.isPresent();
            boolean joined = progress.done(progress.step()) && !progress.goingBack();
            if (joined && !known) {
                return Outcomes.notYet(10, "an API server of the mesh has no load balancer");
            }
            Map<String, Object> first = known
                    ? params.first().connected(here.get(), params.second(), there.get())
                    : params.first().open();
            Map<String, Object> other = known
                    ? params.second().connected(there.get(), params.first(), here.get())
                    : params.second().open();
            // from then on only what the releases say is held: an API server that moves to another node is no change of
            // anybody's
            return brought(view, second, params, new Wanted(first, other), progress)
                    .or(() -> joined ? Optional.empty() : waiting(view, params.first(), progress))
                    .or(() -> joined ? Optional.empty() : waiting(second, params.second(), progress))
                    .orElseGet(() -> Outcomes.done("each cluster asks the other one's API server of the mesh"));
        });
    }

    /** Values of both releases. */
    private record Wanted(Map<String, Object> first, Map<String, Object> second) {}

    private static Optional<StepOutcome> brought(
            View view, View second, JoinMesh params, Wanted wanted, Progress progress) {
        List<Act> acts = new ArrayList<>();
        for (View of : List.of(view, second)) {
            Optional<Release> release = of.release(Migration.NAMESPACE, Migration.RELEASE);
            if (release.isEmpty()) {
                return Optional.of(new StepOutcome.Failed(
                        "cluster " + of.cluster().name() + " has no release " + KEY, Disposition.ASK));
            }
            boolean isFirst = of == view;
            MeshSide side = isFirst ? params.first() : params.second();
            UpgradeRelease upgrade = new UpgradeRelease(
                    Migration.NAMESPACE,
                    Migration.RELEASE,
                    side.chart(),
                    release.get().chartVersion(),
                    MeshSide.over(release.get(), isFirst ? wanted.first() : wanted.second()));
            Act act = isFirst ? upgrade : new OnSecond(upgrade);
            Optional<StepOutcome> unsettled = unsettled(of, release.get(), act, progress);
            if (unsettled.isPresent()) {
                return unsettled;
            }
            if (!is(release.get(), upgrade)) {
                acts.add(act);
            }
        }
        return acts.isEmpty()
                ? Optional.empty()
                : Optional.of(Outcomes.perform("telling Cilium of the mesh", acts, progress));
    }

    private static boolean is(Release release, UpgradeRelease upgrade) {
        return release.status().equals("deployed")
                && Values.of(release.values()).equals(Values.of(upgrade.values()));
    }

    private static Optional<StepOutcome> unsettled(View of, Release release, Act act, Progress progress) {
        String subject = "release " + KEY + " of cluster " + of.cluster().name();
        return switch (ReleaseWork.of(release, act, progress)) {
            case NONE -> Optional.empty();
            case UNDER_WAY, OURS_UNDER_WAY -> Optional.of(Outcomes.notYet(10, subject + " is " + release.status()));
            case STUCK ->
                Optional.of(Outcomes.blocked(Code.MESH_RELEASE.of(
                        subject,
                        "has been " + release.status() + " for " + ReleaseWork.PENDING_AT_MOST.toMinutes() + " minutes",
                        "helm -n " + Migration.NAMESPACE + " rollback " + Migration.RELEASE + ", then resume")));
            case FAILED ->
                Optional.of(new StepOutcome.Failed(subject + " failed; see helm status, then resume", Disposition.ASK));
        };
    }

    private static Optional<StepOutcome> waiting(View view, MeshSide side, Progress progress) {
        boolean ready = view.workload("Deployment/" + API)
                .filter(w -> w.desired() > 0 && w.ready() >= w.desired())
                .isPresent();
        if (ready && balancer(view).isPresent()) {
            return Optional.empty();
        }
        String what = ready
                ? "Service " + API + " of cluster " + view.cluster().name() + " has no load balancer"
                : "Deployment " + API + " of cluster " + view.cluster().name() + " is not ready";
        return Optional.of(soon(progress, side.name(), what));
    }

    private static StepOutcome soon(Progress progress, String cluster, String what) {
        return progress.now().isBefore(progress.waitingSince(lastAct(progress)).plus(LIMIT))
                ? Outcomes.notYet(10, what)
                : Outcomes.blocked(Code.MESH_NOT_CONNECTED.of(
                        "cluster " + cluster, what, "see what is missing there, then resume"));
    }

    private static Optional<Progress.Entry> lastAct(Progress progress) {
        return Stream.concat(progress.all(UpgradeRelease.class).stream(), progress.all(OnSecond.class).stream())
                .max(Comparator.comparing(Progress.Entry::at));
    }

    private static Optional<String> balancer(View view) {
        return view.service(API).flatMap(Service::loadBalancer);
    }

    /** Until the load balancers are gone too: who makes them ends with the nodes of the first cluster. */
    @Override
    public StepOutcome back(View view, JoinMesh params, Progress progress) {
        return Outcomes.withSecond(
                view,
                second -> brought(
                                view,
                                second,
                                params,
                                new Wanted(
                                        params.first().alone(), params.second().alone()),
                                progress)
                        .or(() -> there(view, params.first(), progress))
                        .or(() -> there(second, params.second(), progress))
                        .orElseGet(() -> Outcomes.done("both clusters are by themselves")));
    }

    private static Optional<StepOutcome> there(View view, MeshSide side, Progress progress) {
        return view.service(API)
                .filter(service -> !side.served())
                .map(s -> soon(
                        progress,
                        side.name(),
                        "Service " + API + " of cluster " + view.cluster().name() + " is still there"));
    }

    @Override
    public Optional<String> holdsUntil(JoinMesh params) {
        return Optional.of(MeshPlan.LEAVE);
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.CLUSTER, Part.RELEASES, Part.SERVICES, Part.WORKLOADS);
    }

    @Override
    public List<Fact> facts(View view, JoinMesh params) {
        List<Fact> facts = new ArrayList<>(facts(view, ""));
        view.second().ifPresent(second -> facts.addAll(facts(second, StepDraft.SECOND + "/")));
        return List.copyOf(facts);
    }

    private static List<Fact> facts(View view, String of) {
        String subject = of + Part.RELEASES + "/" + KEY;
        return view.release(Migration.NAMESPACE, Migration.RELEASE)
                .map(r -> List.of(
                        Fact.equal(subject, "chartVersion", r.chartVersion()),
                        Fact.equal(subject, "revision", String.valueOf(r.revision()))))
                .orElse(List.of());
    }
}
