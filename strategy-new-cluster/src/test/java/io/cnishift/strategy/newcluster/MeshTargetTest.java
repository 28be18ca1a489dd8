package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.ViewFeed;
import io.cnishift.simulator.kit.Asked;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which pod says whether a cluster is reached. */
final class MeshTargetTest {

    private static final Map<String, Object> DNS = Map.of("matchLabels", Map.of("k8s-app", "kube-dns"));
    private static final Map<String, String> EKS_DNS =
            Map.of("k8s-app", "kube-dns", "eks.amazonaws.com/component", "coredns");
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
        pod(name, Map.of("k8s-app", app), address);
    }

    private void pod(String name, Map<String, String> labels, String address) {
        feed.apply(Change.of(KubeProjection.pod(Map.of(
                "metadata",
                Map.of("name", name, "namespace", "kube-system", "labels", labels),
                "status",
                Map.of(
                        "podIP",
                        address,
                        "phase",
                        "Running",
                        "conditions",
                        List.of(Map.of("type", "Ready", "status", "True")))))));
    }

    private NetworkPolicy policy(String name, Map<String, Object> pods, String type, List<Map<String, Object>> rules) {
        NetworkPolicy policy = KubeProjection.networkPolicy(Map.of(
                "metadata",
                Map.of("name", name, "namespace", "kube-system"),
                "spec",
                Map.of(
                        "podSelector",
                        pods,
                        "policyTypes",
                        List.of(type),
                        type.equals("Ingress") ? "ingress" : "egress",
                        rules)));
        feed.apply(Change.of(policy));
        return policy;
    }

    private List<String> against() {
        return MeshTarget.against(feed.view(), "red");
    }

    @Test
    void itIsOneOfDnsWhereNoPolicyIsOverThat() {
        assertThat(MeshTarget.of(feed.view(), "red")).contains(new MeshTarget("10.244.0.4", 53));
        assertThat(against()).isEmpty();
        assertThat(MeshTarget.of(new ViewFeed().view(), "red")).isEmpty();
    }

    @Test
    void aPolicyOfItsOwnClusterLeavesTheApiServer() {
        policy("dns", DNS, "Ingress", List.of(Map.of("from", List.of(EVERY_NAMESPACE))));

        assertThat(MeshTarget.of(feed.view(), "red")).contains(new MeshTarget("10.244.0.9", 2379));
        assertThat(against()).isEmpty();
    }

    @Test
    void whoAdmitsEverybodyOrNamesClustersKeepsNobodyOut() {
        policy("dns", DNS, "Ingress", List.of(Map.of("from", List.of(EVERY_NAMESPACE))));
        policy("ports", DNS, "Ingress", List.of(Map.of("ports", List.of(Map.of("port", 53, "protocol", "TCP")))));
        assertThat(MeshTarget.of(feed.view(), "red")).contains(new MeshTarget("10.244.0.4", 53));

        policy("ports", DNS, "Ingress", List.of(Map.of("from", List.of(ANY_CLUSTER))));
        assertThat(MeshTarget.of(feed.view(), "red")).contains(new MeshTarget("10.244.0.4", 53));

        policy("ports", DNS, "Ingress", List.of(Map.of("ports", List.of(Map.of("port", 53, "protocol", "UDP")))));
        assertThat(MeshTarget.of(feed.view(), "red")).contains(new MeshTarget("10.244.0.9", 2379));
    }

    @Test
    void whoNamesItsOwnClusterOnlyDoesNotAdmitTheOther() {
        policy("dns", DNS, "Ingress", List.of(Map.of("from", List.of(cluster("In", "blue")))));
        assertThat(MeshTarget.of(feed.view(), "red")).contains(new MeshTarget("10.244.0.9", 2379));

        policy("dns", DNS, "Ingress", List.of(Map.of("from", List.of(cluster("In", "blue", "red")))));
        assertThat(MeshTarget.of(feed.view(), "red")).contains(new MeshTarget("10.244.0.4", 53));

        policy("dns", DNS, "Ingress", List.of(Map.of("from", List.of(label("blue")))));
        assertThat(MeshTarget.of(feed.view(), "red")).contains(new MeshTarget("10.244.0.9", 2379));

        policy("dns", DNS, "Ingress", List.of(Map.of("from", List.of(label("red")))));
        assertThat(MeshTarget.of(feed.view(), "red")).contains(new MeshTarget("10.244.0.4", 53));
    }

    private static Map<String, Object> label(String cluster) {
        return Map.of("podSelector", Map.of("matchLabels", Map.of("io.cilium.k8s.policy.cluster", cluster)));
    }

    private static Map<String, Object> cluster(String operator, String... values) {
        return Map.of(
                "podSelector",
                Map.of(
                        "matchExpressions",
                        List.of(Map.of(
                                "key",
                                "io.cilium.k8s.policy.cluster",
                                "operator",
                                operator,
                                "values",
                                List.of(values)))));
    }

    @Test
    void policiesAreSoughtByAllLabelsThatPodsHave() {
        pod("coredns-1", EKS_DNS, "10.244.0.5");
        pod("coredns-2", EKS_DNS, "10.244.0.4");
        policy("dns", Map.of("matchLabels", EKS_DNS), "Ingress", List.of(Map.of("from", List.of(EVERY_NAMESPACE))));
        assertThat(MeshTarget.of(feed.view(), "red")).contains(new MeshTarget("10.244.0.9", 2379));

        // one that has not got the label yet
        pod("coredns-3", "kube-dns", "10.244.0.6");
        assertThat(MeshTarget.of(feed.view(), "red")).contains(new MeshTarget("10.244.0.6", 53));
    }

    @Test
    void whereNoPodIsReadyThoseOfEksAndOfTheChartAreMeant() {
        ViewFeed empty = new ViewFeed();
        empty.apply(Change.of(policy(
                "dns", Map.of("matchLabels", EKS_DNS), "Ingress", List.of(Map.of("from", List.of(EVERY_NAMESPACE))))));
        assertThat(MeshTarget.against(empty.view(), "red")).isEmpty();

        empty.apply(Change.of(policy(
                "mesh",
                Map.of("matchLabels", Map.of("app.kubernetes.io/part-of", "cilium")),
                "Ingress",
                List.of(Map.of("from", List.of(EVERY_NAMESPACE))))));
        assertThat(MeshTarget.against(empty.view(), "red")).containsExactly("kube-system/dns", "kube-system/mesh");
    }

    @Test
    void oneOverAllPodsIsNamed() {
        policy("all", Map.of(), "Ingress", List.of(Map.of("from", List.of(EVERY_NAMESPACE))));

        assertThat(MeshTarget.of(feed.view(), "red")).isEmpty();
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
        assertThat(MeshTarget.against(View.of(Asked.scenario("chained-policy")), "red"))
                .isEmpty();
    }
}
