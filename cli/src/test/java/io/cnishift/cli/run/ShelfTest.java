package io.cnishift.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.plan.Target;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.PlanFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which migrations of this machine stand in the way of a new one. */
final class ShelfTest {

    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");

    @TempDir
    Path state;

    private final Codec codec = Codec.builder().build();

    private static Target cluster(String name, String uid) {
        return new Target("eks:" + name, name, "1", "arn:aws:eks:eu-central-1:1:cluster/" + name, "eu-central-1", uid);
    }

    private StoredPlan plan(String strategy, Target cluster, Optional<Target> second) {
        return StoredPlan.of(
                new MigrationPlan(
                        MigrationPlan.FORMAT,
                        strategy,
                        cluster,
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        second),
                new PlanFiles(codec));
    }

    private Shelf whereAMoveStands(Target second) {
        Shelf shelf = new Shelf(state, codec);
        StoredPlan move = plan("new-cluster", cluster("shop", "uid-1"), Optional.of(second));
        try (Journal journal = shelf.begin(move, NOW, ConnectionSettings.none())) {
            journal.append(NOW, new JournalRecord.StepBegun("make-cluster"));
        }
        return shelf;
    }

    @Test
    void noOtherBeginsOnTheClusterThatAMoveGoesTo() {
        Shelf shelf = whereAMoveStands(cluster("shop-2", "uid-2"));

        assertThat(shelf.unfinished(plan("overlay", cluster("shop-2", "uid-2"), Optional.empty())))
                .isPresent();
        assertThat(shelf.unfinished(plan("overlay", cluster("shop", "uid-1"), Optional.empty())))
                .isPresent();
        assertThat(shelf.unfinished(plan("overlay", cluster("shop-2", "uid-3"), Optional.empty())))
                .isEmpty();
    }

    @Test
    void noOtherBeginsOnTheClusterThatAMoveMakes() {
        Shelf shelf = whereAMoveStands(cluster("shop-green", ""));

        assertThat(shelf.unfinished(plan("eni", cluster("shop-green", "uid-2"), Optional.empty())))
                .isPresent();
        assertThat(shelf.unfinished(plan("eni", cluster("other", "uid-2"), Optional.empty())))
                .isEmpty();
    }
}
