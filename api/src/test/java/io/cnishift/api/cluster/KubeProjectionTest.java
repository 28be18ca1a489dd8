package io.cnishift.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Owner.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KubeProjectionTest {

    @Test
    void readsANodeWithItsAllocatableAndInstance() {
        Map<String, Object> node = Map.of(
                "metadata", Map.of("name", "n1", "uid", "u", "labels", Map.of("topology.kubernetes.io/zone", "a")),
                "spec",
                        Map.of(
                                "providerID",
                                "aws:///ap-south-1a/i-0123",
                                "unschedulable",
                                true,
                                "taints",
                                List.of(Map.of("key", "k", "effect", "NoSchedule"))),
                "status",
                        Map.of(
                                "allocatable", Map.of("pods", "17", "cpu", "1930m", "memory", "3388360Ki"),
                                "addresses",
                                        List.of(
                                                Map.of("type", "Hostname", "address", "h"),
                                                Map.of("type", "InternalIP", "address", "10.0.0.4")),
                                "conditions", List.of(Map.of("type", "Ready", "status", "True"))));

        Node read = KubeProjection.node(node);

        assertThat(read.instance()).contains("i-0123");
        assertThat(read.maxPods()).isEqualTo(17);
        assertThat(read.cpuMillis()).isEqualTo(1930);
        assertThat(read.memoryMiB()).isEqualTo(3308);
        assertThat(read.address()).isEqualTo("10.0.0.4");
        assertThat(read.ready()).isTrue();
        assertThat(read.unschedulable()).isTrue();
        assertThat(read.taints()).containsExactly(new Taint("k", "", "NoSchedule"));
    }

    @Test
    void aHybridNodeHasNoInstance() {
        Map<String, Object> node = Map.of("spec", Map.of("providerID", "eks-hybrid:///eu-west-1/mi-0123"));

        assertThat(KubeProjection.node(node).instance()).isEmpty();
    }

    @Test
    void countsRequestsAsTheSchedulerDoes() {
        Map<String, Object> spec = Map.of(
                "containers", List.of(container("a", "100m", "64Mi"), container("b", "0.25", "1G")),
                "initContainers",
                        List.of(
                                sidecar("proxy", "50m", "32Mi"),
                                container("migrate", "1", "16Mi"),
                                container("small", "1m", "1Mi")));

        // starting: sidecar 50 + migrate 1000; running: 100 + 250 + 50. Memory: 64 Mi + 1 GB + 32 Mi, rounded up.
        assertThat(KubeProjection.requests(spec)).isEqualTo(new KubeProjection.Requests(1050, 1050));
    }

    @Test
    void hostNetworkingTakesEveryContainerPort() {
        Map<String, Object> ports = Map.of(
                "name",
                "c",
                "ports",
                List.of(Map.of("containerPort", 53, "protocol", "UDP"), Map.of("containerPort", 80)));

        assertThat(KubeProjection.hostPorts(Map.of("hostNetwork", true, "containers", List.of(ports))))
                .containsExactly(new Pod.HostPort("udp", 53), new Pod.HostPort("tcp", 80));
        assertThat(KubeProjection.hostPorts(Map.of("containers", List.of(ports))))
                .isEmpty();
    }

    @Test
    void keepsValuesOfVariablesForAwsNodeOnly() {
        Map<String, Object> env =
                Map.of("name", "SECRET", "value", "hunter2", "valueFrom", Map.of("secretKeyRef", Map.of("name", "s")));
        Map<String, Object> template =
                Map.of("spec", Map.of("containers", List.of(Map.of("name", "c", "env", List.of(env)))));

        assertThat(workload("DaemonSet", "aws-node", template).podSpec().toString())
                .contains("hunter2")
                .doesNotContain("secretKeyRef");
        assertThat(workload("Deployment", "web", template).podSpec().toString())
                .contains("SECRET")
                .doesNotContain("hunter2", "secretKeyRef");
    }

    @Test
    void dropsSecretsAndMountsFromTheTemplate() {
        Map<String, Object> template = Map.of(
                "spec",
                Map.of(
                        "imagePullSecrets", List.of(Map.of("name", "pull")),
                        "volumes", List.of(Map.of("name", "v", "secret", Map.of("secretName", "tls"))),
                        "containers", List.of(Map.of("name", "c", "volumeMounts", List.of(Map.of("name", "v"))))));

        assertThat(workload("Deployment", "web", template).podSpec())
                .isEqualTo(Map.of(
                        "volumes", List.of(Map.of("name", "v", "secret", Map.of())),
                        "containers", List.of(Map.of("name", "c"))));
    }

    @Test
    void namesTheOwnerByItsMarks() {
        assertThat(owner(Map.of(), Map.of())).isEqualTo(Owner.NONE);
        assertThat(owner(Map.of(), Map.of("argocd.argoproj.io/tracking-id", "shop:apps/Deployment:web/api")))
                .isEqualTo(new Owner(Kind.ARGO_CD, "shop"));
        assertThat(owner(
                        Map.of(
                                "kustomize.toolkit.fluxcd.io/name", "apps",
                                "kustomize.toolkit.fluxcd.io/namespace", "flux-system"),
                        Map.of()))
                .isEqualTo(new Owner(Kind.FLUX, "flux-system/apps"));
        assertThat(owner(
                        Map.of("app.kubernetes.io/managed-by", "Helm"),
                        Map.of("meta.helm.sh/release-name", "lbc", "meta.helm.sh/release-namespace", "kube-system")))
                .isEqualTo(new Owner(Kind.HELM, "kube-system/lbc"));
        assertThat(owner(Map.of(), Map.of("cnishift.io/owner", "terraform platform/eks")))
                .isEqualTo(new Owner(Kind.TERRAFORM, "platform/eks"));
    }

    @Test
    void terraformThatHasAHelmOfItsOwnOwnsWhatThatInstalls() {
        Map<String, Object> tree = Map.of(
                "kind",
                "DaemonSet",
                "metadata",
                Map.of(
                        "name",
                        "cilium",
                        "annotations",
                        Map.of("meta.helm.sh/release-name", "cilium", "meta.helm.sh/release-namespace", "kube-system"),
                        "managedFields",
                        List.of(Map.of("manager", "terraform-provider-helm_v3.0.2_x5"))));

        assertThat(KubeProjection.workload(tree).owner()).isEqualTo(new Owner(Kind.TERRAFORM, "kube-system/cilium"));
    }

    @Test
    void argoThatInstallsAChartOwnsItNotHelm() {
        assertThat(owner(
                        Map.of("app.kubernetes.io/managed-by", "Helm"),
                        Map.of("argocd.argoproj.io/tracking-id", "lbc:apps/Deployment:kube-system/lbc")))
                .isEqualTo(new Owner(Kind.ARGO_CD, "lbc"));
    }

    @Test
    void anAddonIsKnownByItsFieldManagerAndItsFieldsAreListed() {
        Map<String, Object> tree = Map.of(
                "kind",
                "DaemonSet",
                "metadata",
                Map.of(
                        "name",
                        "aws-node",
                        "managedFields",
                        List.of(Map.of(
                                "manager",
                                "eks",
                                "operation",
                                "Apply",
                                "fieldsV1",
                                Map.of(
                                        "f:metadata",
                                        Map.of("f:labels", Map.of("f:app.kubernetes.io/name", Map.of())),
                                        "f:spec",
                                        Map.of(
                                                "f:template",
                                                Map.of(
                                                        "f:spec",
                                                        Map.of(
                                                                "f:containers",
                                                                Map.of(
                                                                        "k:{\"name\":\"aws-node\"}",
                                                                        Map.of(
                                                                                ".",
                                                                                Map.of(),
                                                                                "f:image",
                                                                                Map.of(),
                                                                                "f:ports",
                                                                                Map.of(
                                                                                        "k:{\"containerPort\":61678,\"protocol\":\"TCP\"}",
                                                                                        Map.of(
                                                                                                ".",
                                                                                                Map.of()))))))))))));

        assertThat(KubeProjection.owner(tree)).isEqualTo(new Owner(Kind.EKS_ADDON, "vpc-cni"));
        assertThat(ManagedPaths.of(tree, "eks"))
                .containsExactly(
                        "metadata.labels[\"app.kubernetes.io/name\"]",
                        "spec.template.spec.containers[aws-node].image",
                        "spec.template.spec.containers[aws-node].ports[61678,TCP]");
        assertThat(ManagedPaths.of(tree, "kubectl")).isEmpty();
    }

    @Test
    void tellsWhatOthersSetInThePodsOfAnAddonAndOfNothingElse() {
        Map<String, Object> eks = manager("eks", Map.of("f:image", Map.of()));
        Map<String, Object> kubectl = manager(
                "kubectl-set",
                Map.of("f:env", Map.of("k:{\"name\":\"WARM_IP_TARGET\"}", Map.of(".", Map.of(), "f:value", Map.of()))));

        assertThat(managed(eks, kubectl).heldFields())
                .containsExactly("spec.template.spec.containers[aws-node].env[WARM_IP_TARGET].value");
        assertThat(managed(eks).heldFields()).isEmpty();
        assertThat(managed(kubectl).heldFields()).isEmpty();
    }

    @Test
    void tellsWhetherClaimsGoWithThePodsOfASetThatIsScaledDown() {
        assertThat(retaining("Delete").scalingDropsClaims()).isTrue();
        assertThat(retaining("Retain").scalingDropsClaims()).isFalse();
    }

    private static Workload retaining(String whenScaled) {
        return KubeProjection.workload(Map.of(
                "kind",
                "StatefulSet",
                "metadata",
                Map.of("namespace", "shop", "name", "db"),
                "spec",
                Map.of("persistentVolumeClaimRetentionPolicy", Map.of("whenScaled", whenScaled))));
    }

    @SafeVarargs
    private static Workload managed(Map<String, Object>... entries) {
        return KubeProjection.workload(
                Map.of("kind", "DaemonSet", "metadata", Map.of("name", "aws-node", "managedFields", List.of(entries))));
    }

    private static Map<String, Object> manager(String manager, Map<String, Object> fields) {
        return Map.of(
                "manager",
                manager,
                "fieldsV1",
                Map.of(
                        "f:spec",
                        Map.of(
                                "f:template",
                                Map.of(
                                        "f:spec",
                                        Map.of("f:containers", Map.of("k:{\"name\":\"aws-node\"}", fields))))));
    }

    @Test
    void marksOfOwnersAreNotLabelsOrAnnotationsOfTheRecord() {
        Map<String, Object> service = Map.of(
                "metadata",
                Map.of(
                        "labels", Map.of("app", "x", "kustomize.toolkit.fluxcd.io/name", "apps"),
                        "annotations", Map.of("a", "b", "kubectl.kubernetes.io/last-applied-configuration", "{}")));

        assertThat(KubeProjection.service(service).labels()).isEqualTo(Map.of("app", "x"));
        assertThat(KubeProjection.service(service).annotations()).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void mergesTheSlicesOfAServiceByAddress() {
        Map<String, Object> v1 = Map.of("endpoints", List.of(endpoint("10.0.0.1", true), endpoint("10.0.0.2", false)));
        Map<String, Object> v2 = Map.of("endpoints", List.of(endpoint("10.0.0.2", true)));

        Endpoints endpoints = KubeProjection.endpoints("web/api", List.of(v1, v2));

        assertThat(endpoints.key()).isEqualTo("web/api");
        assertThat(endpoints.endpoints())
                .extracting(Endpoints.Endpoint::address, Endpoints.Endpoint::ready)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("10.0.0.1", true),
                        org.assertj.core.groups.Tuple.tuple("10.0.0.2", true));
    }

    @Test
    void anEndpointOfUnknownReadinessIsReady() {
        Map<String, Object> slice = Map.of("endpoints", List.of(Map.of("addresses", List.of("10.0.0.1"))));

        assertThat(KubeProjection.endpoints("a/b", List.of(slice)).ready()).isEqualTo(1);
    }

    @Test
    void webhooksFailClosedUnlessTheySayOtherwise() {
        Map<String, Object> hooks = Map.of(
                "kind", "ValidatingWebhookConfiguration",
                "metadata", Map.of("name", "cfg"),
                "webhooks",
                        List.of(
                                Map.of(
                                        "name", "a",
                                        "clientConfig", Map.of("service", Map.of("namespace", "ns", "name", "svc")),
                                        "rules",
                                                List.of(Map.of(
                                                        "apiGroups", List.of(""),
                                                        "resources", List.of("pods"),
                                                        "operations", List.of("CREATE")))),
                                Map.of(
                                        "name",
                                        "b",
                                        "failurePolicy",
                                        "Ignore",
                                        "clientConfig",
                                        Map.of("url", "https://x"))));

        List<ControlPlaneCall> calls = KubeProjection.controlPlaneCalls(hooks);

        assertThat(calls).extracting(ControlPlaneCall::name).containsExactly("cfg/a", "cfg/b");
        assertThat(calls).extracting(ControlPlaneCall::failClosed).containsExactly(true, false);
        assertThat(calls.get(0).service()).contains("ns/svc");
        assertThat(calls.get(0).port()).isEqualTo(443);
        assertThat(calls.get(1).url()).contains("https://x");
    }

    @Test
    void anApiServiceServedByTheApiServerIsNoCall() {
        assertThat(KubeProjection.controlPlaneCalls(
                        Map.of("kind", "APIService", "metadata", Map.of("name", "v1.apps"))))
                .isEmpty();
    }

    @Test
    void aReplicaSetOfADeploymentIsNoWorkloadOfItsOwn() {
        Map<String, Object> owned = Map.of(
                "kind",
                "ReplicaSet",
                "metadata",
                Map.of(
                        "ownerReferences",
                        List.of(Map.of("kind", "Deployment", "name", "web", "uid", "u", "controller", true))));

        assertThat(KubeProjection.isWorkload(owned)).isFalse();
        assertThat(KubeProjection.isWorkload(Map.of("kind", "ReplicaSet"))).isTrue();
    }

    @Test
    void aPodSaysWhatItWaitsForBeyondTheOrdinaryStart() {
        assertThat(waiting("containerStatuses", "ImagePullBackOff", "pull access denied"))
                .contains("ImagePullBackOff: pull access denied");
        assertThat(waiting("initContainerStatuses", "CrashLoopBackOff", "back-off 10s"))
                .contains("CrashLoopBackOff: back-off 10s");
        assertThat(waiting("containerStatuses", "ContainerCreating", "")).isEmpty();
        Map<String, Object> unplaced = Map.of(
                "status",
                Map.of(
                        "conditions",
                        List.of(Map.of(
                                "type",
                                "PodScheduled",
                                "status",
                                "False",
                                "reason",
                                "Unschedulable",
                                "message",
                                "0/3 nodes are available"))));
        assertThat(KubeProjection.pod(unplaced).waiting()).contains("Unschedulable: 0/3 nodes are available");
    }

    private static Optional<String> waiting(String kind, String reason, String message) {
        Map<String, Object> state = Map.of("waiting", Map.of("reason", reason, "message", message));
        return KubeProjection.pod(Map.of("status", Map.of(kind, List.of(Map.of("name", "main", "state", state)))))
                .waiting();
    }

    @Test
    void aFinishedJobWantsNoPods() {
        Map<String, Object> job = Map.of(
                "kind", "Job",
                "spec", Map.of("parallelism", 3),
                "status", Map.of("conditions", List.of(Map.of("type", "Complete", "status", "True"))));

        assertThat(KubeProjection.workload(job).desired()).isZero();
        assertThat(KubeProjection.workload(job).settled()).isTrue();
    }

    @Test
    void readsZoneClaimAndAttachmentOfAVolume() {
        Map<String, Object> pv = new LinkedHashMap<>(Map.of(
                "metadata", Map.of("name", "pv1"),
                "status", Map.of("phase", "Bound"),
                "spec",
                        Map.of(
                                "csi", Map.of("driver", "ebs.csi.aws.com", "volumeHandle", "vol-1"),
                                "claimRef", Map.of("namespace", "db", "name", "data-0"),
                                "nodeAffinity",
                                        Map.of(
                                                "required",
                                                Map.of(
                                                        "nodeSelectorTerms",
                                                        List.of(Map.of(
                                                                "matchExpressions",
                                                                List.of(Map.of(
                                                                        "key", "topology.ebs.csi.aws.com/zone",
                                                                        "operator", "In",
                                                                        "values", List.of("a"))))))))));

        Volume volume = KubeProjection.volume(pv, Optional.of(Map.of("spec", Map.of("nodeName", "n1"))));

        assertThat(volume.zone()).contains("a");
        assertThat(volume.claim()).contains("db/data-0");
        assertThat(volume.attachedTo()).contains("n1");
        pv.put("status", Map.of("phase", "Released"));
        assertThat(KubeProjection.volume(pv, Optional.empty()).claim()).isEmpty();
    }

    private static Workload workload(String kind, String name, Map<String, Object> template) {
        return KubeProjection.workload(
                Map.of("kind", kind, "metadata", Map.of("name", name), "spec", Map.of("template", template)));
    }

    private static Owner owner(Map<String, String> labels, Map<String, String> annotations) {
        return KubeProjection.owner(Map.of("metadata", Map.of("labels", labels, "annotations", annotations)));
    }

    private static Map<String, Object> endpoint(String address, boolean ready) {
        return Map.of("addresses", List.of(address), "conditions", Map.of("ready", ready));
    }

    private static Map<String, Object> container(String name, String cpu, String memory) {
        return Map.of("name", name, "resources", Map.of("requests", Map.of("cpu", cpu, "memory", memory)));
    }

    private static Map<String, Object> sidecar(String name, String cpu, String memory) {
        Map<String, Object> sidecar = new LinkedHashMap<>(container(name, cpu, memory));
        sidecar.put("restartPolicy", "Always");
        return sidecar;
    }

    @Test
    void aPolicyHasItsRulesByLabelsAndItsBlocksApart() {
        Map<String, Object> web = Map.of("podSelector", Map.of("matchLabels", Map.of("app", "web")));
        Map<String, Object> block = Map.of("ipBlock", Map.of("cidr", "10.0.0.0/8"));
        NetworkPolicy policy = KubeProjection.networkPolicy(Map.of(
                "metadata",
                Map.of("namespace", "shop", "name", "api"),
                "spec",
                Map.of(
                        "policyTypes",
                        List.of("Ingress", "Egress"),
                        "ingress",
                        List.of(Map.of("from", List.of(web, block), "ports", List.of(Map.of("port", 80)))),
                        "egress",
                        List.of(Map.of("to", List.of(block)), Map.of()))));

        assertThat(policy.ipBlocks()).hasSize(2);
        assertThat(policy.rules())
                .isEqualTo(Map.of(
                        "ingress",
                        List.of(Map.of("from", List.of(web), "ports", List.of(Map.of("port", 80)))),
                        "egress",
                        List.of(Map.of())));
    }
}
