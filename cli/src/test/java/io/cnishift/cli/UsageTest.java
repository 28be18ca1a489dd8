package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors are one line: what, where, what to do next. */
final class UsageTest {

    @TempDir
    private Path folder;

    @Test
    void asksForACommandWhenNoneIsGiven() {
        refuses("no command given; 'cnishift --help' lists them");
    }

    @Test
    void namesTheOptionThatWasMeant() {
        refuses("did you mean --instance-type?", "max-pods", "--instance-typ", "m5.large");
    }

    @Test
    void namesTheCommandThatWasMeant() {
        refuses("did you mean inspect?", "inspct");
    }

    @Test
    void namesTheInstanceTypeThatWasMeant() {
        refuses("did you mean t3.medium?", "max-pods", "--instance-type", "t3.medum");
    }

    @Test
    void namesTheScenariosThatThereAre() {
        refuses(
                "choose one of sim:big-prefix, sim:chained-policy, sim:clean-cluster, sim:govcloud-26, sim:govcloud-26-full, sim:govcloud-26-stuck, sim:minnie-wallace, sim:prod-300, sim:stateful-green, or sim:minnie-wallace-cilium to go on from a migration; to= takes sim:clean-cluster-green, sim:minnie-wallace-green, sim:stateful-green-second too (SIM-UNKNOWN-SCENARIO)",
                "inspect",
                "--cluster",
                "sim:minnie");
    }

    @Test
    void saysThatAFileIsMissing() {
        refuses("there is no file './none.yaml'", "inspect", "--cluster", "./none.yaml");
    }

    @Test
    void refusesTypesTogetherWithAll() {
        refuses("needs either --instance-type or --all", "max-pods", "--all", "--instance-type", "m5.large");
    }

    @Test
    void printsTheBareNumberForTheCalculatorsFlags() {
        Run run = Run.of(
                folder, "max-pods", "--instance-type", "m5.large", "--cni-version", "1.9.0", "--cni-max-eni", "2");
        assertThat(run).isEqualTo(new Run(0, "20" + System.lineSeparator(), ""));
    }

    @Test
    void readsItsOwnSnapshotBackByteForByte() throws Exception {
        Run.of(folder, "inspect", "--cluster", "sim:govcloud-26", "--out", "one.yaml", "-o", "json");
        Run second = Run.of(folder, "inspect", "--cluster", "one.yaml", "--out", "two.yaml");
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(folder.resolve("two.yaml")).hasSameBinaryContentAs(folder.resolve("one.yaml"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("one.yaml"))).hasSize(2);
    }

    @Test
    void endsWithThreeWhenFindingsAreGraveEnough() {
        Run warned = Run.of(folder, "inspect", "--cluster", "sim:govcloud-26", "--fail-on", "warning");
        Run blocked = Run.of(folder, "inspect", "--cluster", "sim:govcloud-26", "--fail-on", "blocker");
        assertThat(warned.code()).isEqualTo(3);
        assertThat(blocked.code()).isZero();
    }

    @Test
    void hidesWhatTheFolderSuppressesUntilThatDay() throws Exception {
        String text = "suppressions:\n  - code: INS-SUBNET-NEARLY-FULL\n    reason: known\n    until: \"%s\"\n";
        Files.writeString(folder.resolve(".cnishift.yaml"), text.formatted("2999-12-31"));
        String[] command = {"inspect", "--cluster", "sim:govcloud-26", "--fail-on", "warning"};
        Run hidden = Run.of(folder, command);
        Files.writeString(folder.resolve(".cnishift.yaml"), text.formatted("2020-01-01"));
        Run expired = Run.of(folder, command);
        assertThat(hidden.out()).contains("1 hidden by .cnishift.yaml").doesNotContain("INS-SUBNET-NEARLY-FULL");
        assertThat(hidden.code()).isZero();
        assertThat(expired.code()).isEqualTo(3);
    }

    @Test
    void refusesAnUnknownKeyInTheSettingsWithItsPlace() throws Exception {
        Files.writeString(folder.resolve(".cnishift.yaml"), "goal: pods=120\nforbidd:\n  - vpc-changes\n");
        refuses(".cnishift.yaml:2:1", "inspect", "--cluster", "sim:clean-cluster");
    }

    private void refuses(String part, String... arguments) {
        Run run = Run.of(folder, arguments);
        assertThat(run.err()).startsWith("cnishift: ").contains(part).hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(2);
    }
}
