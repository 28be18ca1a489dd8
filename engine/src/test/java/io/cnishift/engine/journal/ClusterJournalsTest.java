package io.cnishift.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.lock.StoredObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterJournalsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

    private final StoredObjects cluster = new StoredObjects();
    private final Codec codec = Codec.builder().build();
    private final ClusterJournals journals = new ClusterJournals(cluster, codec);

    @TempDir
    private Path state;

    private Migrations migrations;
    private StoredPlan plan;
    private Journal journal;

    @BeforeEach
    void begin() {
        migrations = new Migrations(state, codec);
        plan = Records.plan();
        journal = journals.copying(migrations.begin(plan, Instant.parse("2026-11-21T01:00:00Z")), plan);
    }

    private String id() {
        return journal.migration();
    }

    @Test
    void isReadAsItWasWritten() {
        Records.writeTo(journal);
        assertThat(journal.settle(NOW)).isEmpty();

        assertThat(journals.latest()).contains(id());
        assertThat(journals.lines(id())).isEqualTo(journal.lines());
        assertThat(journals.progress(id()).state().run().rollback()).isPresent();
        assertThat(journals.progress(id()).lines()).hasSameSizeAs(journal.lines());
        assertThat(journal.due()).isEqualTo(Instant.MAX);
    }

    @Test
    void contentsOfObjectsAreInSecretsOnly() {
        Map<String, Object> object = Map.of(
                "apiVersion", "v1", "kind", "Secret", "metadata", Map.of("name", "s"), "data", Map.of("k", "hush"));
        journal.append(
                NOW,
                new JournalRecord.ActIntended(
                        "one", new ApplyObject(object), Map.of("data", Map.of("k", "earlier")), Optional.of("hush")));
        journal.settle(NOW);

        String told = journals.progress(id()).lines().toString();
        assertThat(told).contains("kind=Secret").doesNotContain("hush", "earlier");
        assertThat(journals.lines(id()).toString()).contains("hush", "earlier");
        assertThat(cluster.objects.keySet())
                .anyMatch(name -> name.startsWith("Secret kube-system/cnishift-" + id() + "-backup"));
        cluster.objects
                .values()
                .forEach(o -> assertThat(Tree.strings(o, "metadata", "labels"))
                        .containsEntry("app.kubernetes.io/managed-by", "cnishift"));
    }

    @Test
    void aCopyThatCannotBeWrittenIsToldOnceAndCatchesUp() {
        Records.writeTo(journal);
        cluster.next.add(() -> new ActResult.Refused(ActResult.Reason.UNAVAILABLE, "away"));
        JournalRecord told = journal.settle(NOW).orElseThrow();
        assertThat(told.toString()).contains("up to 0", "away");
        journal.append(NOW, told);
        assertThat(journal.due()).isEqualTo(NOW.plusSeconds(10));
        cluster.next.add(() -> new ActResult.Refused(ActResult.Reason.FORBIDDEN, "no"));
        assertThat(journal.settle(NOW.plusSeconds(10))).isEmpty();
        assertThat(journal.due()).isEqualTo(NOW.plusSeconds(30));

        assertThat(journal.settle(NOW.plusSeconds(30))).contains(new JournalRecord.Copied(Optional.empty()));
        assertThat(journals.lines(id())).isEqualTo(journal.lines());
    }

    @Test
    void noObjectIsLargerThanTheApiTakes() {
        byte[] noise = new byte[800_000];
        new Random(1).nextBytes(noise);
        String text = Base64.getEncoder().encodeToString(noise);
        for (int i = 0; i < 2; i++) {
            journal.append(
                    NOW,
                    new JournalRecord.ActIntended(
                            "one", new ApplyObject(Map.of("kind", "A")), Map.of("data", text), Optional.empty()));
            journal.append(NOW, new JournalRecord.Waiting("one", text));
            journal.settle(NOW);
        }
        assertThat(journals.lines(id())).isEqualTo(journal.lines());
        assertThat(cluster.objects.size()).isGreaterThan(4);
        cluster.objects.values().forEach(o -> assertThat(o.toString().length()).isLessThan(900 * 1024));
    }

    @Test
    void aDamagedCopyIsRefusedWithItsPlaceAndAWayOut() {
        Records.writeTo(journal);
        journal.settle(NOW);
        String name = "ConfigMap kube-system/cnishift-" + id() + "-journal-001";
        Map<String, Object> chunk = new HashMap<>(cluster.get(name).orElseThrow());
        chunk.put("binaryData", Map.of("000000001.000", "AAAA"));
        cluster.objects.put(name, chunk);

        assertThatThrownBy(() -> journals.progress(id()))
                .hasMessageContaining("is damaged in " + name + ", key 000000001.000")
                .extracting("remedy")
                .asString()
                .contains("cnishift resume " + id());
    }

    @Test
    void aBackupThatIsMissingIsRefusedByWhoGoesOnAndNotByWhoLooks() {
        Records.writeTo(journal);
        journal.settle(NOW);
        cluster.objects.keySet().removeIf(name -> name.startsWith("Secret"));
        assertThat(journals.progress(id()).lines()).isNotEmpty();
        assertThatThrownBy(() -> journals.lines(id())).hasMessageContaining("record 4: its backup is not there");
    }

    @Test
    void anotherProcessGoesOnBehindWhatIsThere() {
        Records.writeTo(journal);
        journal.settle(NOW);
        journal.append(NOW, new JournalRecord.Waiting("one", "not copied any more"));
        journal.close();
        try (Journal next = journals.copying(migrations.open(id()), plan)) {
            next.append(NOW, new JournalRecord.Waiting("one", "more"));
            next.settle(NOW);
            assertThat(journals.lines(id())).isEqualTo(next.lines());
        }
    }

    @Test
    void anotherMachineTakesItOverAndTheFirstOneFollowsIt() throws IOException {
        Records.writeTo(journal);
        journal.settle(NOW);
        journal.append(NOW, new JournalRecord.Waiting("one", "never copied"));
        journal.close();
        Migrations other = new Migrations(state.resolve("other"), codec);
        assertThat(other.adopt(id(), plan, journals.lines(id()))).isEmpty();
        try (Journal there = journals.copying(other.open(id()), plan)) {
            there.append(NOW, new JournalRecord.Waiting("one", "on the other machine"));
            there.settle(NOW);
        }
        List<JournalLine> lines = journals.lines(id());
        Path aside = migrations.adopt(id(), plan, lines).orElseThrow();
        assertThat(Files.readString(aside)).contains("never copied");
        try (Journal here = migrations.open(id())) {
            assertThat(here.lines()).isEqualTo(lines);
        }
        assertThat(migrations.adopt(id(), plan, lines)).isEmpty();
        assertThat(Files.getPosixFilePermissions(state.resolve("other/cnishift/migrations/" + id() + "/journal.jsonl")))
                .hasSize(2);
    }
}
