package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.RevokeIngress;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.port.Question;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.run.RunRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What others have set, and set meanwhile, in clusters that are one mesh. */
final class MeshOfOthersSimulationTest {

    private final Joining both = new Joining();

    @Test
    void whatServedOtherClustersBeforeDoesSoAfterwards() {
        both.begin(Meshed.with(values -> values.with("clustermesh.useAPIServer", true)));

        RunReport report = both.runner().apply(both.request()).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(both.values(both.first()).isTrue("clustermesh.useAPIServer")).isTrue();
        assertThat(both.values(both.first()).get("clustermesh.config")).isEmpty();
    }

    @Test
    void whatSomebodySetMeanwhileStays() {
        both.run("admit-peers");
        both.upgraded(both.second(), values -> values.with("debug.enabled", true));

        RunReport report = both.runner().resume(both.request()).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(both.values(both.second()).isTrue("debug.enabled")).isTrue();
        assertThat(both.values(both.second()).get("clustermesh.config")).isEmpty();
    }

    @Test
    void whatSomebodyTurnsBackMeanwhileIsMadeAgainAndSaid() {
        both.run("prove-second");
        both.groups(both.first())
                .forEach(g -> g.ingress().stream()
                        .filter(r -> r.description().startsWith("cnishift"))
                        .forEach(r -> both.act(new RevokeIngress(g.id(), List.of(r)), both.first())));
        both.upgraded(both.second(), values -> values.without("clustermesh.config"));

        RunReport report = both.runner()
                .resume(both.request().within(RunLimits.THROUGH.lastStep("keep-both")))
                .report();

        assertThat(report.reason()).doesNotContain("blocked");
        assertThat(both.across().reached()).as(both.across().evidence()).isTrue();
        assertThat(both.records(JournalRecord.StepLapsed.class).map(JournalRecord.StepLapsed::step))
                .containsExactlyInAnyOrder("open-nodes", "join-mesh");
    }

    @Test
    void aReleaseThatFluxKeepsIsChangedByItsOwner() {
        both.begin(Meshed.releaseOf(Owner.Kind.FLUX));

        RunReport report = both.run("admit-peers");

        assertThat(report.findings()).as(report.reason()).isEmpty();
        assertThat(both.records(JournalRecord.OwnerAsked.class)
                        .map(JournalRecord.OwnerAsked::step)
                        .distinct())
                .containsExactly("join-mesh");
        assertThat(both.across().reached()).as(both.across().evidence()).isTrue();
    }

    @Test
    void aPolicyOfAnotherOneStaysWhereItIs() {
        both.run("prove-mesh");
        both.act(
                Joining.policy(
                        "shop",
                        "cnishift-mesh-other",
                        Map.of("podSelector", Map.of(), "policyTypes", List.of("Ingress"))),
                both.first());

        both.runner()
                .resume(both.request().within(RunLimits.THROUGH.lastStep("drop-peers")))
                .report();

        assertThat(Joining.policies(both.first()))
                .contains("shop/cnishift-mesh-other")
                .doesNotContain("shop/cnishift-mesh-web");
    }

    @Test
    void dnsThatAdmitsItsOwnClusterOnlyIsNotAsked() {
        both.run("join-mesh");
        both.act(
                Joining.policy(
                        "kube-system",
                        "dns",
                        Map.of(
                                "podSelector",
                                Map.of("matchLabels", Map.of("k8s-app", "kube-dns")),
                                "policyTypes",
                                List.of("Ingress"),
                                "ingress",
                                List.of(Map.of("from", List.of(Map.of("namespaceSelector", Map.of())))))),
                both.second());

        RunReport report = both.runner()
                .resume(both.request().within(RunLimits.THROUGH.lastStep("prove-mesh")))
                .report();

        assertThat(report.findings()).as(report.reason()).isEmpty();
        assertThat(both.records(JournalRecord.Answered.class)
                        .filter(r -> r.step().equals("prove-mesh"))
                        .map(JournalRecord.Answered::question)
                        .filter(q -> !q.onSecond())
                        .map(Question::port))
                .isNotEmpty()
                .containsOnly(2379);
    }

    @Test
    void aReleaseOfTheSecondClusterThatSomebodyChangedSinceThePlanIsTold() {
        RunRequest request = both.existing();
        both.upgraded(both.second(), values -> values.with("debug.enabled", true));

        RunReport report = both.runner().apply(request).report();

        assertThat(report.findings())
                .extracting(f -> f.code() + " " + f.subject())
                .containsExactly("RUN-STALE second-cluster/releases/kube-system/cilium");
    }
}
