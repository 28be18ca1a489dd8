package io.cnishift.simulator.kube.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.cluster.ControlPlaneCall;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.KubeWorld;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
    private final KubeWorld world = KubeWorld.healthy();
    private final List<Question> asked = new ArrayList<>();
    private boolean reachable = true;

    AdmissionTest() {
        world.kernel.reach(q -> {
            asked.add(q);
            return new Answer(
                    reachable ? Answer.Verdict.REACHED : Answer.Verdict.NOT_REACHED,
                    "",
                    world.kernel.clock().now());
        });
    }

    @Test
    void asksTheControlPlaneForAReadyPodOfTheServiceOnItsOwnPort() {
        guard("Fail");
        configMap("a");

        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).from().kind()).isEqualTo(Question.From.CONTROL_PLANE);
        assertThat(asked.get(0).to().name()).startsWith("web/guard-");
        assertThat(asked.get(0).port()).isEqualTo(9443);
    }

    @Test
    void aClosedWebhookOutsideOfTheVpcRefusesAtOnce() {
        guard("Fail");
        reachable = false;
        Instant before = world.kernel.clock().now();

        assertThatThrownBy(() -> configMap("a"))
                .isInstanceOfSatisfying(
                        ApiRefusal.class, e -> assertThat(e.reason()).isEqualTo(Reason.ADMISSION))
                .hasMessageContaining("failed calling webhook \"guard.example\"")
                .hasMessageContaining("guard.web.svc:443")
                .hasMessageContaining("Address is not allowed");
        assertThat(world.kernel.clock().now()).isEqualTo(before);
        assertThat(world.store().get("ConfigMap", "web", "a")).isEmpty();
    }

    @Test
    void aWebhookThatFailsOpenCostsItsTimeOut() {
        guard("Ignore");
        moveEndpointsIntoTheVpc();
        reachable = false;
        Instant before = world.kernel.clock().now();
        configMap("a");

        assertThat(world.store().get("ConfigMap", "web", "a")).isPresent();
        assertThat(Duration.between(before, world.kernel.clock().now())).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aWebhookWithoutEndpointsRefuses() {
        guard("Fail");
        world.change("Deployment", "guard", d -> Trees.with(d, 0, "spec", "replicas"));
        world.run(60);

        assertThatThrownBy(() -> configMap("a"))
                .hasMessageContaining("no endpoints available for service \"web/guard\"");
    }

    @Test
    void onlyWhatItsRulesAndSelectorsNameIsAsked() {
        guard("Fail");
        reachable = false;

        assertThatCode(() -> world.restart("Deployment", "web", "1")).doesNotThrowAnyException();
        assertThatCode(() -> world.store()
                        .create(
                                Trees.of(
                                        "apiVersion", "v1",
                                        "kind", "ConfigMap",
                                        "metadata", Trees.of("namespace", "kube-system", "name", "elsewhere")),
                                "test"))
                .doesNotThrowAnyException();
    }

    @Test
    void aConfigurationCountsAsItIsNow() {
        guard("Fail");
        reachable = false;
        assertThatThrownBy(() -> configMap("a")).isInstanceOf(ApiRefusal.class);

        String kind = "ValidatingWebhookConfiguration";
        String name = Pods.key(world.store().list(kind).iterator().next()).name();
        Object webhooks = world.store().get(kind, "", name).orElseThrow().get("webhooks");
        world.store().update(kind, "", name, "test", c -> Trees.with(c, List.of(), "webhooks"));
        assertThatCode(() -> configMap("b")).doesNotThrowAnyException();
        world.store().update(kind, "", name, "test", c -> Trees.with(c, Objects.requireNonNull(webhooks), "webhooks"));
        assertThatThrownBy(() -> configMap("c")).isInstanceOf(ApiRefusal.class);
    }

    @Test
    void theConfigurationItselfCanAlwaysBeRepaired() {
        guard("Fail", List.of("*"), List.of("*"));
        reachable = false;

        assertThatCode(() ->
                        world.store().delete("ValidatingWebhookConfiguration", "", "guard", java.util.Optional.empty()))
                .doesNotThrowAnyException();
        assertThatCode(() -> configMap("a")).doesNotThrowAnyException();
    }

    @Test
    void podsThatAWebhookRefusesAreTriedAgainByTheirController() {
        guard("Fail", List.of(""), List.of("pods"));
        reachable = false;
        world.workload("Deployment", "shop", Trees.of("replicas", 2));
        world.run(60);
        assertThat(world.pods("shop")).isEmpty();

        reachable = true;
        world.run(300);
        assertThat(world.ready("shop")).hasSize(2);
    }

    @Test
    void aWebhookOnPodsDoesNotStopTheSchedulerOrTheKubelet() {
        guard("Fail", List.of(""), List.of("pods"), List.of("UPDATE", "DELETE"));
        world.nodes().forEach(n -> world.changeNode(n.name(), t -> Trees.with(t, true, "spec", "unschedulable")));
        world.workload("Deployment", "shop", Trees.of("replicas", 2));
        world.run(10);
        assertThat(world.pods("shop")).hasSize(2).allMatch(p -> p.node().isEmpty());
        reachable = false;
        world.nodes().forEach(n -> world.changeNode(n.name(), t -> Trees.without(t, "spec", "unschedulable")));
        world.run(60);

        assertThat(world.ready("shop")).hasSize(2);
    }

    @Test
    void aBaselineNamespaceRefusesHostNetworkPodsWhileTheDeploymentIsTaken() {
        world.store()
                .update(
                        "Namespace",
                        "",
                        "web",
                        "test",
                        n -> Trees.with(n, "baseline", "metadata", "labels", "pod-security.kubernetes.io/enforce"));
        world.workload("Deployment", "shop", Trees.of("replicas", 1), s -> Trees.with(s, true, "hostNetwork"));
        world.workload("Deployment", "plain", Trees.of("replicas", 1));
        world.run(60);

        assertThat(world.pods("shop")).isEmpty();
        assertThat(world.ready("plain")).hasSize(1);
    }

    @Test
    void aPrivilegedNamespaceTakesThem() {
        world.workload("Deployment", "shop", Trees.of("replicas", 1), s -> Trees.with(s, true, "hostNetwork"));
        world.run(60);

        assertThat(world.ready("shop")).hasSize(1);
    }

    @Test
    void anAggregatedApiIsAvailableWhileTheControlPlaneReachesIt() {
        guard("Fail");
        world.store()
                .create(
                        Trees.of(
                                "apiVersion",
                                "apiregistration.k8s.io/v1",
                                "kind",
                                "APIService",
                                "metadata",
                                Trees.of("name", "v1beta1.example"),
                                "spec",
                                Trees.of("service", Trees.of("namespace", "web", "name", "guard"))),
                        "test");
        world.run(40);
        assertThat(aggregated().available()).isTrue();
        reachable = false;
        world.run(40);
        assertThat(aggregated().available()).isFalse();
    }

    @Test
    void aConversionWebhookThatIsOutOfReachStopsWritesOfItsKind() {
        guard("Fail");
        world.store()
                .create(
                        Trees.of(
                                "apiVersion",
                                "apiextensions.k8s.io/v1",
                                "kind",
                                "CustomResourceDefinition",
                                "metadata",
                                Trees.of("name", "widgets.example.org"),
                                "spec",
                                Trees.of(
                                        "conversion",
                                        Trees.of(
                                                "strategy",
                                                "Webhook",
                                                "webhook",
                                                Trees.of(
                                                        "clientConfig",
                                                        Trees.of(
                                                                "service",
                                                                Trees.of(
                                                                        "namespace", "web",
                                                                        "name", "guard")))))),
                        "test");
        widget("one");
        reachable = false;

        assertThatThrownBy(() -> widget("two")).hasMessageContaining("conversion webhook for example.org/v1");
    }

    @Test
    void newPodsTolerateTroubleForFiveMinutesUnlessTheySayOtherwise() {
        world.workload("Deployment", "shop", Trees.of("replicas", 1));
        world.workload(
                "Deployment",
                "tough",
                Trees.of("replicas", 1),
                s -> Trees.with(s, List.of(Trees.of("operator", "Exists")), "tolerations"));
        world.run(5);

        assertThat(io.cnishift.api.cluster.Tree.maps(world.trees("shop").get(0), "spec", "tolerations"))
                .extracting(t -> t.get("tolerationSeconds"))
                .containsExactly(300, 300);
        assertThat(io.cnishift.api.cluster.Tree.maps(world.trees("tough").get(0), "spec", "tolerations"))
                .hasSize(1);
    }

    private void guard(String policy) {
        guard(policy, List.of(""), List.of("configmaps"));
    }

    private void guard(String policy, List<String> groups, List<String> resources) {
        guard(policy, groups, resources, List.of("*"));
    }

    private void guard(String policy, List<String> groups, List<String> resources, List<String> operations) {
        world.workload(
                "Deployment",
                "guard",
                Trees.of("replicas", 2),
                s -> Trees.with(
                        s,
                        List.of(Trees.of(
                                "name", "main", "ports", List.of(Trees.of("name", "hook", "containerPort", 9443)))),
                        "containers"));
        world.store()
                .create(
                        Trees.of(
                                "apiVersion",
                                "v1",
                                "kind",
                                "Service",
                                "metadata",
                                Trees.of("namespace", "web", "name", "guard"),
                                "spec",
                                Trees.of(
                                        "selector", Map.of("app", "guard"),
                                        "ports", List.of(Trees.of("port", 443, "targetPort", "hook")))),
                        "test");
        world.run(60);
        world.store()
                .create(
                        Trees.of(
                                "apiVersion",
                                "admissionregistration.k8s.io/v1",
                                "kind",
                                "ValidatingWebhookConfiguration",
                                "metadata",
                                Trees.of("name", "guard"),
                                "webhooks",
                                List.of(Trees.of(
                                        "name",
                                        "guard.example",
                                        "failurePolicy",
                                        policy,
                                        "timeoutSeconds",
                                        7,
                                        "namespaceSelector",
                                        Trees.of("matchLabels", Map.of("kubernetes.io/metadata.name", "web")),
                                        "clientConfig",
                                        Trees.of("service", Trees.of("namespace", "web", "name", "guard")),
                                        "rules",
                                        List.of(Trees.of(
                                                "apiGroups", groups,
                                                "resources", resources,
                                                "operations", operations))))),
                        "test");
        world.store()
                .update(
                        "Namespace",
                        "",
                        "web",
                        "test",
                        n -> Trees.with(n, "web", "metadata", "labels", "kubernetes.io/metadata.name"));
        asked.clear();
    }

    /** The pods of the test network have addresses beyond the VPC; these slices say otherwise. */
    private void moveEndpointsIntoTheVpc() {
        world.store().list("EndpointSlice", "web").stream()
                .filter(s -> KubeProjection.serviceOf(s).equals(java.util.Optional.of("web/guard")))
                .map(Pods::key)
                .toList()
                .forEach(k -> world.store()
                        .update(
                                k.kind(),
                                "web",
                                k.name(),
                                "test",
                                s -> Trees.with(
                                        s,
                                        io.cnishift.api.cluster.Tree.maps(s, "endpoints").stream()
                                                .map(e -> Trees.with(e, List.of("10.0.0.99"), "addresses"))
                                                .toList(),
                                        "endpoints")));
    }

    private ControlPlaneCall aggregated() {
        return KubeProjection.controlPlaneCalls(
                        world.store().get("APIService", "", "v1beta1.example").orElseThrow())
                .get(0);
    }

    private void configMap(String name) {
        world.store()
                .create(
                        Trees.of(
                                "apiVersion", "v1",
                                "kind", "ConfigMap",
                                "metadata", Trees.of("namespace", "web", "name", name)),
                        "test");
    }

    private void widget(String name) {
        world.store()
                .create(
                        Trees.of(
                                "apiVersion", "example.org/v1",
                                "kind", "Widget",
                                "metadata", Trees.of("namespace", "web", "name", name)),
                        "test");
    }
}
