package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.compare.Comparison;
import io.cnishift.engine.compare.Comparison.NetworkLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strategies side by side, as the bundled scenarios show them. */
final class CompareTest {

    private static final String GOVCLOUD_SUBNET = "subnet-0ec9b9d4ba91199ee";

    @TempDir
    private Path folder;

    @Test
    void listsDoingNothingFirstAndEveryStrategyAfterIt() {
        assertThat(comparison("--cluster", "sim:clean-cluster").strategies().stream()
                        .map(Comparison.Row::id))
                .containsExactly(
                        "stay",
                        "chaining",
                        "custom-networking",
                        "eni",
                        "new-cluster",
                        "overlay",
                        "prefix-delegation",
                        "subnet-discovery",
                        "vpc-cni-tuning");
    }

    @Test
    void saysWithNumbersWhyTheOthersDoNotFitIntoASlash26() {
        Comparison comparison = comparison("--cluster", "sim:govcloud-26");
        assertThat(codes(comparison, "custom-networking")).contains("VCN-VPC-FORBIDDEN", "VCN-SUBNETS-FORBIDDEN");
        assertThat(row(comparison, "custom-networking").feasible()).isFalse();
        assertThat(codes(comparison, "prefix-delegation")).contains("VCN-NO-PREFIX");
        assertThat(row(comparison, "overlay").feasible()).isTrue();
        assertThat(row(comparison, "overlay").ipBudget())
                .filteredOn(b -> b.subnet().equals(GOVCLOUD_SUBNET))
                .singleElement()
                .satisfies(b -> {
                    assertThat(b.usable()).isEqualTo(59);
                    assertThat(b.usedNow()).isEqualTo(56);
                    assertThat(b.peakDuring()).isLessThanOrEqualTo(59);
                });
    }

    @Test
    void takesTheOverlayWhereWarmAddressesCanBeFreedAndNothingWhereNoneCan() {
        assertThat(comparison("--cluster", "sim:govcloud-26-full")
                        .recommendation()
                        .strategy())
                .contains("overlay");

        Comparison stuck = comparison("--cluster", "sim:govcloud-26-stuck");
        assertThat(stuck.recommendation().strategy()).isEmpty();
        assertThat(codes(stuck, "overlay")).contains("OVL-NO-ADDRESSES");
        assertThat(stuck.recommendation().reasons())
                .anyMatch(r -> r.startsWith("overlay: 1 address is missing in " + GOVCLOUD_SUBNET));
    }

    @Test
    void countsThePodsOfASecondClusterAndNotThoseThatAreLeftInTheFirst() {
        Comparison comparison = comparison("--cluster", "sim:clean-cluster");
        NetworkLine overlay = row(comparison, "overlay").network().orElseThrow();
        assertThat(overlay.pods()).isGreaterThan(2);
        assertThat(row(comparison, "new-cluster").network())
                .contains(new NetworkLine(overlay.pods(), 0, overlay.pods()));
    }

    @Test
    void findsCustomNetworkingFeasibleWithoutTheConstraints() {
        Comparison comparison = comparison("--cluster", "sim:govcloud-26", "--intent", "none");
        assertThat(row(comparison, "custom-networking").feasible()).isTrue();
        assertThat(comparison.recommendation().reasons())
                .anyMatch(r -> r.startsWith("custom-networking: possible too"));
    }

    @Test
    void addsWhatTheFlagsForbidToTheScenariosOwnIntent() {
        Comparison comparison = comparison("--cluster", "sim:minnie-wallace", "--forbid", "new-cluster");
        assertThat(row(comparison, "new-cluster").feasible()).isFalse();
        assertThat(row(comparison, "stay").goal())
                .hasValueSatisfying(g -> assertThat(g.text()).contains("120"));
    }

    @Test
    void readsASavedSnapshotAsItReadsTheScenario() {
        Run.of(folder, "inspect", "--cluster", "sim:clean-cluster", "--out", "snapshot.yaml", "-o", "json");
        Comparison saved = comparison("--cluster", "snapshot.yaml", "--goal", "growth=100%");
        Comparison scenario = comparison("--cluster", "sim:clean-cluster", "--intent", "none", "--goal", "growth=100%");
        assertThat(saved.strategies()).isEqualTo(scenario.strategies());
    }

    @ParameterizedTest
    @ValueSource(strings = {"clean-cluster", "govcloud-26", "minnie-wallace"})
    void fitsInto100Columns(String scenario) {
        Run run = Run.of(folder, "compare", "--cluster", "sim:" + scenario);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(run.out()).contains("Recommendation: ").doesNotContain("\u001b");
    }

    @Test
    void printsTheCallThatPlansWhatIsRecommendedWithTheConsentsThatAreMissing() {
        Run run = Run.of(
                folder,
                "compare",
                "--prefer",
                "most-relief",
                "--cluster",
                "sim:minnie-wallace",
                "--goal",
                "growth=50%");
        assertThat(run.out())
                .endsWith("cnishift plan --cluster sim:minnie-wallace --goal growth=50% --strategy prefix-delegation"
                        + " \\\n    --accept 'VCN-TARGETS-END:ip targets' --out plan.yaml\n");
    }

    @Test
    void theCallThatPlansLeavesOutOptionsOfOtherStrategies() {
        Run run = Run.of(
                folder,
                "compare",
                "--cluster",
                "sim:minnie-wallace",
                "--set",
                "overlay.maxPods=58",
                "--set",
                "prefix-delegation.maxUnavailable=1");
        assertThat(run.out())
                .contains("--set prefix-delegation.maxUnavailable=1 --strategy prefix-delegation")
                .doesNotContain("--set overlay.");
    }

    @Test
    void callsAreNamedAsTheProgramWasCalled() {
        Map<String, String> environment =
                Map.of("XDG_STATE_HOME", folder.resolve("state").toString(), "CNISHIFT_CALLED", "./cnishift");
        Run run = Run.of(folder, environment, "compare", "--cluster", "sim:minnie-wallace");
        assertThat(run.out()).contains("\n./cnishift plan --cluster sim:minnie-wallace");
        assertThat(Run.of(folder, environment, "comparo").err()).contains("see './cnishift --help'");
        assertThat(Run.of(folder, environment, "apply", "none.yaml").err())
                .contains("'./cnishift plan --cluster TARGET --strategy ID --out none.yaml'");
    }

    @Test
    void aPlanFromASnapshotIsRehearsedOnThatSnapshot() {
        Run.of(folder, "inspect", "--cluster", "sim:clean-cluster", "--out", "snapshot.yaml");
        assertThat(Run.of(folder, "plan", "--cluster", "snapshot.yaml", "--strategy", "overlay", "--out", "plan.yaml")
                        .out())
                .endsWith("Next: cnishift rehearse plan.yaml --cluster snapshot.yaml, then cnishift apply plan.yaml\n");
        assertThat(Run.of(
                                folder,
                                "plan",
                                "--cluster",
                                "sim:clean-cluster",
                                "--strategy",
                                "overlay",
                                "--out",
                                "plan.yaml")
                        .out())
                .endsWith("Next: cnishift rehearse plan.yaml, then cnishift apply plan.yaml\n");
    }

    @Test
    void saysForHowLongLoadBalancersLostRequests() {
        Comparison comparison = comparison("--cluster", "sim:minnie-wallace");
        assertThat(row(comparison, "chaining").rehearsal().orElseThrow().requestsLostSeconds())
                .isGreaterThan(15);
        assertThat(row(comparison, "overlay").rehearsal().orElseThrow().requestsLostSeconds())
                .isZero();
    }

    @Test
    void refusesAnOptionThatNamesNoStrategy() {
        Run run = Run.of(folder, "compare", "--cluster", "sim:clean-cluster", "--set", "maxPods=58");
        assertThat(run.err()).contains("does not say which strategy").hasLineCount(1);
        assertThat(run.code()).isEqualTo(2);
        assertThat(Run.of(folder, "compare", "--cluster", "sim:clean-cluster", "--set", "nope.maxPods=58")
                        .err())
                .contains("and 'nope' is none")
                .hasLineCount(1);
    }

    @Test
    void refusesABadOptionAsAWrongCall() throws Exception {
        Files.writeString(folder.resolve("options.yaml"), "overlay:\n  maxPodz: 58\n");
        Run run = Run.of(folder, "compare", "--cluster", "sim:clean-cluster", "--options", "options.yaml");
        assertThat(run.err())
                .contains("option maxPodz of overlay: unknown key; did you mean \"maxPods\"?", "(OPT-INVALID)")
                .hasLineCount(1);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    private Comparison comparison(String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = "compare";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        command[arguments.length + 1] = "-o";
        command[arguments.length + 2] = "json";
        Run run = Run.of(folder, command);
        assertThat(run.code()).as(run.err()).isZero();
        return Codec.builder()
                .build()
                .read(Comparison.class, Source.text("compare.json", run.out()))
                .orElseThrow(problems -> new IllegalStateException(problems.toString()));
    }

    private static Comparison.Row row(Comparison comparison, String id) {
        return comparison.strategies().stream()
                .filter(r -> r.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> codes(Comparison comparison, String id) {
        return row(comparison, id).findings().stream().map(f -> f.code()).toList();
    }
}
