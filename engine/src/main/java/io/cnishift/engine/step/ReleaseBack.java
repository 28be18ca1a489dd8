package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.UninstallRelease;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.CiliumEndpoint;
import io.cnishift.api.cluster.CiliumNode;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.InstallRelease;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way back of a release: to its earlier version and values, or away when there was none. A release that somebody
 * changed since is left. The CNI is not removed while pods are wired by it, unless it has values to leave with: then it stands
 * behind another one, which keeps their addresses, and its agents clean up as they end.
 */
final class ReleaseBack {

    private static final String API_VERSION = "cilium.io/v2";

    private ReleaseBack() {}

    static StepOutcome of(View view, InstallRelease params, Progress progress) {
        Optional<Progress.Entry> first =
                progress.all(UpgradeRelease.class).stream().findFirst();
        Optional<Release> release = view.release(params.namespace(), params.release());
        if (first.isEmpty()) {
            return Outcomes.done(params.release() + " was not changed");
        }
        Map<String, Object> before = first.get().before();
        Act act = before.isEmpty()
                ? new UninstallRelease(params.namespace(), params.release())
                : new UpgradeRelease(
                        params.namespace(),
                        params.release(),
                        params.chart(),
                        Tree.text(before, "chartVersion").orElse(params.chartVersion()),
                        Tree.map(before, "values"));
        return release.flatMap(r -> ReleaseState.unsettled(r, act, progress))
                .or(() -> before.isEmpty()
                        ? uninstalled(view, params, release, act, progress)
                        : restored(view, params, release, (UpgradeRelease) act, progress))
                .orElseGet(() -> Outcomes.done(params.release() + " is as before"));
    }

    private static Optional<StepOutcome> uninstalled(
            View view, InstallRelease params, Optional<Release> release, Act act, Progress progress) {
        if (release.isEmpty()) {
            return params.ready().stream()
                    .filter(w -> view.podsOf(w).stream().anyMatch(p -> !p.finished()))
                    .findFirst()
                    .map(w -> Outcomes.notYet(5, "waiting for the pods of " + Refs.words(w) + " to go"))
                    .or(() -> leftBehind(view, params, progress));
        }
        List<Pod> wired = wired(view, params);
        Optional<Pod> ending = wired.stream().filter(p -> ending(view, p)).findFirst();
        if (ending.isPresent()) {
            return Optional.of(
                    Outcomes.notYet(10, "waiting for pod " + ending.get().key() + " to go with its node"));
        }
        if (!wired.isEmpty() && params.leaving().isEmpty()) {
            return Optional.of(Outcomes.blocked(StepCode.RELEASE_IN_USE.of(
                    "release " + release.get().key(),
                    Count.of(wired.size(), "pod is", "pods are") + " wired by it, among them "
                            + wired.get(0).key(),
                    "move them to nodes of the VPC CNI first")));
        }
        if (!ours(release.get(), params) && !isLeaving(release.get(), params)) {
            return Optional.of(left(release.get(), params, "absent"));
        }
        return leaving(view, params, release.get(), progress)
                .or(() -> Optional.of(new Attempts(progress).perform("removing " + params.release(), act)));
    }

    /** Agents read how to leave when they start, so they start once more with it. */
    private static Optional<StepOutcome> leaving(View view, InstallRelease params, Release release, Progress progress) {
        if (params.leaving().isEmpty()) {
            return Optional.empty();
        }
        if (!isLeaving(release, params)) {
            Act act = new UpgradeRelease(
                    params.namespace(), params.release(), params.chart(), params.chartVersion(), params.leaving());
            return Optional.of(new Attempts(progress).perform("preparing " + params.release() + " to leave", act));
        }
        String value = Restart.value(progress) + "/leaving";
        return params.restart().stream()
                .flatMap(w -> Restart.of(view, w, value, progress).stream())
                .findFirst()
                .or(() -> params.ready().stream()
                        .flatMap(w -> view.workload(w).stream())
                        .flatMap(w -> Settling.of(view, w, progress).stream())
                        .findFirst());
    }

    private static boolean isLeaving(Release release, InstallRelease params) {
        return ReleaseState.is(release, params.chartVersion(), params.leaving());
    }

    /** What the agents of a CNI made by themselves is no part of the release, and nobody owns it once they are gone. */
    private static Optional<StepOutcome> leftBehind(View view, InstallRelease params, Progress progress) {
        List<Act> nodes = !cni(params)
                ? List.of()
                : view.all(Part.CILIUM_NODES, CiliumNode.class).stream()
                        .<Act>map(n ->
                                new DeleteObject(ObjectRef.of(API_VERSION, "CiliumNode", n.name()), Optional.empty()))
                        .toList();
        return nodes.isEmpty()
                ? Optional.of(Outcomes.done(params.release() + " is removed"
                        + (cni(params) ? "; its custom resource definitions stay, without effect" : "")))
                : Optional.of(new Attempts(progress).perform("removing what the agents left", nodes));
    }

    private static Optional<StepOutcome> restored(
            View view, InstallRelease params, Optional<Release> release, UpgradeRelease act, Progress progress) {
        boolean back = release.filter(r -> ReleaseState.is(r, act.chartVersion(), act.values()))
                .isPresent();
        if (!back) {
            return release.filter(r -> !r.status().equals("failed") && !ours(r, params))
                    .map(r -> left(r, params, act.chartVersion()))
                    .or(() -> Optional.of(new Attempts(progress)
                            .perform("restoring " + params.release() + " " + act.chartVersion(), act)));
        }
        String value = Restart.value(progress) + "/back";
        return params.restart().stream()
                .flatMap(w -> Restart.of(view, w, value, progress).stream())
                .findFirst()
                .or(() -> params.ready().stream()
                        .flatMap(w -> view.workload(w).stream())
                        .flatMap(w -> Settling.of(view, w, progress).stream())
                        .findFirst());
    }

    private static boolean ours(Release release, InstallRelease params) {
        return release.chartVersion().equals(params.chartVersion()) && Trees.same(release.values(), params.values());
    }

    private static StepOutcome left(Release release, InstallRelease params, String earlier) {
        Finding finding = StepCode.FIELD_CHANGED.of(
                "release " + release.key(),
                "was " + earlier + " before, was set to " + params.chartVersion()
                        + " with the values of the plan and is now " + release.chartVersion()
                        + " with other values (revision " + release.revision() + ")",
                "roll it back by hand if the earlier state is wanted");
        return Outcomes.done("release " + release.key() + " was not restored", List.of(finding));
    }

    private static boolean cni(InstallRelease params) {
        return params.ready().stream().anyMatch(w -> w.startsWith("DaemonSet/") && w.endsWith("/cilium"));
    }

    /** Whether its node is gone; the control plane removes the pod a minute later. */
    private static boolean ending(View view, Pod pod) {
        return pod.node().filter(n -> view.node(n).isEmpty()).isPresent();
    }

    /** Pods that lose their network with the release, which only that of a CNI takes from them. */
    private static List<Pod> wired(View view, InstallRelease params) {
        return cni(params)
                ? view.all(Part.CILIUM_ENDPOINTS, CiliumEndpoint.class).stream()
                        .flatMap(e -> view.pod(e.namespace(), e.name()).stream())
                        .filter(p -> !p.hostNetwork() && !p.finished())
                        .toList()
                : List.of();
    }
}
