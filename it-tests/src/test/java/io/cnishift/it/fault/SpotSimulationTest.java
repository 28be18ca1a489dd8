package io.cnishift.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.ServiceSeconds;
import io.cnishift.engine.report.RunReport;
import io.cnishift.simulator.kit.Clusters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The overlay migration of a cluster whose every instance, old and new, is taken back within an hour. */
final class SpotSimulationTest {

    /** Until an instance and its pods are gone and others are ready in their place. */
    private static final Duration OF_ONE_INTERRUPTION = Duration.ofMinutes(3);

    private static final Map<String, String> WORKLOADS = Map.of(
            "kube-system/aws-load-balancer-webhook-service", "kube-system/aws-load-balancer-controller",
            "kube-system/kube-dns", "kube-system/coredns");

    @ParameterizedTest
    @CsvSource({"false, new-group, 3", "false, new-group, 5", "true, new-group, 3", "true, same-group, 4"})
    void endsCompleteAndLosesWhatTheInterruptionsTookAlong(boolean selfManaged, String nodes, long seed) {
        Clusters cluster = Clusters.with().nodes(4).spot();
        ClusterSnapshot snapshot = (selfManaged ? cluster.selfManaged() : cluster).build();
        Faulty migration = new Faulty(snapshot, seed, Map.of("nodes", nodes));

        Faulty.Ran ran = migration.run(List.of(), "spot-interruption=100%");

        RunReport report = ran.result().report();
        assertThat(report.outcome()).as(migration.text(ran.result())).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(report.end()).contains(RunEnd.COMPLETE);
        assertThat(report.injected())
                .filteredOn(l -> l.contains("got its notice"))
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(report.services())
                .allSatisfy(service -> assertThat(service.secondsBelowMinimum())
                        .as(service.key())
                        .isLessThanOrEqualTo(OF_ONE_INTERRUPTION.multipliedBy(interruptions(report, service))));
        assertThat(report.violations()).allMatch(v -> ofAnInterruption(report, v));
    }

    @ParameterizedTest
    @CsvSource({"new-group, workers", "same-group, ''"})
    void noNodeOfTheOldKindComesBackAfterwards(String nodes, String emptied) {
        ClusterSnapshot snapshot = Clusters.with().nodes(4).selfManaged().spot().build();
        Faulty.Ran ran = new Faulty(snapshot, 2, Map.of("nodes", nodes)).run(List.of(), "spot-interruption=100%");
        ran.pass(Duration.ofHours(1));

        assertThat(ran.running(emptied)).isEmpty();
        assertThat(ran.nodes())
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(n -> assertThat(n.labels()).containsEntry("io.cilium.migration/cilium-default", "true"));
    }

    /** How many instances took a pod of that Service along, as the report says. */
    private static int interruptions(RunReport report, ServiceSeconds service) {
        String workload = WORKLOADS.getOrDefault(service.key(), service.key());
        return (int) report.injected().stream()
                .filter(l -> l.contains("got its notice") && l.contains(" " + workload + "-"))
                .count();
    }

    /** Requests that an instance took along, which load balancers notice by their health checks. */
    private static boolean ofAnInterruption(RunReport report, Finding violation) {
        return List.of("SIM-TARGET-LOST", "SIM-PATH-ERRORS").contains(violation.code())
                && report.injected().stream().anyMatch(l -> {
                    String[] words = l.split("[ ()]+");
                    return violation.message().contains(words[2])
                            || violation.message().contains("the instance of node " + words[3] + " does not run");
                });
    }
}
