package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Severity;
import io.cnishift.cilium.ImageSource;
import io.cnishift.cilium.PhaseValues;
import io.cnishift.cilium.ValueCheck;
import io.cnishift.cilium.ValueProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the user's chart values go together with what each phase needs, and whether Cilium can be installed at all. */
final class ChartCheck {

    private ChartCheck() {}

    static List<Finding> check(Draft draft) {
        List<Finding> findings = new ArrayList<>();
        draft.chart().ifPresent(chart -> {
            chart.phases().forEach(phase -> phase(chart, phase, findings));
            images(draft, chart, findings);
        });
        if (draft.site().options().kubeProxyReplacement() == OverlayOptions.KubeProxy.AFTER) {
            findings.add(MoveCode.KUBE_PROXY_CUT.finding(
                    "option kubeProxyReplacement",
                    "connections through Services are cut on each node while its agent restarts",
                    "accept it, or set kubeProxyReplacement=new-nodes, which cuts none"));
        }
        return findings.stream().distinct().toList();
    }

    private static void phase(ChartDraft chart, PhaseValues phase, List<Finding> findings) {
        List<ValueProblem> conflicts = phase.conflicts(chart.user());
        conflicts.forEach(p -> findings.add(finding(p)));
        ValueCheck.check(chart.version(), phase.over(chart.user())).forEach(p -> findings.add(finding(p)));
    }

    private static Finding finding(ValueProblem problem) {
        return new Finding(
                problem.code(),
                problem.severity() == ValueProblem.Severity.ERROR ? Severity.BLOCKER : Severity.WARNING,
                problem.key().isEmpty() ? "chart values" : "chart value " + problem.key(),
                problem.message(),
                problem.remedy(),
                Docs.CILIUM_MIGRATION,
                List.of(OverlayStrategy.ID),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static void images(Draft draft, ChartDraft chart, List<Finding> findings) {
        ImageSource images = draft.site().images();
        if (images.closed().isEmpty()) {
            return;
        }
        ImageSource.Closed closed = images.closed().get(0);
        String subject = "subnet " + closed.subnet();
        List<String> missing = ImageSource.missing(chart.user());
        if (!missing.isEmpty()) {
            findings.add(MoveCode.NO_IMAGES.finding(
                    subject,
                    closed.why() + ", and " + String.join(", ", missing) + " of the chart lead to quay.io",
                    "copy Cilium's images to a registry that the nodes reach and name it with --set imageRegistry="));
        } else if (images.found()) {
            String registry = images.registry().orElseThrow();
            findings.add(MoveCode.IMAGES.finding(
                    subject,
                    closed.why() + ", so Cilium's images come from " + registry + ", as the workloads' do",
                    "copy cilium, operator-" + (draft.site().overlay() ? "generic" : "aws")
                            + " and cilium-envoy there under the release's tags, then accept it, or name"
                            + " another registry with --set imageRegistry="));
        }
    }
}
