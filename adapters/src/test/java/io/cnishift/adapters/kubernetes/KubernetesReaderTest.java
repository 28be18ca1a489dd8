package io.cnishift.adapters.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cnishift.adapters.FakeTime;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.target.ApiServer;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.cluster.ConfigMap;
import io.cnishift.api.cluster.Endpoints;
import io.cnishift.api.cluster.Namespace;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodeGroup.MaxPodsBy;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.TargetGroupBinding;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.Volume;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KubernetesReaderTest {

    private final FakeApiServer server = new FakeApiServer();
    private final FakeTime time = new FakeTime();
    private final CallMetrics metrics = new CallMetrics();
    private final AtomicInteger tokens = new AtomicInteger();
    private final KubernetesSide side = new KubernetesSide(
            ConnectionSettings.none(),
            new Environment(Map.of()),
            () -> new ApiServer(server.url(), ""),
            () -> () -> "token-" + tokens.incrementAndGet(),
            time,
            metrics);

    @AfterEach
    void close() {
        side.close();
        server.close();
    }

    @Test
    void contactsNothingBeforeItIsAsked() {
        assertThat(server.seen()).isEmpty();
        assertThat(tokens).hasValue(0);
    }

    @Test
    void followsThePagesOfAList() {
        server.list("/api/v1/pods", "Pod", pods(1201));

        assertThat(all(read(Part.PODS), Pod.class)).hasSize(1201);
        assertThat(server.seen("/api/v1/pods"))
                .extracting(seen -> seen.query().get("limit"))
                .containsExactly("500", "500", "500");
        assertThat(metrics.requests()).isEqualTo(3);
    }

    @Test
    void doesWhatIsDueBetweenThePagesOfAList() {
        server.list("/api/v1/pods", "Pod", pods(1201));
        AtomicInteger times = new AtomicInteger();
        side.port(() -> {}).read(Set.of(Part.PODS), times::incrementAndGet);

        assertThat(times).hasValue(3);
    }

    @Test
    void podsWithWhichCnishiftAsksAreNoPartOfTheCluster() {
        Map<String, String> labels = Map.of("cnishift.io/probe", "origin", "app.kubernetes.io/managed-by", "cnishift");
        server.list(
                "/api/v1/pods",
                "Pod",
                List.of(
                        labelled("kube-system", "asks", labels),
                        labelled("shop", "hides", labels),
                        labelled("kube-system", "stays", Map.of("cnishift.io/probe", "origin"))));

        assertThat(all(read(Part.PODS), Pod.class)).extracting(Pod::name).containsExactly("hides", "stays");
    }

    private static Map<String, Object> labelled(String namespace, String name, Map<String, String> labels) {
        return Map.of("metadata", Map.of("namespace", namespace, "name", name, "labels", labels));
    }

    @Test
    void startsAListAgainWhenItsPositionHasExpired() {
        server.list("/api/v1/pods", "Pod", pods(700)).failing("/api/v1/pods#500", 410, "Expired", "too old");

        Reading reading = read(Part.PODS);

        assertThat(all(reading, Pod.class)).hasSize(700).doesNotHaveDuplicates();
        assertThat(reading.unknown()).isEmpty();
        assertThat(server.seen("/api/v1/pods")).hasSize(4);
    }

    @Test
    void givesAListUpThatExpiresAgainAndAgain() {
        server.list("/api/v1/pods", "Pod", pods(700));
        for (int i = 0; i < 3; i++) {
            server.failing("/api/v1/pods#500", 410, "Expired", "too old");
        }

        Reading reading = read(Part.PODS);

        assertThat(reading.resources()).isEmpty();
        assertThat(gap(reading).remedy()).isEqualTo("run it again");
    }

    @Test
    void aForbiddenListIsUnknownWithVerbAndResource() {
        server.failing("/api/v1/pods", 403, "Forbidden", "pods is forbidden: User \"x\" cannot list resource \"pods\"")
                .list("/api/v1/namespaces", "Namespace", List.of(named("shop")));

        Reading reading = read(Part.PODS, Part.NAMESPACES);

        assertThat(gap(reading).part()).isEqualTo(Part.PODS);
        assertThat(gap(reading).reason()).contains("list pods").contains("User \"x\"");
        assertThat(gap(reading).remedy()).contains("allow list pods").contains("--as");
        assertThat(all(reading, Namespace.class)).hasSize(1);
        assertThat(server.seen("/api/v1/pods")).hasSize(1);
    }

    @Test
    void aServerErrorIsAskedAgain() {
        server.list("/api/v1/pods", "Pod", pods(1))
                .failing("/api/v1/pods", 503, "ServiceUnavailable", "etcd leader changed")
                .failing("/api/v1/pods", 429, "TooManyRequests", "slow down");

        assertThat(all(read(Part.PODS), Pod.class)).hasSize(1);
        assertThat(server.seen("/api/v1/pods")).hasSize(3);
        assertThat(time.passed()).isPositive();
    }

    @Test
    void anAnswerCutOffHalfWayIsAskedAgain() {
        server.list("/api/v1/pods", "Pod", pods(1)).failingWithText("/api/v1/pods", 200, "{\"kind\":\"PodList\",\"ite");
        assertThat(all(read(Part.PODS), Pod.class)).hasSize(1);
    }

    @Test
    void aCustomResourceThatTheClusterDoesNotHaveGivesNothing() {
        Reading reading = read(Part.CILIUM_NODES, Part.ENI_CONFIGS, Part.TARGET_GROUP_BINDINGS);
        assertThat(reading.resources()).isEmpty();
        assertThat(reading.unknown()).isEmpty();
        assertThat(server.seen()).extracting(FakeApiServer.Seen::path).containsExactly("/apis");
    }

    @Test
    void aResourceMissingFromItsGroupGivesNothing() {
        server.custom("cilium.io", "v2", "ciliumnodes", "CiliumNode", List.of());
        Reading reading = read(Part.CILIUM_NODE_CONFIGS);
        assertThat(reading.unknown()).isEmpty();
        assertThat(server.seen("/apis/cilium.io/v2/ciliumnodeconfigs")).isEmpty();
    }

    @Test
    void aCustomResourceIsReadInTheVersionThatTheServerPrefers() {
        server.custom(
                "elbv2.k8s.aws",
                "v1beta1",
                "targetgroupbindings",
                "TargetGroupBinding",
                List.of(Map.of(
                        "metadata", Map.of("namespace", "shop", "name", "web"),
                        "spec", Map.of("targetGroupARN", "arn:tg", "serviceRef", Map.of("name", "web", "port", 80)))));

        assertThat(all(read(Part.TARGET_GROUP_BINDINGS), TargetGroupBinding.class))
                .hasSize(1);
        assertThat(side.facts().boundTargetGroups()).isEqualTo(Map.of("arn:tg", "shop/web"));
    }

    @Test
    void discoveryThatFailsIsAskedOnce() {
        server.failing("/apis", 403, "Forbidden", "no");
        Reading reading = read(Part.CILIUM_NODES, Part.ENI_CONFIGS);
        assertThat(reading.unknown())
                .extracting(Unknown::part)
                .containsExactlyInAnyOrder(Part.CILIUM_NODES, Part.ENI_CONFIGS);
        assertThat(server.seen("/apis")).hasSize(1);
    }

    @Test
    void replicaSetsOfDeploymentsAreNoWorkloads() {
        server.list("/apis/apps/v1/deployments", "Deployment", List.of(named("web")))
                .list(
                        "/apis/apps/v1/replicasets",
                        "ReplicaSet",
                        List.of(Map.of(
                                "metadata",
                                Map.of(
                                        "namespace", "shop",
                                        "name", "web-1",
                                        "ownerReferences",
                                                List.of(Map.of(
                                                        "kind", "Deployment", "name", "web", "controller", true))))));

        assertThat(all(read(Part.WORKLOADS), Workload.class))
                .extracting(Workload::kind)
                .containsExactly("Deployment");
    }

    @Test
    void joinsTheSlicesOfAService() {
        server.list(
                "/apis/discovery.k8s.io/v1/endpointslices",
                "EndpointSlice",
                List.of(slice("web-b", "10.0.0.2"), slice("web-a", "10.0.0.1")));

        Endpoints endpoints = all(read(Part.ENDPOINTS), Endpoints.class).get(0);

        assertThat(endpoints.toString()).contains("10.0.0.1").contains("10.0.0.2");
    }

    @Test
    void joinsVolumesWithWhereTheyAreAttached() {
        server.list("/api/v1/persistentvolumes", "PersistentVolume", List.of(named("pv-1")))
                .list(
                        "/apis/storage.k8s.io/v1/volumeattachments",
                        "VolumeAttachment",
                        List.of(Map.of(
                                "metadata", Map.of("name", "a"),
                                "spec", Map.of("nodeName", "node-1", "source", Map.of("persistentVolumeName", "pv-1")),
                                "status", Map.of("attached", true))));

        assertThat(all(read(Part.VOLUMES), Volume.class).get(0).attachedTo()).contains("node-1");
    }

    @Test
    void readsOnlyTheConfigMapsThatItNeeds() {
        server.object(
                "/api/v1/namespaces/kube-system/configmaps/amazon-vpc-cni",
                Map.of(
                        "metadata", Map.of("namespace", "kube-system", "name", "amazon-vpc-cni"),
                        "data", Map.of("enable-windows-ipam", "false")));

        Reading reading = read(Part.CONFIG_MAPS);

        assertThat(all(reading, ConfigMap.class))
                .extracting(ConfigMap::key)
                .containsExactly("kube-system/amazon-vpc-cni");
        assertThat(reading.unknown()).isEmpty();
        assertThat(server.seen("/api/v1/configmaps")).isEmpty();
    }

    @Test
    void readsNodePoolsAsNodeGroups() {
        server.custom("karpenter.sh", "v1", "nodepools", "NodePool", List.of(nodePool(Map.of("cpu", "64"))))
                .custom(
                        "karpenter.k8s.aws",
                        "v1",
                        "ec2nodeclasses",
                        "EC2NodeClass",
                        List.of(Map.of(
                                "metadata", Map.of("name", "default"),
                                "spec",
                                        Map.of(
                                                "role", "KarpenterNode",
                                                "kubelet", Map.of("maxPods", 58),
                                                "amiSelectorTerms", List.of(Map.of("alias", "al2023@latest"))),
                                "status", Map.of("subnets", List.of(Map.of("id", "subnet-1"))))));

        Reading reading = read(Part.NODE_GROUPS);
        NodeGroup group = all(reading, NodeGroup.class).get(0);

        assertThat(group.kind()).isEqualTo(NodeGroup.Kind.KARPENTER);
        assertThat(group.name()).isEqualTo("default");
        assertThat(group.desiredSize()).isEqualTo(3);
        // 64 CPUs with nodes of 2.
        assertThat(group.maxSize()).isEqualTo(32);
        assertThat(group.maxPodsBy()).isEqualTo(MaxPodsBy.NODE_CLASS);
        assertThat(group.maxPods()).hasValue(58);
        assertThat(group.subnets()).containsExactly("subnet-1");
        assertThat(group.capacityType()).isEqualTo("spot");
        assertThat(group.amiType()).isEqualTo("al2023@latest");
        assertThat(group.taints()).containsExactly(new Taint("dedicated", "a", "NoSchedule"));
        assertThat(reading.unknown()).isEmpty();
    }

    @Test
    void anUnlimitedNodePoolIsSaidToBeOne() {
        server.custom("karpenter.sh", "v1", "nodepools", "NodePool", List.of(nodePool(Map.of())));

        Reading reading = read(Part.NODE_GROUPS);

        assertThat(all(reading, NodeGroup.class).get(0).maxSize()).isEqualTo(3);
        assertThat(gap(reading).subject()).contains("default");
        assertThat(gap(reading).remedy()).contains("spec.limits");
    }

    @Test
    void tellsTheIdentityOfTheCluster() {
        server.object(
                "/api/v1/namespaces/kube-system", Map.of("metadata", Map.of("name", "kube-system", "uid", "u-1")));
        assertThat(side.facts().kubeSystemUid()).isEqualTo("u-1");
    }

    @Test
    void failsToTellTheIdentityWhenItIsForbidden() {
        server.failing("/api/v1/namespaces/kube-system", 403, "Forbidden", "no");
        assertThatExceptionOfType(CallFailure.class).isThrownBy(side.facts()::kubeSystemUid);
    }

    @Test
    void sendsATokenOfItsOwnWithEachRequest() {
        read(Part.NAMESPACES, Part.NODES);
        assertThat(server.seen())
                .extracting(seen -> seen.headers().get("Authorization"))
                .containsExactlyInAnyOrder(List.of("Bearer token-1"), List.of("Bearer token-2"));
    }

    @Test
    void credentialsThatAreNotAcceptedAreSaid() {
        for (int i = 0; i < 2; i++) {
            server.failing("/api/v1/nodes", 401, "Unauthorized", "Unauthorized");
        }
        assertThat(gap(read(Part.NODES)).remedy()).contains("access entry");
    }

    @Test
    void anApiServerThatIsNotThereIsAskedOnlyAFewTimes() {
        server.close();

        Reading reading = side.reader().read(Set.of(Part.values()));

        assertThat(reading.resources()).isEmpty();
        assertThat(reading.unknown()).extracting(Unknown::part).contains(Part.PODS, Part.NODES, Part.CILIUM_NODES);
        assertThat(time.passed()).isLessThan(Duration.ofMinutes(1));
    }

    private Reading read(Part... parts) {
        return side.reader().read(Set.of(parts));
    }

    private static <R extends Resource> List<R> all(Reading reading, Class<R> type) {
        return reading.resources().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static Unknown gap(Reading reading) {
        assertThat(reading.unknown()).hasSize(1);
        return reading.unknown().get(0);
    }

    private static List<Map<String, Object>> pods(int count) {
        return IntStream.range(0, count).mapToObj(i -> named("pod-" + i)).toList();
    }

    private static Map<String, Object> named(String name) {
        return Map.of("metadata", Map.of("namespace", "shop", "name", name, "uid", name));
    }

    private static Map<String, Object> slice(String name, String address) {
        return Map.of(
                "metadata",
                Map.of("namespace", "shop", "name", name, "labels", Map.of("kubernetes.io/service-name", "web")),
                "endpoints",
                List.of(Map.of("addresses", List.of(address), "conditions", Map.of("ready", true))),
                "ports",
                List.of(Map.of("port", 8080)));
    }

    private static Map<String, Object> nodePool(Map<String, Object> limits) {
        return Map.of(
                "metadata", Map.of("name", "default"),
                "spec",
                        Map.of(
                                "limits",
                                limits,
                                "template",
                                Map.of(
                                        "spec",
                                        Map.of(
                                                "nodeClassRef", Map.of("group", "karpenter.k8s.aws", "name", "default"),
                                                "taints",
                                                        List.of(Map.of(
                                                                "key", "dedicated",
                                                                "value", "a",
                                                                "effect", "NoSchedule")),
                                                "requirements",
                                                        List.of(
                                                                requirement(
                                                                        "node.kubernetes.io/instance-type",
                                                                        "m5.xlarge",
                                                                        "m5.large"),
                                                                requirement(
                                                                        "karpenter.sh/capacity-type",
                                                                        "spot",
                                                                        "on-demand"))))),
                "status", Map.of("resources", Map.of("nodes", "3")));
    }

    private static Map<String, Object> requirement(String key, String... values) {
        return Map.of("key", key, "operator", "In", "values", List.of(values));
    }
}
