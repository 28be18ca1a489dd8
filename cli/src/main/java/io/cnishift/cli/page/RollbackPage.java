package io.cnishift.cli.page;

import io.cnishift.api.plan.Count;
import io.cnishift.engine.rollback.Forecast;
import io.cnishift.engine.rollback.RollbackPlan;
import java.util.List;

/** The way back of a migration with its cost. */
public final class RollbackPage {

    private RollbackPage() {}

    /** The page of a way back. */
    public static Page of(RollbackPlan plan) {
        Page.Builder page = Page.builder()
                .heading("Way back of migration " + plan.migrationId()
                        + plan.toPhase().map(p -> " to the end of phase " + p).orElse(""));
        Table.Builder steps = Table.of("step", "phase", ">acts done", "how it is taken back");
        plan.steps().forEach(s -> steps.row(s.id(), s.phase(), s.acts(), s.how()));
        page.table("Steps, in this order", steps.build());
        if (!plan.steps().isEmpty()) {
            page.sentence("What stays: the revisions that changed workloads keep in their rollout history.");
        }
        bullets(
                page,
                "Points of no return that were passed",
                plan.pointsOfNoReturn().stream()
                        .map(p -> p.step() + ": " + p.why())
                        .toList());
        plan.forecast().ifPresent(forecast -> forecast(page, forecast));
        if (!plan.unrehearsed().isEmpty()) {
            page.sentence("Not rehearsed: " + plan.unrehearsed() + ".");
        }
        plan.refusal()
                .ifPresent(r ->
                        page.heading("Refused").sentence(r.subject() + ": " + r.message() + " (" + r.code() + ")"));
        return plan.advice().isEmpty()
                ? page.build()
                : page.sentence("-> " + plan.advice()).build();
    }

    private static void forecast(Page.Builder page, Forecast f) {
        page.heading("As rehearsed: " + f.outcome());
        page.sentence(Times.of(f.durationSeconds()) + ", " + Count.of(f.nodesToMake(), "node") + " to make, "
                + Count.of(f.podsRestarted(), "pod") + " restarted, Services below their minimum for "
                + Times.of(f.secondsBelowMinimum()) + ".");
        page.sentence("Addresses needed: " + Addresses.words(f.addressesNeeded()) + ".");
        bullets(page, "What went wrong", Findings.items(f.violations()));
        bullets(page, "Not modelled", f.notModelled());
    }

    private static void bullets(Page.Builder page, String heading, List<String> items) {
        if (!items.isEmpty()) {
            page.heading(heading).bullets(items);
        }
    }
}
