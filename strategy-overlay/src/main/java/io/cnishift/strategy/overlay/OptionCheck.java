package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.roll.RollCode;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.util.List;

/** Options against each other and against the cluster; all contradictions at once, not only the first. */
final class OptionCheck {

    private OptionCheck() {}

    static List<Finding> check(Draft draft) {
        return Validation.combine(
                        islandsNeedANewNodeFirst(draft), kubeProxyGoesAtTheEnd(draft), hubbleComesAtTheEnd(draft))
                .ap((islands, kubeProxy, hubble) -> draft)
                .fold(Seq::asJava, valid -> List.of());
    }

    private static Validation<Finding, Draft> islandsNeedANewNodeFirst(Draft draft) {
        return draft.groups().stream()
                .filter(g -> draft.site().apart()
                        && g.surge().maxSurge() == 0
                        && !g.nodes().isEmpty())
                .findFirst()
                .<Validation<Finding, Draft>>map(g -> Validation.invalid(RollCode.OPTIONS_CONFLICT.of(
                        draft.roll().site().newNodes(),
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
                ? Validation.invalid(
                        never(draft, "kubeProxyReplacement=after", "set kubeProxyReplacement=off or new-nodes"))
                : Validation.valid(draft);
    }

    private static Validation<Finding, Draft> hubbleComesAtTheEnd(Draft draft) {
        boolean hubble = draft.site().options().hubble() != OverlayOptions.Hubble.OFF;
        return hubble && draft.hybridEnd()
                ? Validation.invalid(
                        never(draft, "hubble=" + draft.site().options().hubble(), "set hubble=off for now"))
                : Validation.valid(draft);
    }

    private static Finding never(Draft draft, String option, String remedy) {
        return RollCode.OPTIONS_CONFLICT.of(
                draft.roll().site().newNodes(),
                "option " + option,
                "it comes after the last node has left the VPC CNI, and by other options or consents some stay",
                remedy);
    }
}
