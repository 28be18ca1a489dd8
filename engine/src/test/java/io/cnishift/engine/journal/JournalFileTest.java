package io.cnishift.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalFileTest {

    private static final String ID = "01234567-20261121-010000";

    @TempDir
    private Path state;

    private Migrations migrations() {
        return new Migrations(state, Codec.builder().build());
    }

    private Path file() {
        return state.resolve("cnishift/migrations").resolve(ID).resolve("journal.jsonl");
    }

    private void writeAll() {
        try (Journal journal = migrations().begin(Records.plan(), Records.START)) {
            Records.writeTo(journal);
        }
    }

    @Test
    void readsEveryKindOfRecordAsItWasWritten() {
        List<JournalLine> written;
        try (Journal journal = migrations().begin(Records.plan(), Records.START)) {
            Records.writeTo(journal);
            written = List.copyOf(journal.lines());
        }
        long kinds = JournalRecord.class.getPermittedSubclasses().length;
        assertThat(written.stream().map(line -> line.record().getClass()).distinct())
                .hasSize((int) kinds);
        assertThat(migrations().open(ID).lines()).isEqualTo(written);
    }

    @Test
    void writesOneLinePerRecordWithItsNumberTimeAndCheckSum() throws IOException {
        writeAll();
        List<String> lines = Files.readAllLines(file());
        assertThat(lines).hasSize(Records.all().size());
        assertThat(lines.get(2))
                .matches("\\{\"seq\":3,\"at\":\"2026-11-21T01:00:02Z\",\"record\":\\{\"kind\":\"step-begun\","
                        + "\"step\":\"one\"},\"crc\":\"[0-9a-f]{8}\"}");
    }

    @Test
    void writesNothingBeforeTheFirstRecord() {
        try (Journal journal = migrations().begin(Records.plan(), Records.START)) {
            assertThat(journal.isEmpty()).isTrue();
        }
        assertThat(state).isEmptyDirectory();
        assertThat(migrations().latest()).isEmpty();
    }

    @Test
    void keepsFilesFromOtherUsers() throws IOException {
        writeAll();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().resolveSibling("plan.yaml"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void leavesOutATornLastLineWhereverItWasTorn() throws IOException {
        writeAll();
        byte[] whole = Files.readAllBytes(file());
        int lastLine = new String(whole, 0, whole.length - 1, StandardCharsets.ISO_8859_1).lastIndexOf('\n') + 1;
        for (int length = lastLine; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            Journal journal = migrations().open(ID);
            assertThat(journal.lines()).hasSize(Records.all().size() - 1);
        }
    }

    @Test
    void goesOnBehindATornLine() throws IOException {
        writeAll();
        Files.writeString(file(), "{\"seq\":23,\"at\":\"20", StandardOpenOption.APPEND);
        JournalLine added;
        try (Journal journal = migrations().open(ID)) {
            added = journal.append(Records.START.plusSeconds(60), new JournalRecord.StepBegun("three"));
        }
        assertThat(added.seq()).isEqualTo(Records.all().size() + 1L);
        assertThat(migrations().open(ID).lines()).last().isEqualTo(added);
    }

    @Test
    void refusesToWriteOverWhatAnotherProcessWroteSinceTheReading() throws IOException {
        writeAll();
        try (Journal early = migrations().open(ID)) {
            try (Journal other = migrations().open(ID)) {
                other.append(Records.START.plusSeconds(60), new JournalRecord.StepBegun("three"));
            }
            List<JournalLine> kept = migrations().open(ID).lines();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> early.append(Records.START, new JournalRecord.StepBegun("four")))
                        .isInstanceOfSatisfying(
                                MigrationException.class,
                                e -> assertThat(e.code()).isEqualTo("JOURNAL-MOVED"));
            }
            assertThat(migrations().open(ID).lines()).isEqualTo(kept);
        }
    }

    @Test
    void refusesAJournalThatIsShorterThanWhatWasRead() throws IOException {
        writeAll();
        try (Journal early = migrations().open(ID)) {
            Files.writeString(file(), "");
            assertThatThrownBy(() -> early.append(Records.START, new JournalRecord.StepBegun("four")))
                    .hasMessageContaining("another process wrote the journal");
        }
    }

    @Test
    void keepsNothingOfALineThatDidNotFitOnTheDisk() throws IOException {
        writeAll();
        byte[] before = Files.readAllBytes(file());
        FullDisk disk = new FullDisk(file());
        try (FileSink sink = new FileSink(file(), new LineForm(Codec.builder().build()), () -> disk)) {
            disk.room = 20;
            assertThatThrownBy(() -> sink.write(next("three"))).hasMessageContaining("No space left on device");
            assertThat(file()).hasBinaryContent(before);
            disk.room = Integer.MAX_VALUE;
            sink.write(next("four"));
        }
        assertThat(migrations().open(ID).lines()).last().isEqualTo(next("four"));
    }

    @Test
    void takesNoLineBehindATornOneThatCannotBeCutOff() throws IOException {
        writeAll();
        FullDisk disk = new FullDisk(file());
        try (FileSink sink = new FileSink(file(), new LineForm(Codec.builder().build()), () -> disk)) {
            disk.room = 20;
            disk.cuts = false;
            assertThatThrownBy(() -> sink.write(next("three"))).hasMessageContaining("No space left on device");
            disk.room = Integer.MAX_VALUE;
            assertThatThrownBy(() -> sink.write(next("four"))).hasMessageContaining("No space left on device");
        }
        assertThat(migrations().open(ID).lines()).hasSize(Records.all().size());
    }

    private static JournalLine next(String step) {
        return new JournalLine(Records.all().size() + 1L, Records.START, new JournalRecord.StepBegun(step));
    }

    @Test
    void refusesAChangedLineByFileAndLine() throws IOException {
        writeAll();
        String text = Files.readString(file());
        Files.writeString(
                file(),
                text.replace("\"step\":\"one\",\"reason\":\"for the w", "\"step\":\"two\",\"reason\":\"for the w"));
        assertThatThrownBy(() -> migrations().open(ID)).isInstanceOfSatisfying(MigrationException.class, e -> {
            assertThat(e.code()).isEqualTo("JOURNAL-CORRUPT");
            assertThat(e).hasMessageContaining(file() + " is damaged in line 12: its check sum is");
            assertThat(e.remedy()).contains("backup");
        });
    }

    @Test
    void refusesAMissingLine() throws IOException {
        writeAll();
        List<String> lines = Files.readAllLines(file());
        lines.remove(4);
        Files.writeString(file(), String.join("\n", lines) + "\n");
        assertThatThrownBy(() -> migrations().open(ID)).hasMessageContaining("line 5: it is record 6, not 5");
    }

    @Test
    void refusesALineWithoutCheckSum() throws IOException {
        writeAll();
        Files.writeString(file(), "{\"seq\":25}\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> migrations().open(ID))
                .hasMessageContaining("line " + (Records.all().size() + 1) + ": it does not end with a check sum");
    }

    @Test
    void namesRunsByPlanAndTimeAndCountsEqualOnes() {
        for (int i = 0; i < 3; i++) {
            try (Journal journal = migrations().begin(Records.plan(), Records.START)) {
                journal.append(Records.START, new JournalRecord.StepBegun("one"));
            }
        }
        try (Journal earlier = migrations().begin(Records.plan(), Records.START.minusSeconds(1))) {
            earlier.append(Records.START, new JournalRecord.StepBegun("one"));
        }
        assertThat(migrations().ids()).containsExactly("01234567-20261121-005959", ID, ID + "-02", ID + "-03");
        assertThat(migrations().latest()).contains(ID + "-03");
    }

    @Test
    void saysWhereIdsAreListedWhenOneIsUnknown() {
        writeAll();
        assertThatThrownBy(() -> migrations().open("nope"))
                .isInstanceOfSatisfying(
                        MigrationException.class, e -> assertThat(e.remedy()).contains("status --all"));
    }

    @Test
    void diesAtTheWantedRecord() {
        Journal journal = Journal.inMemory("m").through(sink -> CrashingSink.before(2, sink));
        journal.append(Records.START, new JournalRecord.StepBegun("one"));
        assertThatThrownBy(() -> journal.append(Records.START, new JournalRecord.StepBegun("two")))
                .isInstanceOf(SimulatedCrash.class);
        assertThat(journal.lines()).hasSize(1);
    }

    @Test
    void diesBehindTheWantedRecordWhichIsThen() {
        try (Journal journal = migrations().begin(Records.plan(), Records.START)) {
            Journal dying = journal.through(sink -> CrashingSink.after(1, sink));
            assertThatThrownBy(() -> dying.append(Records.START, new JournalRecord.StepBegun("one")))
                    .isInstanceOf(SimulatedCrash.class);
        }
        assertThat(migrations().open(ID).lines()).hasSize(1);
    }
}
