package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan that has become stale is refused field by field, and made again with what is other now. */
final class ReplanTest {

    @TempDir
    private Path folder;

    @Test
    void makesThePlanAgainAndSaysWhatIsOther() throws IOException {
        snapshot("was.yaml");
        Run first = Run.of(
                folder,
                "plan",
                "--cluster",
                "was.yaml",
                "--strategy",
                "overlay",
                "--set",
                "drainTimeout=600",
                "--hold",
                "roll",
                "--accept",
                "OVL-NO-READINESS-PROBE",
                "--out",
                "plan.yaml");
        assertThat(first.code()).as(first.err()).isZero();
        String changed = Files.readString(folder.resolve("was.yaml"));
        assertThat(changed).contains("maxSize: 8");
        Files.writeString(folder.resolve("now.yaml"), changed.replace("maxSize: 8", "maxSize: 9"));

        Run again = Run.of(folder, "plan", "--cluster", "now.yaml", "--replan", "plan.yaml", "--out", "again.yaml");

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.err())
                .contains("what is other than in the earlier plan:")
                .containsPattern("phases\\.host-network\\.steps\\.group-workers\\.\\S*axSize\\S* was 8, is 9");
        assertThat(Files.readString(folder.resolve("again.yaml"))).contains("drainTimeout: 600", "holds:\n  - roll\n");
        assertThat(Run.of(folder, "plan", "--cluster", "was.yaml", "--replan", "plan.yaml")
                        .err())
                .contains("the plan is as it was");
    }

    @Test
    void refusesAnotherClusterOfTheSameNameAndShape() throws IOException {
        snapshot("was.yaml");
        Run.of(
                folder,
                "plan",
                "--cluster",
                "was.yaml",
                "--strategy",
                "overlay",
                "--accept",
                "OVL-NO-READINESS-PROBE",
                "--out",
                "plan.yaml");
        String clone = Files.readString(folder.resolve("was.yaml"))
                .replaceFirst("kubeSystemUid: \\S+", "kubeSystemUid: another");
        Files.writeString(folder.resolve("clone.yaml"), clone);

        Run run = Run.of(folder, "plan", "--cluster", "clone.yaml", "--replan", "plan.yaml");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("another cluster", "UID another", "CLI-WRONG-TARGET");

        Run rehearsed = Run.of(folder, "rehearse", "plan.yaml", "--cluster", "clone.yaml");
        assertThat(rehearsed.code()).isEqualTo(2);
        assertThat(rehearsed.err()).contains("UID of kube-system is another, not ", "RUN-WRONG-TARGET");
    }

    @Test
    void takesNoOptionsBesideThoseOfThePlan() throws IOException {
        snapshot("was.yaml");
        Run.of(
                folder,
                "plan",
                "--cluster",
                "was.yaml",
                "--strategy",
                "overlay",
                "--accept",
                "OVL-NO-READINESS-PROBE",
                "--out",
                "plan.yaml");
        assertThat(Run.of(folder, "plan", "--cluster", "was.yaml", "--replan", "plan.yaml", "--set", "maxPods=20")
                        .err())
                .contains("takes the options of the earlier plan", "CLI-USAGE");
        assertThat(Run.of(folder, "plan", "--cluster", "was.yaml").err())
                .contains("plan needs either --strategy or --replan");
    }

    @Test
    void aChartFromAHostThatNobodyAllowedIsNotApplied() {
        Run.of(
                folder,
                "plan",
                "--cluster",
                "sim:clean-cluster",
                "--strategy",
                "overlay",
                "--set",
                "chart=oci://registry.example.net/charts/cilium",
                "--out",
                "plan.yaml");

        Run refused = Run.of(folder, "apply", "plan.yaml", "--yes", "--until", "preflight");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("registry.example.net", "--allow-host registry.example.net", "PLAN-HOST");

        Run allowed = Run.of(
                folder, "apply", "plan.yaml", "--yes", "--until", "preflight", "--allow-host", "registry.example.net");
        assertThat(allowed.err())
                .contains("charts come from registry.example.net\n")
                .contains(" resume --allow-host registry.example.net ")
                .doesNotContain("PLAN-HOST");
        assertThat(allowed.code()).isEqualTo(5);
        assertThat(Run.of(folder, "status").out()).contains(" resume --allow-host registry.example.net");
    }

    private void snapshot(String name) {
        assertThat(Run.of(folder, "inspect", "--cluster", "sim:minnie-wallace", "--out", name)
                        .code())
                .isZero();
    }
}
