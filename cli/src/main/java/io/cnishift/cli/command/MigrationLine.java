package io.cnishift.cli.command;

import io.cnishift.api.port.MigrationException;
import io.cnishift.cli.page.Page;
import io.cnishift.cli.page.Table;
import io.cnishift.cli.run.Shelf;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.StoredPlan;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One migration of this machine, as {@code status --all} lists it: additions only.
 *
 * @param target where its cluster was found, as {@code --cluster} takes it; empty when the plan cannot be read
 * @param strategy empty when the plan cannot be read
 * @param state the outcome of its last run, {@code underWay}, {@code processGone} when its process
 *     died, or {@code unreadable} when plan or journal cannot be read
 * @param startedAt in the time of the cluster, which for a simulated one is not that of this machine
 */
record MigrationLine(String id, String target, String strategy, String state, Optional<Instant> startedAt) {

    MigrationLine {
        Objects.requireNonNull(id);
        Objects.requireNonNull(target);
        Objects.requireNonNull(strategy);
        Objects.requireNonNull(state);
        Objects.requireNonNull(startedAt);
    }

    /** A list is of use also where one of the migrations is of another version. */
    static MigrationLine of(String id, Shelf shelf) {
        try (Journal journal = shelf.journal(id)) {
            StoredPlan plan = shelf.plan(id);
            return new MigrationLine(
                    id,
                    plan.plan().cluster().source(),
                    plan.plan().strategy(),
                    journal.state()
                            .run()
                            .ended()
                            .map(JournalRecord.Ended::outcome)
                            .map(Object::toString)
                            .orElse(shelf.lock(id).holder().isPresent() ? "underWay" : "processGone"),
                    journal.lines().stream().findFirst().map(JournalLine::at));
        } catch (MigrationException e) {
            return new MigrationLine(id, "", "", "unreadable", Optional.empty());
        }
    }

    private static String words(String state) {
        return switch (state) {
            case "underWay" -> "under way";
            case "processGone" -> "its process is gone";
            default -> state;
        };
    }

    static Page page(List<MigrationLine> lines) {
        if (lines.isEmpty()) {
            return Page.builder()
                    .sentence("This machine has no migration yet; 'cnishift apply PLAN' begins one.")
                    .build();
        }
        Table.Builder table = Table.of("migration", "cluster", "strategy", "state", "started");
        lines.forEach(line -> table.row(
                line.id(),
                line.target(),
                line.strategy(),
                words(line.state()),
                line.startedAt().map(Instant::toString).orElse("")));
        return Page.builder().table(table.build()).build();
    }
}
