package io.cnishift.api.roll;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is to be known about a roll: all of it, in one order. */
final class RollFindings {

    private static final String DNS = "Deployment/kube-system/coredns";

    private RollFindings() {}

    static List<Finding> of(RollDraft draft) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(SurgeFindings.of(draft));
        findings.addAll(NodeFindings.of(draft.site()));
        findings.addAll(GroupFindings.of(draft));
        findings.addAll(draft.movement().findings());
        findings.addAll(pods(draft));
        findings.addAll(BusyPods.findings(draft.site()));
        findings.addAll(Room.findings(draft));
        findings.addAll(Pinned.findings(draft));
        return findings.stream()
                .distinct()
                .sorted(Comparator.comparing(Finding::severity)
                        .thenComparing(Finding::code)
                        .thenComparing(Finding::subject)
                        .thenComparing(Finding::message))
                .toList();
    }

    private static List<Finding> pods(RollDraft draft) {
        List<Finding> findings = new ArrayList<>();
        RollSite site = draft.site();
        site.view()
                .workload(DNS)
                .filter(w -> w.desired() < 2)
                .ifPresent(w -> findings.add(site.finding(
                        RollCode.DNS_SINGLE,
                        DNS,
                        "it has " + Count.of(w.desired(), "replica"),
                        "scale it to 2 or more")));
        if (!draft.movement().byRollout().isEmpty()) {
            findings.add(site.finding(
                    RollCode.BY_ROLLOUT,
                    "pods that cannot be evicted",
                    "moved by a rollout instead of evictions: "
                            + Names.some(draft.movement().byRollout()),
                    "nothing to do, or choose with the option singletons"));
        }
        List<String> hasty =
                site.newNodes().keepsPodTargets() ? PodTargets.of(site.view()).hasty(site.view()) : List.of();
        if (!hasty.isEmpty()) {
            findings.add(
                    site.finding(
                            RollCode.TARGETS_END,
                            "ip targets",
                            "requests are lost for some seconds when pods of these Services end: " + Names.some(hasty),
                            "give their pods a preStop hook that waits for 15 seconds, or accept it as with every rollout of theirs"));
        }
        return findings;
    }
}
