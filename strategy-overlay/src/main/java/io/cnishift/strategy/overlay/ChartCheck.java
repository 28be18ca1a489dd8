package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.RouteTable;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.plan.Severity;
import io.cnishift.cilium.PhaseValues;
import io.cnishift.cilium.ValueCheck;
import io.cnishift.cilium.ValueProblem;
import io.cnishift.cilium.Values;
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
            findings.add(OverlayCode.KUBE_PROXY_CUT.finding(
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
        Values user = chart.user();
        boolean mirrored = user.get("image.repository").isPresent()
                || user.get("image.override").isPresent();
        List<String> closed = draft.groups().stream()
                .flatMap(g -> g.old().subnets().stream())
                .distinct()
                .filter(id -> !leadsOut(draft.site(), id))
                .toList();
        if (!mirrored && !closed.isEmpty()) {
            findings.add(OverlayCode.IMAGES.finding(
                    "subnet " + closed.get(0),
                    "it has no default route, and the values leave Cilium's images at quay.io",
                    "mirror the images of the chart and set image.repository and its kin with --values"));
        }
    }

    /** Whether a subnet has a default route; what is not known counts as one. */
    private static boolean leadsOut(Site site, String id) {
        Optional<RouteTable> own = site.view()
                .subnet(id)
                .flatMap(Subnet::routeTable)
                .flatMap(t -> site.view().get(Part.ROUTE_TABLES, RouteTable.class, t));
        return own.map(t -> t.routes().stream().anyMatch(r -> r.destination().equals("0.0.0.0/0")))
                .orElse(true);
    }
}
