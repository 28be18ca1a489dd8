package io.cnishift.it.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.api.step.MakeTemplateVersion;
import io.cnishift.api.step.RemoveAddon;
import io.cnishift.engine.journal.AddressPoint;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What agents are told, and how much room there is: mistakes 2, 3, 10, 15, 18 and 20. */
final class SettingMistakesSimulationTest {

    private static final Map<String, Object> AFTER = Map.of("kubeProxyReplacement", "after");

    private final Trial trial = new Trial();
    private final ClusterSnapshot cluster = Clusters.healthy();

    // 2 and 3: settings with which agents do not start

    static Stream<Named<Map<String, Object>>> versionsAndOptions() {
        return Stream.of(
                Named.of("2: Cilium 1.18 beside kube-proxy", Map.of("ciliumVersion", "1.18")),
                Named.of(
                        "2: Cilium 1.18 in the place of kube-proxy",
                        Map.of("ciliumVersion", "1.18", "kubeProxyReplacement", "after")),
                Named.of("3, 20: Cilium in the place of kube-proxy", AFTER),
                Named.of("3, 20: kube-proxy never on new nodes", Map.of("kubeProxyReplacement", "new-nodes")));
    }

    @ParameterizedTest
    @MethodSource("versionsAndOptions")
    void agentsStartAndServicesFollowTheirPods(Map<String, Object> options) {
        Rehearsed done = trial.run(cluster, trial.plan(cluster, options));

        assertThat(done.complaints()).isEmpty();
        assertThat(done.comesBack("Deployment/web/api")).isTrue();
        assertThat(done.unreachable(To.SERVICE, "web/api", Protocol.TCP, 80)).isEmpty();
    }

    /** A plan with a setting that is wrong, and why agents exit. */
    record Spoilt(MigrationPlan plan, String why) {}

    static Stream<Named<Spoilt>> fatalSettings() {
        Trial trial = new Trial();
        ClusterSnapshot cluster = Clusters.healthy();
        String url = cluster.cluster().endpoint();
        return Stream.of(
                Named.of(
                        "2: BPF masquerading without kube-proxy replacement",
                        new Spoilt(
                                Edited.value(
                                        trial.plan(cluster, Map.of("ciliumVersion", "1.18")),
                                        "install-cilium",
                                        true,
                                        "bpf",
                                        "masquerade"),
                                "BPF masquerade requires NodePort")),
                Named.of(
                        "3: a scheme in k8sServiceHost",
                        new Spoilt(
                                Edited.value(trial.plan(cluster, AFTER), "replace-kube-proxy", url, "k8sServiceHost"),
                                "unable to reach the API server")));
    }

    @ParameterizedTest
    @MethodSource("fatalSettings")
    void aFatalSettingCrashesAgentsAndStopsTheRun(Spoilt spoilt) {
        Rehearsed stopped = trial.run(cluster, spoilt.plan());

        assertThat(stopped.reason()).contains("STEP-CRASH-LOOP", "DaemonSet kube-system/cilium");
        assertThat(stopped.violations())
                .isNotEmpty()
                .allMatch(v -> v.startsWith("SIM-AGENT-CRASH") && v.contains(spoilt.why()));
    }

    static Stream<Named<Map<String, Object>>> refusedValues() {
        return Stream.of(
                Named.of("2", Map.of("bpf", Map.of("masquerade", true))),
                Named.of("3", Map.of("k8sServiceHost", "https://example.org")),
                Named.of("5", Map.of("enableIPv4Masquerade", false)),
                Named.of("10", Map.of("ipam", Map.of("operator", Map.of("clusterPoolIPv4MaskSize", 26)))));
    }

    @ParameterizedTest
    @MethodSource("refusedValues")
    void valuesOfTheUserThatWouldBreakAPhaseRefuseThePlan(Map<String, Object> values) {
        assertThat(trial.refusal(cluster, Map.of("ciliumVersion", "1.18"), values))
                .isNotEmpty();
    }

    // 10: a pool with fewer slices than nodes

    @Test
    void aPoolThatIsTooSmallRefusesThePlan() {
        assertThat(trial.refusal(cluster, Map.of("podCidr", "10.244.0.0/24"), Map.of()))
                .singleElement()
                .asString()
                .startsWith("OVL-POOL-TOO-SMALL pod range 10.244.0.0/24");
    }

    @Test
    void inAPoolThatIsTooSmallAgentsWaitForARange() {
        MigrationPlan small = Edited.value(
                Edited.value(
                        trial.plan(cluster),
                        "install-cilium",
                        List.of("10.244.0.0/24"),
                        "ipam",
                        "operator",
                        "clusterPoolIPv4PodCIDRList"),
                "install-cilium",
                25,
                "ipam",
                "operator",
                "clusterPoolIPv4MaskSize");
        Rehearsed stopped = trial.run(cluster, small);

        assertThat(stopped.reason()).contains("step install-cilium", "3 of 3 pods updated, 2 available");
        assertThat(stopped.nodes()).hasSize(3);
    }

    // 15: subnets without an address for a new node

    @Test
    void warmAddressesAreGivenBackWhereSubnetsAreFull() {
        ClusterSnapshot full =
                Variant.full(Clusters.with().nodes(4).subnetPrefix(26).build());
        Rehearsed done = trial.run(full, trial.plan(full));

        assertThat(done.complaints()).isEmpty();
        assertThat(done.result().report().ipCurve())
                .extracting(AddressPoint::used)
                .allMatch(used -> used <= 59);
    }

    @Test
    void withoutThatNoNodeFindsAnAddress() {
        ClusterSnapshot full =
                Variant.full(Clusters.with().nodes(4).subnetPrefix(26).build());
        Rehearsed stopped = trial.run(full, Edited.without(trial.plan(full), "free-warm-addresses"));

        assertThat(stopped.reason()).contains("STEP-NO-CAPACITY", "has no subnet with room for another node");
        assertThat(stopped.nodes()).hasSize(4).noneMatch(n -> n.unschedulable());
    }

    // 18: a limit of pods that stays as it was

    @Test
    void newNodesAdmitAsManyPodsAsPlanned() {
        Rehearsed done = trial.run(cluster, trial.plan(cluster));

        assertThat(done.nodes()).hasSize(3).allMatch(n -> n.maxPods() == 110);
    }

    static Stream<Named<MakeTemplateVersion>> templatesThatRaiseNothing() {
        MakeTemplateVersion planned =
                (MakeTemplateVersion) Edited.step(new Trial().plan(Clusters.healthy()), "template-workers")
                        .params();
        return Stream.of(
                Named.of("max-pods left out", template(planned, planned.imageId(), OptionalInt.empty())),
                Named.of(
                        "no image named, so EKS sets max-pods",
                        template(planned, Optional.empty(), planned.maxPods())));
    }

    @ParameterizedTest
    @MethodSource("templatesThatRaiseNothing")
    void aNodeThatAdmitsNoMorePodsThanBeforeStopsTheRoll(MakeTemplateVersion template) {
        Rehearsed stopped = trial.run(cluster, Edited.instead(trial.plan(cluster), "template-workers", template));

        assertThat(stopped.reason()).contains("STEP-MAX-PODS", "admits 29 pods, planned are 110");
        assertThat(stopped.podsOf("Deployment/web/web")).hasSize(3).allMatch(Pod::ready);
    }

    @Test
    void nodesOfAnImageThatAreToldNoClusterNeverJoin() {
        MigrationPlan plan = trial.plan(cluster);
        MakeTemplateVersion planned =
                (MakeTemplateVersion) Edited.step(plan, "template-workers").params();
        Rehearsed stopped = trial.run(
                cluster,
                Edited.instead(
                        plan,
                        "template-workers",
                        template(planned, planned.imageId(), planned.maxPods(), Optional.empty())));

        assertThat(stopped.reason()).contains("STEP-NOT-JOINING");
        assertThat(stopped.podsOf("Deployment/web/web")).hasSize(3).allMatch(Pod::ready);
    }

    // 20: kube-proxy removed before its replacement is proven

    @Test
    void kubeProxyIsNotRemovedWhileOldNodesHaveNothingElse() {
        Rehearsed refused =
                trial.run(cluster, Edited.early(trial.plan(cluster, AFTER), "remove-kube-proxy", "template-workers"));

        assertThat(refused.reason()).contains("STEP-CNI-STILL-NEEDED", "add-on kube-proxy", "3 nodes lack the label");
    }

    @Test
    void withoutKubeProxyTheAgentsOfNewNodesFindNoApiServer() {
        MigrationPlan hasty = Edited.early(
                Edited.with(
                        trial.plan(cluster, AFTER),
                        "remove-kube-proxy",
                        RemoveAddon.class,
                        r -> new RemoveAddon(r.addon(), r.workloads(), r.objects(), "kubernetes.io/os")),
                "remove-kube-proxy",
                "template-workers");
        Rehearsed stopped = trial.run(cluster, hasty);

        assertThat(stopped.reason()).contains("STEP-NOT-JOINING", "is not Ready, 15 minutes after its launch");
    }

    @Test
    void withoutAReplacementServicesDoNotFollowTheirPods() {
        MigrationPlan unreplaced = Edited.without(
                trial.plan(cluster, AFTER),
                "replace-kube-proxy",
                "restart-agents-for-services",
                "answer-health-checks",
                "restart-agents-for-health");
        Rehearsed done = trial.run(cluster, unreplaced);
        done.comesBack("Deployment/web/api");

        assertThat(done.unreachable(To.SERVICE, "web/api", Protocol.TCP, 80))
                .hasSize(3)
                .allMatch(why -> why.contains("neither kube-proxy nor a Cilium agent that replaces it runs"));
    }

    private static MakeTemplateVersion template(
            MakeTemplateVersion planned, Optional<String> image, OptionalInt maxPods) {
        return template(planned, image, maxPods, planned.joins());
    }

    private static MakeTemplateVersion template(
            MakeTemplateVersion planned, Optional<String> image, OptionalInt maxPods, Optional<String> joins) {
        return new MakeTemplateVersion(
                planned.template(),
                planned.source(),
                image,
                maxPods,
                planned.hopLimit(),
                planned.labels(),
                planned.taints(),
                joins);
    }
}
