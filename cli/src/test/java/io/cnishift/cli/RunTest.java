package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans applied to a simulated cluster by separate calls, each of which knows only what is on disk. */
final class RunTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void makesAPlan() {
        Run plan = call("plan", "--cluster", "sim:minnie-wallace", "--strategy", "overlay", "--out", "plan.yaml");
        assertThat(plan.code()).as(plan.err()).isZero();
    }

    @Test
    void savesThePlanForItsOwnerAloneUnderItsDigest() throws Exception {
        Run again = call("plan", "--cluster", "sim:minnie-wallace", "--strategy", "overlay", "--out", "again.yaml");
        String digest = again.out().substring(0, 64);
        assertThat(Files.getPosixFilePermissions(folder.resolve("plan.yaml"))).hasSize(2);
        assertThat(folder.resolve("again.yaml")).hasSameBinaryContentAs(folder.resolve("plan.yaml"));
        assertThat(call("apply", "plan.yaml", "--yes", "--until", "preflight", "--expect", digest)
                        .code())
                .isEqualTo(5);
    }

    @Test
    void refusesAPlanOfAnotherDigest() {
        refuses("CLI-PLAN-CHANGED", "apply", "plan.yaml", "--yes", "--expect", "0".repeat(64));
    }

    @Test
    void asksBeforeItApplies() {
        refuses("CLI-NOT-CONFIRMED", "apply", "plan.yaml");
    }

    @Test
    void refusesAnotherClusterThanThePlans() {
        refuses("CLI-WRONG-TARGET", "apply", "plan.yaml", "--yes", "--cluster", "sim:clean-cluster");
    }

    @Test
    void refusesToApplyAPlanOfARealClusterToASimulatedOne() throws Exception {
        Path file = folder.resolve("plan.yaml");
        Files.writeString(file, Files.readString(file).replace("sim:minnie-wallace", "eks:minnie-wallace"));
        refuses("CLI-WRONG-TARGET", "apply", "plan.yaml", "--yes", "--cluster", "sim:minnie-wallace");
        refuses("CLI-WRONG-TARGET", "apply", "plan.yaml", "--yes", "--cluster", "eks:another");
    }

    @Test
    void saysThatThereIsNoMigrationYet() {
        refuses("CLI-NO-MIGRATION", "status");
        refuses("CLI-NO-MIGRATION", "resume");
        refuses("CLI-NO-MIGRATION", "rollback", "--yes");
    }

    @Test
    void goesOnInAnotherCallWhereTheLastOneStopped() {
        Run applied = call("apply", "plan.yaml", "--yes", "--until", "preflight");
        assertThat(applied.code()).as(applied.err()).isEqualTo(5);
        Run status = call("status", "-o", "json");
        assertThat(status.out()).contains("\"outcome\": \"paused\"");
        assertThat(call("resume", "--until", "rol").err())
                .contains("the plan has no phase 'rol'")
                .hasLineCount(1);
        Run resumed = call("resume", "--yes", "--until", "preflight");
        assertThat(resumed.err()).contains("resuming migration ");
        assertThat(resumed.code()).as(resumed.err()).isEqualTo(5);
    }

    @Test
    void aSecondRunOfAPlanIsRefusedUntilTheFirstHasComeToItsEnd() {
        Run first = call("apply", "plan.yaml", "--yes", "--until", "preflight");
        assertThat(first.err()).doesNotContain("applied before");
        String id = status().substring(0, status().indexOf(' '));
        Run second = call("apply", "plan.yaml", "--yes", "--until", "preflight");
        assertThat(second.err())
                .contains(
                        "migration " + id + " of sim:minnie-wallace has not come to its end",
                        "'cnishift resume " + id + "' goes on",
                        "'cnishift rollback " + id + "' takes it back",
                        "CLI-UNFINISHED");
        assertThat(second.code()).isEqualTo(2);
        assertThat(status()).startsWith(id);
        call("rollback", "--yes");
        Run third = call("apply", "plan.yaml", "--yes", "--until", "preflight");
        assertThat(third.err())
                .contains("this plan has been applied before, as migration " + id + "; this begins on a fresh cluster");
        assertThat(third.code()).isEqualTo(5);
    }

    @Test
    void aNamedClusterMeansItsOwnLatestMigration() {
        call("apply", "plan.yaml", "--yes", "--until", "preflight");
        String id = status().substring(0, status().indexOf(' '));
        call("plan", "--cluster", "sim:clean-cluster", "--strategy", "overlay", "--out", "other.yaml");
        call("apply", "other.yaml", "--yes", "--until", "preflight");
        assertThat(status()).doesNotStartWith(id);

        assertThat(call("status", "--cluster", "sim:minnie-wallace").out()).contains("Migration " + id);
        assertThat(call("unlock", "--cluster", "sim:minnie-wallace").err()).contains("the lock of migration " + id);
        assertThat(call("resume", "--cluster", "sim:minnie-wallace", "--until", "preflight")
                        .err())
                .contains("resuming migration " + id);
        assertThat(call("status", "--cluster", "sim:govcloud-26").err())
                .contains("this machine has no migration of sim:govcloud-26", "CLI-NO-MIGRATION");
    }

    @Test
    void aChangedClusterIsShownByItsOwnNameOnly() {
        call("apply", "plan.yaml", "--yes", "--until", "preflight");
        String id = status().substring(0, status().indexOf(' '));
        assertThat(call("inspect", "--cluster", "sim:minnie-wallace@" + id).code())
                .isZero();
        for (String command : new String[] {"inspect", "verify"}) {
            Run other = call(command, "--cluster", "sim:clean-cluster@" + id);
            assertThat(other.err())
                    .contains("the migration of sim:clean-cluster@" + id + " is one of sim:minnie-wallace")
                    .contains("write sim:minnie-wallace@" + id + " (CLI-WRONG-TARGET)");
            assertThat(other.code()).isEqualTo(2);
        }
    }

    @Test
    void theSecondClusterOfAMigrationIsShownByItsName() {
        call(
                "plan",
                "--cluster",
                "sim:clean-cluster",
                "--strategy",
                "new-cluster",
                "--set",
                "retire=false",
                "--accept",
                "NEW-NOT-COPIED",
                "--out",
                "new.yaml");
        call("apply", "new.yaml", "--yes", "--until", "preflight");
        String id = status().substring(0, status().indexOf(' '));
        String second = "sim:clean-cluster-green@" + id;
        assertThat(call("inspect", "--cluster", second).err()).contains("there is no cluster " + second);
        call("resume", "--until", "make-second");
        assertThat(call("verify").err()).contains(": sim:clean-cluster\n");
        Run shown = call("inspect", "--cluster", second);
        assertThat(shown.out()).contains("Cluster clean-cluster-green (" + second + ")");
        assertThat(shown.code()).as(shown.err()).isZero();
        call("resume", "--until", "prove");
        assertThat(call("verify").err()).contains(": sim:clean-cluster\n");
        assertThat(call("resume").code()).isZero();
        Run verified = call("verify");
        assertThat(verified.err()).contains("verify --cluster sim:clean-cluster@" + id + "' does");
        assertThat(verified.err()).contains(": sim:clean-cluster-green\n");
        assertThat(verified.code()).as(verified.out()).isZero();
    }

    @Test
    void noVerificationPassesWhilePoliciesAreAway() {
        Run asked = call("plan", "--cluster", "sim:chained-policy", "--strategy", "chaining", "--out", "chained.yaml");
        assertThat(asked.code()).as(asked.err()).isZero();
        String missing = "until step enforce-policies is done, nobody enforces NetworkPolicy legacy/invoices";

        Run applied = call("apply", "chained.yaml", "--yes", "--until", "policy-agent");
        assertThat(applied.err())
                .contains(
                        "unsafe to rest at: stopped after phase policy-agent: " + missing,
                        "unsafe meanwhile: " + missing);
        String id = status().substring(0, status().indexOf(' '));
        Run verified = call("verify");
        assertThat(verified.out()).contains("Verification: failed", "RUN-RESTS");
        assertThat(verified.code()).isEqualTo(4);
        assertThat(call("verify", "--cluster", "sim:chained-policy@" + id).code())
                .isEqualTo(4);
        assertThat(call("verify", "--cluster", "sim:chained-policy").out()).doesNotContain("RUN-RESTS");

        assertThat(call("rollback", "--yes").code()).isZero();
        assertThat(call("verify").out()).doesNotContain("RUN-RESTS");
        refuses("RUN-STATE", "rollback", "--yes");
        refuses("RUN-STATE", "resume");
    }

    @Test
    void saysWhatIsAcceptedForNothing() {
        Run plan = call(
                "plan",
                "--cluster",
                "sim:clean-cluster",
                "--strategy",
                "new-cluster",
                "--accept",
                "NEW-NOT-COPIED",
                "--accept",
                "NEW-DELETE",
                "--out",
                "new.yaml");
        assertThat(plan.err())
                .contains("--accept NEW-DELETE: this plan asks for nothing of the kind")
                .doesNotContain("--accept NEW-NOT-COPIED:");
        Run blocked = call(
                "plan",
                "--cluster",
                "sim:minnie-wallace",
                "--strategy",
                "new-cluster",
                "--set",
                "mesh=true",
                "--out",
                "mesh.yaml");
        assertThat(blocked.code()).isEqualTo(3);
        assertThat(blocked.err()).contains("NEW-MESH-NO-CILIUM").doesNotContain("add --accept");
    }

    @Test
    void namesThatAreNearlyRightAreUnderstood() {
        call("apply", "plan.yaml", "--yes", "--until", "preflight");
        assertThat(call("rehearse", "plan.yaml", "--rollback-at", "preflight").err())
                .contains("it is a phase, whose last step is ");
        assertThat(call("resume", "--until", "preflght").err()).contains("did you mean preflight? ");
        assertThat(call("inspect", "--cluster", "sim:minnie-walace").err())
                .contains("did you mean sim:minnie-wallace? ");
        assertThat(call("plan", "--cluster", "sim:minnie-wallace", "--strategy", "newcluster")
                        .err())
                .contains("did you mean new-cluster? ");
    }

    private String status() {
        return call("status", "--all").out().lines().skip(1).findFirst().orElseThrow();
    }

    @Test
    void listsTheMigrationsOfThisMachine() throws Exception {
        assertThat(call("status", "--all").out()).contains("no migration yet");
        call("apply", "plan.yaml", "--yes", "--until", "preflight");
        assertThat(status()).contains("sim:minnie-wallace", "overlay", "paused");
        Run json = call("status", "--all", "-o", "json");
        assertThat(json.out())
                .contains("\"target\": \"sim:minnie-wallace\"", "\"strategy\": \"overlay\"", "\"state\": \"paused\"");

        String id = status().substring(0, status().indexOf(' '));
        Path plan;
        try (Stream<Path> files = Files.walk(folder)) {
            plan = files.filter(f -> f.endsWith(id + "/plan.yaml")).findFirst().orElseThrow();
        }
        Files.writeString(plan, "nonsense");
        assertThat(status()).contains(id, "unreadable");
    }

    @Test
    void saysThatAFolderWhichCannotBeReadMayHoldMigrations() throws Exception {
        Path state = Files.writeString(folder.resolve("file"), "no folder");
        Map<String, String> environment = Map.of("XDG_STATE_HOME", state.toString());
        for (String[] command : new String[][] {{"status"}, {"status", "--all"}, {"apply", "plan.yaml", "--yes"}}) {
            Run run = Run.of(folder, environment, command);
            assertThat(run.err())
                    .contains(state.toString(), "cannot be ", "JOURNAL-")
                    .doesNotContain("no migration", "internal error");
            assertThat(run.code()).isEqualTo(1);
        }
    }

    @Test
    void saysHowToGoPastAHold() {
        call("plan", "--cluster", "sim:clean-cluster", "--strategy", "overlay", "--hold", "fence", "--out", "h.yaml");
        Run held = call("apply", "h.yaml", "--yes");
        assertThat(held.err()).contains("held before phase fence; go on with 'cnishift resume ", " --past fence'");
        assertThat(held.code()).isEqualTo(5);
        assertThat(call("rehearse", "h.yaml").err()).contains("a rehearsal does not stop before fence");
    }

    @Test
    void judgesAValueThatIsMissingLikeAnyOther() throws Exception {
        Files.writeString(folder.resolve("values.yaml"), "MTU:\n");
        Run plan = call("plan", "--cluster", "sim:minnie-wallace", "--strategy", "overlay", "--values", "values.yaml");
        assertThat(plan.err()).contains("CILIUM-NULL-VALUE");
        assertThat(plan.code()).isEqualTo(3);
    }

    @Test
    void showsTheWayBackAndGoesIt() {
        call("apply", "plan.yaml", "--yes", "--until", "preflight");
        Run shown = call("rollback", "--dry-run");
        assertThat(shown.out()).contains("check-cluster");
        Run back = call("rollback", "--yes", "-o", "json");
        assertThat(back.out()).contains("\"outcome\": \"rolledBack\"");
        assertThat(back.code()).as(back.err()).isZero();
    }

    @Test
    void printsEqualReportsForEqualSeeds() {
        Run first = call("rehearse", "plan.yaml", "-o", "json", "--seed", "7");
        Run second = call("rehearse", "plan.yaml", "-o", "json", "--seed", "7");
        assertThat(second.out()).isNotEmpty().isEqualTo(first.out());
    }

    private Run call(String... arguments) {
        return Run.of(folder, arguments);
    }

    private void refuses(String code, String... arguments) {
        Run run = call(arguments);
        assertThat(run.err()).contains(code);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }
}
