package io.cnishift.it.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.api.step.MakeTemplateVersion;
import io.cnishift.api.step.SetVpcCniEnv;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.simulator.kit.Clusters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who reaches whom: mistakes 4, 5, 7, 11, 12, 13, 22 and 25. */
final class PathMistakesSimulationTest {

    private static final String CONTROLLER = "host-network-kube-system.aws-load-balancer-controller";
    private static final ActResult.Reason REFUSED = ActResult.Reason.ADMISSION;

    private final Trial trial = new Trial();
    private final ClusterSnapshot cluster = Clusters.healthy();
    private final MigrationPlan plan = trial.plan(cluster);

    static Stream<Named<ClusterSnapshot>> temptingClusters() {
        return Stream.of(
                Named.of("webhook, ip targets, hop limit 2", Clusters.healthy()),
                Named.of(
                        "EXTERNALSNAT",
                        Clusters.with()
                                .env("AWS_VPC_K8S_CNI_EXTERNALSNAT", "true")
                                .build()),
                Named.of(
                        "TCP only between nodes",
                        Clusters.with().tcpOnlyBetweenNodes().build()),
                Named.of(
                        "instance targets",
                        Clusters.with().targetType("instance").build()),
                Named.of("a self-managed group", Clusters.with().selfManaged().build()));
    }

    @ParameterizedTest
    @MethodSource("temptingClusters")
    void everyPathIsOpenBeforeDuringAndAfterTheMigration(ClusterSnapshot tempting) {
        Rehearsed done = trial.run(tempting, trial.plan(tempting));

        assertThat(done.complaints()).isEmpty();
        assertThat(done.unreachable(To.INTERNET, "", Protocol.TCP, 443)).isEmpty();
        assertThat(done.unreachable(To.API_SERVER, "", Protocol.TCP, 443)).isEmpty();
        assertThat(done.unreachable(To.SERVICE, "web/api", Protocol.TCP, 80)).isEmpty();
        assertThat(done.unreachable(To.IMDS, "", Protocol.HTTP, 80)).isEmpty();
        assertThat(done.act(aService())).isInstanceOf(ActResult.Performed.class);
    }

    /** A plan without its protection, and what the canary of the roll then sees. */
    record Spoilt(ClusterSnapshot cluster, MigrationPlan plan, String evidence) {}

    static Stream<Named<Spoilt>> spoiltPlans() {
        Trial trial = new Trial();
        ClusterSnapshot healthy = Clusters.healthy();
        MigrationPlan plan = trial.plan(healthy);
        ClusterSnapshot external =
                Clusters.with().env("AWS_VPC_K8S_CNI_EXTERNALSNAT", "true").build();
        ClusterSnapshot closed = Clusters.with().tcpOnlyBetweenNodes().build();
        Map<String, String> half = Map.of("AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS", "10.244.0.0/16");
        return Stream.of(
                Named.of(
                        "5: masquerading off",
                        new Spoilt(
                                healthy,
                                Edited.value(plan, "install-cilium", false, "enableIPv4Masquerade"),
                                "masquerading is off")),
                Named.of(
                        "5: native range that covers everything",
                        new Spoilt(
                                healthy,
                                Edited.value(plan, "install-cilium", "0.0.0.0/0", "ipv4NativeRoutingCIDR"),
                                "ipv4-native-routing-cidr 0.0.0.0/0 covers the destination")),
                Named.of(
                        "7: no way from old pods to the overlay",
                        new Spoilt(
                                external,
                                Edited.without(trial.plan(external), "route-old-pods-to-overlay"),
                                "AWS_VPC_K8S_CNI_EXTERNALSNAT is true")),
                Named.of(
                        "7: the SNAT exclusion alone",
                        new Spoilt(
                                healthy,
                                Edited.with(
                                        plan,
                                        "route-old-pods-to-overlay",
                                        SetVpcCniEnv.class,
                                        e -> new SetVpcCniEnv(half, Map.of())),
                                "AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS covers it")),
                Named.of(
                        "11: VXLAN closed between nodes",
                        new Spoilt(
                                closed,
                                Edited.without(trial.plan(closed), "allow-cilium-sg-0dddddddddddddddd"),
                                "do not admit udp/8472")));
    }

    @ParameterizedTest
    @MethodSource("spoiltPlans")
    void aBrokenPathBetweenTheSidesStopsTheRollBeforeAnyPodMoves(Spoilt spoilt) {
        Rehearsed stopped = trial.run(spoilt.cluster(), spoilt.plan());

        assertThat(stopped.reason()).contains("STEP-PATH-BROKEN", spoilt.evidence());
        assertThat(stopped.violations()).isEmpty();
        assertThat(stopped.nodes()).noneMatch(n -> n.unschedulable());
    }

    // 4: a webhook served by pods of the overlay

    @Test
    void withoutTheHostNetworkTheControlPlaneRefusesWritesThatNeedTheWebhook() {
        Rehearsed stopped = trial.run(cluster, Edited.without(plan, CONTROLLER));

        assertThat(stopped.reason())
                .contains("CONTROL-PLANE-CALLS fail", "the VPC has no route to the overlay address");
        assertThat(stopped.act(aService())).isInstanceOfSatisfying(ActResult.Refused.class, r -> {
            assertThat(r.reason()).isEqualTo(REFUSED);
            assertThat(r.message()).contains("Address is not allowed");
        });
    }

    // 5, at the end: nothing is left to compare with, so only the traffic tells

    @Test
    void withMasqueradingOffAtTheEndPodsDoNotReachTheInternet() {
        Rehearsed done = trial.run(cluster, Edited.value(plan, "steady-cilium", false, "enableIPv4Masquerade"));

        assertThat(done.unreachable(To.INTERNET, "", Protocol.TCP, 443))
                .hasSize(3)
                .allMatch(why -> why.contains("masquerading is off"));
    }

    // 12: hop limit of the metadata service

    @Test
    void withTheOldHopLimitPodsThatReachedTheMetadataServiceLoseIt() {
        Rehearsed before = trial.run(cluster, plan, RunLimits.NONE.until("preflight"));
        assertThat(before.unreachable(To.IMDS, "", Protocol.HTTP, 80)).isEmpty();

        MigrationPlan low = Edited.with(
                plan,
                "template-workers",
                MakeTemplateVersion.class,
                t -> new MakeTemplateVersion(
                        t.template(),
                        t.source(),
                        t.imageId(),
                        t.maxPods(),
                        OptionalInt.empty(),
                        t.labels(),
                        t.taints(),
                        t.joins()));
        assertThat(trial.run(cluster, low).unreachable(To.IMDS, "", Protocol.HTTP, 80))
                .hasSize(3)
                .allMatch(why -> why.contains("has hop limit 2 and 3 are needed"));
    }

    @Test
    void aLimitThatKeepsPodsAwayFromTheMetadataServiceIsNotRaised() {
        ClusterSnapshot strict = Clusters.with().hopLimit(1).build();
        Rehearsed done = trial.run(strict, trial.plan(strict));

        assertThat(done.complaints()).isEmpty();
        assertThat(done.unreachable(To.IMDS, "", Protocol.HTTP, 80)).hasSize(3);
        assertThat(trial.said(strict, Map.of(), "OVL-HOP-LIMIT"))
                .singleElement()
                .asString()
                .contains("set imdsHopLimit=3");
    }

    // 13: targets that are pod addresses

    /** A moved pod never becomes a healthy target, so the last one that is healthy is not moved. */
    @Test
    void withIpTargetsTheRunStopsBeforeTheLoadBalancerHasLostEveryPod() {
        Rehearsed stopped = trial.run(cluster, Edited.without(plan, "decouple-web.web"));

        assertThat(stopped.reason()).contains("no other target is healthy yet");
        assertThat(stopped.violations()).noneMatch(v -> v.startsWith("SIM-PATH-DOWN"));
    }

    // 22: an instance that ends while it is a target, as every node is once targets are instances

    @Test
    void anInstanceThatEndsInRotationIsSeen() {
        Rehearsed decoupled = trial.run(cluster, plan, RunLimits.NONE.until("decouple-lb"));
        assertThat(decoupled.violations()).isEmpty();
        String instance = decoupled.nodes().get(0).instance().orElseThrow();
        decoupled.act(new TerminateInstance(instance, Clusters.GROUP, false));
        decoupled.pass(Duration.ofMinutes(1));

        assertThat(decoupled.violations()).anyMatch(v -> v.startsWith("SIM-TARGET-LOST") && v.contains("in rotation"));
    }

    // 25: images at a registry that nodes have no way to

    @Test
    void withoutAWayToQuayImagesComeFromTheRegistryThatIsNamed() {
        ClusterSnapshot closed = Clusters.with().noWayOut().build();
        Map<String, Object> named = Map.of("imageRegistry", "example.org/cilium");

        assertThat(trial.refusal(closed, Map.of(), Map.of()))
                .singleElement()
                .asString()
                .startsWith("OVL-NO-IMAGES");
        assertThat(trial.run(closed, trial.plan(closed, named)).complaints()).isEmpty();

        Rehearsed stopped = trial.run(
                closed,
                Edited.value(
                        trial.plan(closed, named), "install-cilium", "quay.io/cilium/cilium", "image", "repository"));
        assertThat(stopped.reason()).contains("install-cilium");
        assertThat(stopped.violations()).isEmpty();
        assertThat(stopped.nodes()).noneMatch(n -> n.unschedulable());
    }

    /** A Service, which the webhook of the load balancer controller is asked about. */
    private static ApplyObject aService() {
        return new ApplyObject(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Map.of("name", "fresh", "namespace", "web"),
                "spec",
                Map.of("selector", Map.of("app", "web"), "ports", List.of(Map.of("port", 80)))));
    }
}
