package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** What a wrong call is told: one line on stderr that says what, where and what to do, nothing on stdout, the exit code. */
final class ErrorsTest {

    @TempDir
    private static Path folder;

    private static String plan = "";

    @BeforeAll
    static void makesGoodAndBadFiles() throws IOException {
        Run made = call("plan", "--cluster", "sim:minnie-wallace", "--strategy", "overlay", "--out", "plan.yaml");
        assertThat(made.code()).as(made.err()).isZero();
        plan = Files.readString(folder.resolve("plan.yaml"));
        Files.writeString(folder.resolve("empty.yaml"), "");
        Files.writeString(folder.resolve("text.yaml"), "hello\n");
        Files.writeString(folder.resolve("broken.yaml"), "a: [1, 2\n");
        Files.write(folder.resolve("binary.yaml"), new byte[] {0, 1, (byte) 0xff, (byte) 0xfe});
        Files.writeString(folder.resolve("torn.yaml"), plan.substring(0, 3000));
        edited("strategy.yaml", "strategy: overlay\n", "strategy: overlai\n");
        edited("kind.yaml", "kind: run-probes", "kind: dance");
        edited("key.yaml", "format: 1\n", "format: 1\ncolour: red\n");
        edited("hold.yaml", "phases:\n", "holds:\n  - rol\nphases:\n");
        edited("scenario.yaml", "source: sim:minnie-wallace", "source: sim:minnie");
        edited("other.yaml", "source: sim:minnie-wallace", "source: sim:govcloud-26");
        Files.writeString(folder.resolve("short.yaml"), plan.substring(0, plan.indexOf("- id: install")));
        cut("step.yaml", "      - id: label-old-nodes", "      - id: fence-aws-node");
        cut("phase.yaml", "  - id: fence\n", "  - id: install\n");
        edited("changed.yaml", "drainTimeoutSeconds: 900", "drainTimeoutSeconds: 9");
        edited("options.yaml", "oldGroups: delete", "oldGroups: keep");
        edited("seal.yaml", "# planned: ", "# ");
        edited("comment.yaml", "phases:\n", "# seen by two of us\nphases:\n");
        edited("format.yaml", "format: 1\n", "format: 2\n");
        Files.createDirectory(folder.resolve("folder"));
    }

    private static void cut(String name, String from, String to) throws IOException {
        assertThat(plan).contains(from, to);
        Files.writeString(
                folder.resolve(name), plan.substring(0, plan.indexOf(from)) + plan.substring(plan.indexOf(to)));
    }

    private static void edited(String name, String from, String to) throws IOException {
        assertThat(plan).contains(from);
        Files.writeString(folder.resolve(name), plan.replaceFirst(java.util.regex.Pattern.quote(from), to));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvFileSource(resources = "errors.csv", delimiter = '|', useHeadersInDisplayName = false, numLinesToSkip = 1)
    void tellsInOneLineWhatIsWrong(String commandLine, int code, String message) {
        Run run = call(commandLine.split(" "));
        assertThat(run.err()).startsWith("cnishift: ").contains(message).hasLineCount(1);
        assertThat(run.err()).doesNotContain("Exception", "\tat ", "null", "; ;", ".;");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"plan.yaml, --cluster sim:govcloud-26", "other.yaml, --yes"})
    void neverRunsAPlanOnAnotherCluster(String file, String option) {
        Run run = call(("apply " + file + " --yes " + option)
                .replace("--yes --yes", "--yes")
                .split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).containsAnyOf("CLI-WRONG-TARGET", "RUN-WRONG-TARGET");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void refusesWithThreeAndTellsProgramsOnStdout() {
        String[] command = "plan --cluster sim:govcloud-26 --intent none --strategy overlay".split(" ");
        Run people = call(command);
        assertThat(people.code()).isEqualTo(3);
        assertThat(people.out()).isEmpty();
        assertThat(people.err())
                .contains("no plan for overlay, 4 findings have to be accepted first:")
                .contains("OVL-UNDRAINABLE")
                .contains("--accept '");
        Run programs =
                call(Stream.concat(Stream.of(command), Stream.of("-o", "json")).toArray(String[]::new));
        assertThat(programs.code()).isEqualTo(3);
        assertThat(programs.out()).startsWith("{").contains("\"OVL-UNDRAINABLE\"");
        assertThat(programs.err()).doesNotContain("OVL-UNDRAINABLE, ");
    }

    @Test
    void refusesADamagedJournalWithItsPlace() throws IOException {
        assertThat(call("apply", "plan.yaml", "--yes", "--until", "preflight").code())
                .isEqualTo(5);
        Path journal = journal();
        String good = Files.readString(journal);
        int middle = good.indexOf('\n') + 20;
        Files.writeString(journal, good.substring(0, middle) + "X" + good.substring(middle + 1));
        for (String command : new String[] {"status", "resume", "rollback"}) {
            Run run = call(command);
            assertThat(run.err())
                    .contains("JOURNAL-CORRUPT")
                    .contains("damaged in line 2")
                    .hasLineCount(1);
            assertThat(run.code()).isEqualTo(2);
        }
        Files.writeString(journal, good);
    }

    /** Links stand for what must not be replaced: a device, and a file that somebody keeps elsewhere. */
    @Test
    void writesThroughLinksAndToDevices() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept.yaml"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), kept);
        assertThat(call("inspect", "--cluster", "sim:clean-cluster", "--out", "link.yaml")
                        .code())
                .isZero();
        assertThat(link).isSymbolicLink();
        assertThat(kept).content().contains("source: sim:clean-cluster");

        Path device = Path.of("/dev/full");
        assumeTrue(Files.exists(device) && !Files.isRegularFile(device), "no device that is always full");
        Path full = Files.createSymbolicLink(folder.resolve("full.yaml"), device);
        Run run = call("inspect", "--cluster", "sim:clean-cluster", "--out", "full.yaml");
        assertThat(run.err())
                .contains("full.yaml cannot be written: ", "CLI-CANNOT-WRITE")
                .hasLineCount(1);
        assertThat(run.code()).isEqualTo(1);
        assertThat(full).isSymbolicLink();
    }

    @Test
    void showsTheCauseWithVerboseOnly() {
        Run run = call("--verbose", "inspect", "--cluster", "sim:none");
        assertThat(run.err()).contains("SIM-UNKNOWN-SCENARIO").contains("    at ");
    }

    private static Path journal() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            return files.filter(f -> f.endsWith("journal.jsonl")).findFirst().orElseThrow();
        }
    }

    private static Run call(String... arguments) {
        return Run.of(folder, arguments);
    }

    @Test
    void printsNoByteThatIsNotUtf8OrPlain() {
        Run run = call("inspect", "--cluster", "sim:clean-cluster");
        assertThat(run.out().getBytes(StandardCharsets.US_ASCII))
                .isEqualTo(run.out().getBytes(StandardCharsets.UTF_8));
    }
}
