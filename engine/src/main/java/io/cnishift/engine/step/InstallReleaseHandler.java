package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.InstallRelease;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a Helm release to its values.
 *
 * <ol>
 *   <li>No Helm operation is under way ({@link ReleaseState}).
 *   <li>Chart version and values are as wanted, or the release is upgraded.
 *   <li>If this step changed an existing release, the named workloads are restarted, one after the other: agents read
 *       their configuration at their start only. Pods of a new release are new.
 *   <li>The workloads that must be ready are settled.
 * </ol>
 */
final class InstallReleaseHandler implements StepHandler<InstallRelease> {

    @Override
    public StepOutcome next(View view, InstallRelease params, Progress progress) {
        UpgradeRelease act = new UpgradeRelease(
                params.namespace(), params.release(), params.chart(), params.chartVersion(), params.values());
        Optional<Release> release = view.release(params.namespace(), params.release());
        Optional<StepOutcome> busy = release.flatMap(r -> ReleaseState.unsettled(r, act, progress));
        if (busy.isPresent()) {
            return busy.get();
        }
        boolean asWanted = release.filter(r -> ReleaseState.is(r, params.chartVersion(), params.values()))
                .isPresent();
        if (!asWanted) {
            return new Attempts(progress).perform("installing " + params.release() + " " + params.chartVersion(), act);
        }
        return restarted(view, params, progress)
                .or(() -> ready(view, params, progress))
                .orElseGet(
                        () -> Outcomes.done(params.release() + " " + params.chartVersion() + " runs with its values"));
    }

    private static Optional<StepOutcome> restarted(View view, InstallRelease params, Progress progress) {
        boolean changed = progress.all(UpgradeRelease.class).stream()
                .findFirst()
                .filter(e -> !e.before().isEmpty())
                .isPresent();
        return changed
                ? params.restart().stream()
                        .flatMap(w -> Restart.of(view, w, Restart.value(progress), progress).stream())
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<StepOutcome> ready(View view, InstallRelease params, Progress progress) {
        return params.ready().stream()
                .flatMap(w -> Settling.of(view, w, progress).stream())
                .findFirst();
    }

    @Override
    public StepOutcome back(View view, InstallRelease params, Progress progress) {
        return ReleaseBack.of(view, params, progress);
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.RELEASES, Part.WORKLOADS, Part.PODS, Part.CILIUM_ENDPOINTS, Part.CILIUM_NODES);
    }

    @Override
    public List<Fact> facts(View view, InstallRelease params) {
        String key = params.namespace() + "/" + params.release();
        return view.release(params.namespace(), params.release())
                .map(r -> List.of(
                        Fact.equal("releases/" + key, "chartVersion", r.chartVersion()),
                        Fact.equal("releases/" + key, "revision", String.valueOf(r.revision()))))
                .orElse(List.of());
    }
}
