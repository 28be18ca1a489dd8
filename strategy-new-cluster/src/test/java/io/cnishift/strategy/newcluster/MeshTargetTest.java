package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.ViewFeed;
import io.cnishift.simulator.kit.Asked;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which pod says whether a cluster is reached. */
final class MeshTargetTest {

    private static final Map<String, Object> DNS = Map.of("matchLabels", Map.of("k8s-app", "kube-dns"));
    private static final Map<String, Object> EVERY_NAMESPACE = Map.of("namespaceSelector", Map.of());
    private static final Map<String, Object> ANY_CLUSTER = Map.of(
            "podSelector",
            Map.of("matchExpressions", List.of(Map.of("key", "io.cilium.k8s.policy.cluster", "operator", "Exists"))));

    private final ViewFeed feed = new ViewFeed();

    MeshTargetTest() {
        pod("coredns-1", "kube-dns", "10.244.0.5");
        pod("coredns-2", "kube-dns", "10.244.0.4");
        pod("clustermesh-apiserver-1", "clustermesh-apiserver", "10.244.0.9");
    }

    private void pod(String name, String app, String address) {
        feed.apply(Change.of(KubeProjection.pod(Map.of(
                "metadata",
                Map.of("name", name, "namespace", "kube-system", "labels", Map.of("k8s-app", app)),
                "status",
                Map.of(
                        "podIP",
                        address,
                        "phase",
                        "Running",
                        "conditions",
                        List.of(Map.of("type", "Ready", "status", "True")))))));
    }

    private void policy(String name, Map<String, Object> pods, String type, List<Map<String, Object>> rules) {
        feed.apply(Change.of(KubeProjection.networkPolicy(Map.of(
                "metadata",
                Map.of("name", name, "namespace", "kube-system"),
                "spec",
                Map.of(
                        "podSelector",
                        pods,
                        "policyTypes",
                        List.of(type),
                        type.equals("Ingress") ? "ingress" : "egress",
                        rules)))));
    }

    private List<String> against() {
        return MeshTarget.against(feed.view());
    }

    @Test
    void itIsOneOfDnsWhereNoPolicyIsOverThat() {
        assertThat(MeshTarget.of(feed.view())).contains(new MeshTarget("10.244.0.4", 53));
        assertThat(against()).isEmpty();
        assertThat(MeshTarget.of(new ViewFeed().view())).isEmpty();
    }

    @Test
    void aPolicyOfItsOwnClusterLeavesTheApiServer() {
        policy("dns", DNS, "Ingress", List.of(Map.of("from", List.of(EVERY_NAMESPACE))));

        assertThat(MeshTarget.of(feed.view())).contains(new MeshTarget("10.244.0.9", 2379));
        assertThat(against()).isEmpty();
    }

    @Test
    void whoAdmitsEverybodyOrNamesClustersKeepsNobodyOut() {
        policy("dns", DNS, "Ingress", List.of(Map.of("from", List.of(EVERY_NAMESPACE))));
        policy("ports", DNS, "Ingress", List.of(Map.of("ports", List.of(Map.of("port", 53, "protocol", "TCP")))));
        assertThat(MeshTarget.of(feed.view())).contains(new MeshTarget("10.244.0.4", 53));

        policy("ports", DNS, "Ingress", List.of(Map.of("from", List.of(ANY_CLUSTER))));
        assertThat(MeshTarget.of(feed.view())).contains(new MeshTarget("10.244.0.4", 53));

        policy("ports", DNS, "Ingress", List.of(Map.of("ports", List.of(Map.of("port", 53, "protocol", "UDP")))));
        assertThat(MeshTarget.of(feed.view())).contains(new MeshTarget("10.244.0.9", 2379));
    }

    @Test
    void oneOverAllPodsIsNamed() {
        policy("all", Map.of(), "Ingress", List.of(Map.of("from", List.of(EVERY_NAMESPACE))));

        assertThat(MeshTarget.of(feed.view())).isEmpty();
        assertThat(against()).containsExactly("kube-system/all");
    }

    @Test
    void oneThatLetsNobodyOutIsNamed() {
        policy("out", Map.of(), "Egress", List.of());
        assertThat(against()).containsExactly("kube-system/out");

        policy("more", Map.of(), "Egress", List.of(Map.of()));
        assertThat(against()).isEmpty();
    }

    @Test
    void onlyThoseOfKubeSystemMatter() {
        assertThat(MeshTarget.against(View.of(Asked.scenario("chained-policy"))))
                .isEmpty();
    }
}
