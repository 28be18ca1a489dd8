package io.cnishift.api.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ClusterBoundTest {

    private static final Map<String, Object> IDENTITY = Map.of(
            "name",
            "web",
            "namespace",
            "shop",
            "uid",
            "u-1",
            "resourceVersion",
            "7",
            "generation",
            3,
            "ownerReferences",
            List.of(Map.of("uid", "u-0")),
            "labels",
            Map.of("app", "web"),
            "annotations",
            Map.of("alb.ingress.kubernetes.io/load-balancer-name", "shop", "team", "a"));

    private static Map<String, Object> carried(String kind, Map<String, Object> spec) {
        return ClusterBound.without(Map.of(
                "apiVersion", "v1", "kind", kind, "metadata", IDENTITY, "spec", spec, "status", Map.of("a", "b")));
    }

    @Test
    void identityStatusAndOwnersStayBehind() {
        Map<String, Object> carried = carried("ConfigMap", Map.of());
        assertThat(carried).doesNotContainKey("status");
        assertThat(Tree.map(carried, "metadata")).containsOnlyKeys("name", "namespace", "labels", "annotations");
    }

    @Test
    void aNameThatThereCanBeOnceOnlyStaysBehind() {
        assertThat(Tree.strings(carried("Ingress", Map.of()), "metadata", "annotations"))
                .containsOnlyKeys("team");
    }

    @Test
    void aServiceGetsAddressAndPortsOfItsOwn() {
        Map<String, Object> port = Map.of("port", 80, "nodePort", 30080);
        Map<String, Object> spec = Map.of(
                "clusterIP",
                "10.100.0.7",
                "clusterIPs",
                List.of("10.100.0.7"),
                "type",
                "NodePort",
                "ports",
                List.of(port));
        assertThat(Tree.map(carried("Service", spec), "spec"))
                .isEqualTo(Map.of("type", "NodePort", "ports", List.of(Map.of("port", 80))));
    }

    @Test
    void aHeadlessServiceStaysHeadless() {
        assertThat(Tree.map(carried("Service", Map.of("clusterIP", "None", "clusterIPs", List.of("None"))), "spec"))
                .isEqualTo(Map.of("clusterIP", "None"));
    }

    @Test
    void aClaimIsBoundToNothing() {
        assertThat(Tree.map(carried("PersistentVolumeClaim", Map.of("volumeName", "pv-1", "a", "b")), "spec"))
                .isEqualTo(Map.of("a", "b"));
    }
}
