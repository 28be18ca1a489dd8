package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.plan.Count;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Options against each other and against the cluster; all contradictions at once, not only the first. */
final class OptionCheck {

    private OptionCheck() {}

    static List<Finding> check(Draft draft) {
        return Validation.combine(
                        surgeNamesGroups(draft),
                        surgeAndUnavailableAgree(draft),
                        islandsNeedANewNodeFirst(draft),
                        kubeProxyGoesAtTheEnd(draft),
                        hubbleComesAtTheEnd(draft))
                .ap((names, drains, islands, kubeProxy, hubble) -> draft)
                .fold(Seq::asJava, valid -> List.of());
    }

    private static Validation<Finding, Draft> surgeNamesGroups(Draft draft) {
        Set<String> unknown = new TreeSet<>(draft.site().options().surge().keySet());
        List<String> groups =
                draft.site().groups().stream().map(NodeGroup::name).toList();
        groups.forEach(unknown::remove);
        return unknown.isEmpty()
                ? Validation.valid(draft)
                : Validation.invalid(MoveCode.OPTIONS_CONFLICT.finding(
                        "option surge",
                        "there is no node group " + String.join(", ", unknown) + " to be replaced",
                        "name one of " + String.join(", ", groups)));
    }

    private static Validation<Finding, Draft> surgeAndUnavailableAgree(Draft draft) {
        int drained = draft.site().options().maxUnavailable().orElse(1);
        return draft.groups().stream()
                .filter(g -> g.surge().wanted() > 0 && g.surge().wanted() < drained)
                .findFirst()
                .<Validation<Finding, Draft>>map(g -> Validation.invalid(MoveCode.OPTIONS_CONFLICT.finding(
                        "option maxUnavailable",
                        drained + " nodes of " + g.name() + " cannot be drained at once onto "
                                + Count.of(g.surge().wanted(), "extra one"),
                        "set surge." + g.name() + "=" + drained + ", or a lower maxUnavailable")))
                .orElseGet(() -> Validation.valid(draft));
    }

    private static Validation<Finding, Draft> islandsNeedANewNodeFirst(Draft draft) {
        return draft.groups().stream()
                .filter(g -> draft.site().apart()
                        && g.surge().maxSurge() == 0
                        && !g.nodes().isEmpty())
                .findFirst()
                .<Validation<Finding, Draft>>map(g -> Validation.invalid(MoveCode.OPTIONS_CONFLICT.finding(
                        "option hybrid=isolated",
                        "nodes of " + g.name()
                                + " are drained before there is a new one, which alone could pass requests"
                                + " on to pods of both sides",
                        "leave hybrid=routed, or let " + g.name() + " have a surge of 1 or more")))
                .orElseGet(() -> Validation.valid(draft));
    }

    private static Validation<Finding, Draft> kubeProxyGoesAtTheEnd(Draft draft) {
        boolean after = draft.site().options().kubeProxyReplacement() == OverlayOptions.KubeProxy.AFTER;
        return after && draft.hybridEnd()
                ? Validation.invalid(never("kubeProxyReplacement=after", "set kubeProxyReplacement=off or new-nodes"))
                : Validation.valid(draft);
    }

    private static Validation<Finding, Draft> hubbleComesAtTheEnd(Draft draft) {
        boolean hubble = draft.site().options().hubble() != OverlayOptions.Hubble.OFF;
        return hubble && draft.hybridEnd()
                ? Validation.invalid(never("hubble=" + draft.site().options().hubble(), "set hubble=off for now"))
                : Validation.valid(draft);
    }

    private static Finding never(String option, String remedy) {
        return MoveCode.OPTIONS_CONFLICT.finding(
                "option " + option,
                "it comes after the last node has left the VPC CNI, and by other options or consents some stay",
                remedy);
    }
}
