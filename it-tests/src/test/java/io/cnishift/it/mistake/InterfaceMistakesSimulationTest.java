package io.cnishift.it.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.api.step.InstallRelease;
import io.cnishift.simulator.kit.Clusters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Interfaces that Cilium manages: mistakes 29 to 33. */
final class InterfaceMistakesSimulationTest {

    private static final String ROLE = "arn:aws:iam::111122223333:role/vpc-cni";

    private final Trial trial = Trial.of("eni");

    @Test
    void theOperatorGetsTheRoleOfTheVpcCniAndEveryNodeItsAddresses() {
        ClusterSnapshot cluster = withRole();
        Rehearsed done = trial.run(cluster, trial.plan(cluster));

        assertThat(complaints(done)).isEmpty();
        assertThat(done.nodes()).hasSize(3).extracting(Node::maxPods).containsOnly(27);
    }

    @Test
    void anOperatorWithoutRightsStopsTheRunBeforeAnythingIsDrained() {
        ClusterSnapshot cluster = withRole();
        Rehearsed stopped = trial.run(cluster, installing(trial.plan(cluster), values -> {
            Map<String, Object> eni = new LinkedHashMap<>(map(values, "eni"));
            eni.remove("iamRole");
            return with(values, "eni", eni);
        }));

        assertThat(stopped.reason()).contains("cilium-operator");
        assertThat(stopped.nodes()).hasSize(3).noneMatch(Node::unschedulable);
    }

    @Test
    void podsOfNodesInPublicSubnetsGetOutBehindTheirNode() {
        ClusterSnapshot open = Clusters.with().publicSubnets().build();
        Rehearsed done = trial.run(open, trial.plan(open));

        assertThat(complaints(done)).isEmpty();
        assertThat(done.unreachable(To.INTERNET, "", Protocol.TCP, 443)).isEmpty();
    }

    @Test
    void withoutMasqueradingTheProofOfTheFirstNodeStopsTheRun() {
        ClusterSnapshot open = Clusters.with().publicSubnets().build();
        Rehearsed stopped =
                trial.run(open, installing(trial.plan(open), values -> with(values, "enableIPv4Masquerade", false)));

        assertThat(stopped.reason()).contains("STEP-PATH-BROKEN", "Cilium does not masquerade");
        assertThat(stopped.nodes()).noneMatch(Node::unschedulable);
    }

    @Test
    void newNodesAdmitNoMorePodsThanTheirInterfacesCarry() {
        ClusterSnapshot small = Clusters.with().instanceType("t3.medium").build();
        assertThat(trial.said(small, Map.of(), "ENI-MAX-PODS"))
                .singleElement()
                .asString()
                .contains("new nodes admit 15 pods, 17 now");
        assertThat(trial.refusal(small, Map.of("maxPods", 17), Map.of()))
                .singleElement()
                .asString()
                .contains("ENI-MORE-PODS-THAN-PLACES", "carry 15");
    }

    @Test
    void valuesThatTakeTheOperatorForEc2AwayAreRefused() {
        assertThat(trial.refusal(Clusters.healthy(), Map.of(), Map.of("eni", Map.of("enabled", false))))
                .anyMatch(stop -> stop.contains("eni.enabled"));
    }

    /** But for requests to pods that end without waiting, which the plan names and the owner accepts. */
    private static List<String> complaints(Rehearsed done) {
        return done.complaints().stream()
                .filter(c -> !c.startsWith("SIM-PATH-ERRORS") || !c.contains("nobody has that address"))
                .toList();
    }

    private static ClusterSnapshot withRole() {
        ClusterSnapshot healthy = Clusters.healthy();
        List<Resource> resources = healthy.resources()
                .map(r -> r instanceof Addon a && a.name().equals("vpc-cni") ? withRole(a) : r)
                .toList();
        return ClusterSnapshot.of(healthy.source(), healthy.takenAt(), resources, List.of());
    }

    private static Addon withRole(Addon a) {
        return new Addon(
                a.name(), a.version(), a.status(), a.configuration(), Optional.of(ROLE), false, a.issues(), a.tags());
    }

    private static MigrationPlan installing(MigrationPlan plan, UnaryOperator<Map<String, Object>> values) {
        return Edited.with(
                plan,
                "install-cilium",
                InstallRelease.class,
                r -> new InstallRelease(
                        r.namespace(),
                        r.release(),
                        r.chart(),
                        r.chartVersion(),
                        values.apply(r.values()),
                        r.restart(),
                        r.ready()));
    }

    private static Map<String, Object> with(Map<String, Object> values, String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return more;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> values, String key) {
        return (Map<String, Object>) values.getOrDefault(key, Map.of());
    }
}
