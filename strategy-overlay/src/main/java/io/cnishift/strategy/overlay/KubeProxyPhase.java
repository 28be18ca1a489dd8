package io.cnishift.strategy.overlay;

import static io.cnishift.strategy.overlay.Steps.touch;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.step.RemoveAddon;
import io.cnishift.cilium.Migration;
import java.util.ArrayList;
import java.util.List;

/** The phase in which Cilium takes over from kube-proxy: first it serves Services everywhere, then kube-proxy goes. */
final class KubeProxyPhase {

    static final String KUBE_PROXY = "DaemonSet/kube-system/kube-proxy";

    private KubeProxyPhase() {}

    static List<Step> steps(Draft draft, ChartDraft chart) {
        OverlayOptions.KubeProxy option = draft.site().options().kubeProxyReplacement();
        if (option == OverlayOptions.KubeProxy.OFF) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        if (option == OverlayOptions.KubeProxy.AFTER) {
            steps.add(ExitPhases.upgrade(
                    "replace-kube-proxy",
                    chart,
                    chart.document(chart.series().withoutKubeProxy().orElseThrow()),
                    "Cilium serves Services before kube-proxy goes"));
            steps.add(ExitPhases.restart("restart-agents-for-services", "agents take Services over when they start"));
        }
        steps.add(removeKubeProxy(draft, option));
        if (option == OverlayOptions.KubeProxy.AFTER) {
            steps.add(ExitPhases.upgrade(
                    "answer-health-checks",
                    chart,
                    chart.document(chart.series().kubeProxyRemoved().orElseThrow()),
                    "load balancers ask nodes for kube-proxy's health, which agents answer once its port is free"));
            steps.add(ExitPhases.restart("restart-agents-for-health", "agents open the port when they start"));
        }
        return steps;
    }

    private static Step removeKubeProxy(Draft draft, OverlayOptions.KubeProxy option) {
        boolean addon = draft.site().view().addon("kube-proxy").isPresent();
        List<ObjectRef> objects = List.of(
                ObjectRef.of("apps/v1", "DaemonSet", "kube-system", "kube-proxy"),
                ObjectRef.of("v1", "ConfigMap", "kube-system", "kube-proxy-config"),
                ObjectRef.of("v1", "ConfigMap", "kube-system", "kube-proxy"),
                ObjectRef.of("v1", "ServiceAccount", "kube-system", "kube-proxy"));
        return StepDraft.of(
                "remove-kube-proxy",
                new RemoveAddon(
                        "kube-proxy",
                        option == OverlayOptions.KubeProxy.NEW_NODES ? List.of(KUBE_PROXY) : List.of(),
                        addon ? List.of() : objects,
                        Migration.CILIUM_NODE_LABEL),
                "two programs that write rules for the same Services disagree sooner or later",
                List.of(touch(addon ? Part.ADDONS : Part.WORKLOADS, addon ? "kube-proxy" : KUBE_PROXY)),
                "kube-proxy is installed again, and agents give Services back");
    }
}
