package io.cnishift.it.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.cnishift.it.front.Kubectl.Going;
import io.cnishift.it.front.Kubectl.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kubectl that is on PATH works against a simulated cluster as against a real one. */
final class KubectlIT {
    private static final String SHOP = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop, namespace: default}
            spec:
              replicas: 2
              selector: {matchLabels: {app: shop}}
              template:
                metadata: {labels: {app: shop}}
                spec: {containers: [{name: main, image: "example/shop:1"}]}
            """;
    private static final String STRICT = """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: strict, namespace: default}
            spec:
              minAvailable: 2
              selector: {matchLabels: {app: shop}}
            """;

    private static final String MAP = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: one, namespace: default}
            """;

    @TempDir
    private Path folder;

    private Fronted fronted;
    private Kubectl kubectl;

    @BeforeEach
    void serve() {
        assumeThat(Kubectl.installed()).as("kubectl is not on PATH").isTrue();
        fronted = new Fronted("minnie-wallace", folder);
        kubectl = new Kubectl(folder, fronted.kubeconfig());
    }

    @AfterEach
    void close() {
        if (fronted != null) {
            fronted.close();
        }
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private Said well(String... arguments) {
        Said said = kubectl.run(arguments);
        assertThat(said.code()).as("%s: %s", List.of(arguments), said.err()).isZero();
        return said;
    }

    private String node() {
        return well("get", "nodes", "-o", "name").lines().get(0).replace("node/", "");
    }

    @Test
    void readsListsAndSelects() {
        int pods = fronted.simulation().kernel().objects().list("Pod").size();
        assertThat(well("get", "pods", "-A", "--no-headers").lines()).hasSize(pods);
        assertThat(well("get", "pods", "-A", "--no-headers", "--chunk-size=7").lines())
                .hasSize(pods);
        assertThat(well("get", "pods", "-n", "kube-system", "-l", "k8s-app in (kube-dns)", "-o", "name")
                        .lines())
                .hasSize(2)
                .allMatch(n -> n.startsWith("pod/coredns-"));
        assertThat(well("get", "pods", "-A", "-o", "name", "--field-selector", "spec.nodeName=" + node())
                        .lines())
                .isNotEmpty()
                .hasSizeLessThan(pods);
        assertThat(kubectl.run("get", "deployment", "nobody").err())
                .contains("Error from server (NotFound): deployments.apps \"nobody\" not found");
    }

    @Test
    void labelsAndCordons() {
        String node = node();
        well("label", "node", node, "side=old");
        well("cordon", node);
        assertThat(well("get", "nodes", "-l", "side=old", "-o", "jsonpath={.items[*].spec.unschedulable}")
                        .out())
                .isEqualTo("true");
        well("uncordon", node);
        assertThat(well("get", "node", node, "-o", "jsonpath={.spec.unschedulable}")
                        .out())
                .isEmpty();
    }

    @Test
    void aDryRunLeavesNothingAndAnApplyNamesConflicts() throws IOException {
        String shop = file("shop.yaml", SHOP);
        assertThat(well("create", "-f", shop, "--dry-run=server").out()).contains("created (server dry run)");
        assertThat(kubectl.run("get", "deployment", "shop").code()).isEqualTo(1);
        well("apply", "--server-side", "-f", shop);
        well("scale", "deployment", "shop", "--replicas=3");
        Said conflict = kubectl.run("apply", "--server-side", "--field-manager=other", "-f", shop);
        assertThat(conflict.code()).isEqualTo(1);
        assertThat(conflict.err()).contains("Apply failed with 1 conflict", ".spec.replicas");
        well("apply", "--server-side", "--field-manager=other", "--force-conflicts", "-f", shop);
        assertThat(kubectl.run("create", "-f", shop).err())
                .contains("Error from server (AlreadyExists)", "deployments.apps \"shop\" already exists");
        well("delete", "-f", shop, "--wait=false");
    }

    @Test
    void aDrainIsRefusedByABudget() throws IOException {
        well("apply", "-f", file("shop.yaml", SHOP), "-f", file("strict.yaml", STRICT));
        fronted.advance("3m");
        String node = well("get", "pods", "-l", "app=shop", "-o", "jsonpath={.items[0].spec.nodeName}")
                .out();
        Said drained = kubectl.run("drain", node, "--ignore-daemonsets", "--pod-selector=app=shop", "--timeout=1s");
        assertThat(drained.code()).isEqualTo(1);
        assertThat(drained.err())
                .contains("Cannot evict pod as it would violate the pod's disruption budget.")
                .contains("global timeout reached");
        well("delete", "pdb", "strict");
        Said dry = well("drain", node, "--ignore-daemonsets", "--pod-selector=app=shop", "--dry-run=server");
        assertThat(dry.out()).contains("drained (server dry run)");
    }

    @Test
    void watchesWhatHappens() throws IOException {
        String map = file("map.yaml", MAP);
        try (Going watch = kubectl.begin("get", "configmaps", "-n", "default", "-o", "name", "--watch")) {
            well("create", "-f", map);
            assertThat(watch.next()).isEqualTo("configmap/one");
            well("label", "configmap", "one", "-n", "default", "a=b");
            assertThat(watch.next()).isEqualTo("configmap/one");
        }
    }
}
