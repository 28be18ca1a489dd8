package io.cnishift.api.act;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ActTest {

    private static final ObjectRef AWS_NODE = ObjectRef.of("apps/v1", "DaemonSet", "kube-system", "aws-node");

    @Test
    void writesTheSameCommandWhateverTheOrderOfKeys() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("b", 1);
        one.put("a", 2);
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("a", 2);
        other.put("b", 1);
        assertThat(Json.word(one)).isEqualTo(Json.word(other)).isEqualTo("'{\"a\":2,\"b\":1}'");
    }

    @Test
    void aPatchIsTakenBackFieldByField() {
        Act patch = new PatchObject(
                AWS_NODE,
                PatchType.STRATEGIC,
                Map.of("spec", Map.of("nodeSelector", Map.of("old", "true"), "paused", true)),
                Optional.empty());
        Map<String, Object> before = Map.of("spec", Map.of("nodeSelector", Map.of("other", "x"), "replicas", 3));

        Map<String, Object> expected = new LinkedHashMap<>();
        Map<String, Object> spec = new LinkedHashMap<>();
        Map<String, Object> selector = new LinkedHashMap<>();
        selector.put("old", null);
        spec.put("nodeSelector", selector);
        spec.put("paused", null);
        expected.put("spec", spec);
        assertThat(patch.inverse(before))
                .contains(new PatchObject(AWS_NODE, PatchType.MERGE, expected, Optional.empty()));
    }

    @Test
    void whatDidNotExistIsDeletedAndWhatDidIsAppliedAgainWithoutServerFields() {
        Map<String, Object> object =
                Map.of("apiVersion", "v1", "kind", "Service", "metadata", Map.of("name", "a", "namespace", "b"));
        Act apply = new ApplyObject(object);

        assertThat(apply.inverse(Map.of()))
                .contains(new DeleteObject(ObjectRef.of("v1", "Service", "b", "a"), Optional.empty()));
        Map<String, Object> before = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Map.of("name", "a", "namespace", "b", "uid", "u", "resourceVersion", "7"),
                "status",
                Map.of("x", 1));
        assertThat(apply.inverse(before)).contains(new ApplyObject(object));
    }

    @Test
    void whatACreationMadeIsDeletedAndWhatStoodThereIsLeftAlone() {
        Map<String, Object> lease = Map.of(
                "apiVersion",
                "coordination.k8s.io/v1",
                "kind",
                "Lease",
                "metadata",
                Map.of("name", "a", "namespace", "b"));
        Act create = new CreateObject(lease);

        assertThat(create.inverse(Map.of())).contains(new DeleteObject(ObjectRef.of(lease), Optional.empty()));
        assertThat(create.inverse(lease)).isEmpty();
        assertThat(create.repeatable()).isFalse();
        assertThat(create.operations()).containsExactly("k8s:create leases.coordination.k8s.io");
    }

    @Test
    void suspendedProcessesThatStoodBeforeAreNotResumed() {
        Act suspend = new SuspendProcesses("workers", List.of("Launch", "AZRebalance"));

        assertThat(suspend.inverse(Map.of("suspendedProcesses", List.of("AZRebalance"))))
                .contains(new ResumeProcesses("workers", List.of("Launch")));
    }

    @Test
    void aRemovedAddonComesBackWithItsVersionConfigurationAndRole() {
        Map<String, Object> before = Map.of(
                "version", "v1.20.4", "configuration", Map.of("env", Map.of("A", "1")), "serviceAccountRole", "arn:r");

        assertThat(new DeleteAddon("vpc-cni").inverse(before))
                .contains(new CreateAddon("vpc-cni", "v1.20.4", Map.of("env", Map.of("A", "1")), Optional.of("arn:r")));
        assertThat(new DeleteAddon("vpc-cni").inverse(Map.of())).isEmpty();
    }

    @Test
    void cordoningACordonedNodeHasNothingToTakeBack() {
        assertThat(new CordonNode("n", "u").inverse(Map.of("spec", Map.of("unschedulable", true))))
                .isEmpty();
        assertThat(new CordonNode("n", "u").inverse(Map.of())).contains(new UncordonNode("n", "u"));
    }

    @Test
    void aReleaseThatWasNotThereIsUninstalled() {
        Act install = new UpgradeRelease("kube-system", "cilium", "cilium/cilium", "1.20.0", Map.of("a", 1));

        assertThat(install.inverse(Map.of())).contains(new UninstallRelease("kube-system", "cilium"));
        assertThat(install.inverse(Map.of("chartVersion", "1.19.6", "values", Map.of("b", 2))))
                .contains(new UpgradeRelease("kube-system", "cilium", "cilium/cilium", "1.19.6", Map.of("b", 2)));
    }

    @ParameterizedTest
    @CsvSource({
        "Ingress,ingresses",
        "NetworkPolicy,networkpolicies",
        "Service,services",
        "Endpoints,endpoints",
        "CiliumNodeConfig,ciliumnodeconfigs",
        "DaemonSet,daemonsets",
        "StorageClass,storageclasses"
    })
    void pluralsFollowTheRule(String kind, String plural) {
        assertThat(ObjectRef.of("v1", kind, "x").plural()).isEqualTo(plural);
    }
}
