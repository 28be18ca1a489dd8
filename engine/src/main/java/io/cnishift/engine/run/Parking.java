package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.engine.journal.JournalState;
import java.util.ArrayList;
import java.util.List;

/** Says what must not be done to a cluster that stands in the middle of a migration. Pure. */
final class Parking {

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "pause-applications",
                    "resume-sync",
                    "Argo CD does not sync the Applications that the plan touches: commits to them do not reach the cluster, and"
                            + " a sync by hand takes changes back"),
            new Rule(
                    "decouple-lb",
                    "cleanup",
                    "traffic may run through the second Services and their target groups: leave them and the Ingresses"
                            + " alone"),
            new Rule(
                    "use-host-network",
                    "cleanup",
                    "what the control plane calls runs on the host network: a sync or chart upgrade that reverts it makes"
                            + " those calls fail"),
            new Rule(
                    "fence",
                    "remove-vpc-cni",
                    "old groups must not launch nodes: a node without the label of the fence gets no CNI"),
            new Rule(
                    "fence",
                    "remove-vpc-cni",
                    "do not update the vpc-cni add-on or its DaemonSet: that can take the fence down"),
            new Rule(
                    "fence",
                    "cleanup",
                    "autoscalers and Auto Scaling processes that are held must stay held; they get their values back at"
                            + " the end"),
            new Rule("install", "roll", "do not upgrade or remove the release of the new CNI by hand"),
            new Rule(
                    "roll",
                    "remove-vpc-cni",
                    "two CNIs serve side by side: do not cordon, drain, scale or refresh node groups by hand",
                    "fence"),
            new Rule(
                    "set-vpc-cni-mode",
                    "cleanup",
                    "nodes hold addresses in two ways: do not cordon, drain, scale or refresh node groups by hand"),
            new Rule(
                    "remove-vpc-cni",
                    "steady",
                    "do not install the vpc-cni add-on again: two CNIs would write their configuration on one node"),
            new Rule("kube-proxy", "cleanup", "do not change kube-proxy by hand: Services may depend on either side"));

    private Parking() {}

    /** True from the first step of one phase, or of one kind, until another phase is done; of plans that have the last one. */
    private record Rule(String from, String until, String sentence, String with) {

        Rule(String from, String until, String sentence) {
            this(from, until, sentence, "");
        }

        boolean applies(MigrationPlan plan) {
            return with.isEmpty() || plan.phases().stream().anyMatch(p -> p.id().equals(with));
        }
    }

    static List<String> sentences(MigrationPlan plan, JournalState state) {
        List<String> sentences = new ArrayList<>();
        RULES.stream()
                .filter(rule -> rule.applies(plan))
                .filter(rule -> begun(plan, state, rule.from()) && !over(plan, state, rule.until()))
                .forEach(rule -> sentences.add(rule.sentence()));
        plan.phases().stream().flatMap(phase -> phase.steps().stream()).forEach(step -> {
            if (state.begun(step.id()) && !state.done(step.id())) {
                String objects =
                        step.touches().isEmpty() ? "" : ": leave " + String.join(", ", step.touches()) + " alone";
                sentences.add("step " + step.id() + " is half done" + objects);
            }
        });
        return sentences;
    }

    private static boolean begun(MigrationPlan plan, JournalState state, String from) {
        return plan.phases().stream()
                .flatMap(p -> p.steps().stream()
                        .filter(s -> p.id().equals(from) || s.kind().equals(from)))
                .anyMatch(step -> state.begun(step.id()));
    }

    /** Whether all of a phase is done; one that the plan has not never ends before the run does. */
    private static boolean over(MigrationPlan plan, JournalState state, String phase) {
        return plan.phases().stream()
                .filter(p -> p.id().equals(phase))
                .anyMatch(p -> p.steps().stream().allMatch(s -> state.done(s.id()) || state.skipped(s.id())));
    }
}
