package io.cnishift.it.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.EvictPod;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.act.UncordonNode;
import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.KubernetesPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each act that the adapters of a real cluster perform on the front ends as it does inside of the simulator. */
final class FrontActsIT {
    private static final String ANOTHER = "11111111-2222-3333-4444-555555555555";
    private static final ObjectRef AWS_NODE = ObjectRef.of("apps/v1", "DaemonSet", "kube-system", "aws-node");

    @TempDir
    private Path folder;

    private Twins twins;

    @BeforeEach
    void open() {
        twins = new Twins("minnie-wallace", folder);
    }

    @AfterEach
    void close() {
        twins.close();
    }

    private void refused(Reason reason, Act act) {
        ActResult result = twins.perform(act);
        assertThat(reasonOf(result)).as("%s: %s", act, result).contains(reason);
    }

    private static Optional<Reason> reasonOf(ActResult result) {
        return result.fold(done -> Optional.empty(), refusal -> Optional.of(refusal.reason()));
    }

    private String done(Act act) {
        ActResult result = twins.perform(act);
        assertThat(result.done()).as("%s: %s", act, result).isTrue();
        return result.fold(p -> Tree.text(p.produced(), "resourceVersion").orElse(""), r -> "");
    }

    private static Map<String, Object> configMap(String namespace, Map<String, Object> data) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", "one", "namespace", namespace),
                "data",
                data);
    }

    private static PatchObject merge(ObjectRef object, Map<String, Object> patch) {
        return new PatchObject(object, PatchType.MERGE, patch, Optional.empty());
    }

    private static EvictPod evict(Pod pod) {
        return new EvictPod(pod.namespace(), pod.name(), pod.uid(), OptionalLong.empty());
    }

    /** A pod that no budget guards. */
    private Pod pod() {
        Set<String> guarded = twins.all(Part.BUDGETS, Budget.class).stream()
                .map(Budget::namespace)
                .collect(Collectors.toSet());
        return twins.all(Part.PODS, Pod.class).stream()
                .filter(p ->
                        p.workload().filter(w -> w.startsWith("Deployment/")).isPresent())
                .filter(p -> !guarded.contains(p.namespace()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void cordonsOneNodeAndNoOtherOfItsName() {
        Node node = twins.all(Part.NODES, Node.class).get(0);
        assertThat(done(new CordonNode(node.name(), node.uid()))).isNotEmpty();
        done(new CordonNode(node.name(), node.uid()));
        refused(Reason.CONFLICT, new UncordonNode(node.name(), ANOTHER));
        done(new UncordonNode(node.name(), node.uid()));
        done(new UncordonNode(node.name(), node.uid()));
        refused(Reason.CONFLICT, new CordonNode(node.name(), ANOTHER));
        refused(Reason.GONE, new CordonNode("none", node.uid()));
    }

    @Test
    void patchesAsTheTypeSays() {
        Map<String, Object> selector = Map.of("io.cilium/aws-node-enabled", "true");
        Map<String, Object> set = Map.of("spec", Map.of("template", Map.of("spec", Map.of("nodeSelector", selector))));
        String version = done(merge(AWS_NODE, set));
        done(new PatchObject(
                AWS_NODE,
                PatchType.STRATEGIC,
                Map.of(
                        "spec",
                        Map.of(
                                "template",
                                Map.of(
                                        "spec",
                                        Map.of(
                                                "containers",
                                                List.of(Map.of(
                                                        "name",
                                                        "aws-node",
                                                        "env",
                                                        List.of(Map.of("name", "WARM_IP_TARGET", "value", "2")))))))),
                Optional.of(version)));
        refused(Reason.CONFLICT, new PatchObject(AWS_NODE, PatchType.MERGE, set, Optional.of(version)));
        Map<String, Object> none = new HashMap<>();
        none.put("nodeSelector", null);
        done(merge(AWS_NODE, Map.of("spec", Map.of("template", Map.of("spec", none)))));
        refused(Reason.GONE, merge(ObjectRef.of("apps/v1", "DaemonSet", "kube-system", "none"), set));
    }

    @Test
    void appliesWithoutForce() {
        done(new ApplyObject(configMap("default", Map.of("a", "b"))));
        done(new ApplyObject(configMap("default", Map.of("a", "b"))));
        done(new ApplyObject(configMap("default", Map.of("c", "d"))));
        refused(Reason.GONE, new ApplyObject(configMap("none", Map.of())));
        refused(
                Reason.CONFLICT,
                new ApplyObject(Map.of(
                        "apiVersion",
                        "apps/v1",
                        "kind",
                        "DaemonSet",
                        "metadata",
                        Map.of("name", "aws-node", "namespace", "kube-system"),
                        "spec",
                        Map.of("template", Map.of("spec", Map.of("hostNetwork", false))))));
        Map<String, Object> unnamespaced = new HashMap<>(configMap("default", Map.of()));
        unnamespaced.put("metadata", Map.of("name", "one"));
        refused(Reason.INVALID, new ApplyObject(unnamespaced));
    }

    @Test
    void createsOnlyWhatIsNotThere() {
        done(new CreateObject(configMap("default", Map.of("a", "b"))));
        refused(Reason.EXISTS, new CreateObject(configMap("default", Map.of("a", "c"))));
        refused(Reason.GONE, new CreateObject(configMap("none", Map.of())));
    }

    @Test
    void appliesCustomResourcesInTheVersionTheyName() {
        ObjectRef zone = ObjectRef.of("crd.k8s.amazonaws.com/v1alpha1", "ENIConfig", "zone-a");
        Map<String, Object> config = Map.of(
                "apiVersion",
                zone.apiVersion(),
                "kind",
                zone.kind(),
                "metadata",
                Map.of("name", zone.name()),
                "spec",
                Map.of("subnet", "subnet-1", "securityGroups", List.of("sg-1")));
        done(new ApplyObject(config));
        refused(
                Reason.INVALID,
                new PatchObject(
                        zone, PatchType.STRATEGIC, Map.of("spec", Map.of("subnet", "subnet-2")), Optional.empty()));
        done(merge(zone, Map.of("spec", Map.of("subnet", "subnet-2"))));
        done(new DeleteObject(zone, Optional.empty()));
    }

    @Test
    void deletesWhatIsMeantAndIsContentWhenItIsGone() {
        ObjectRef map = ObjectRef.of(configMap("default", Map.of()));
        done(new DeleteObject(map, Optional.empty()));
        done(new ApplyObject(configMap("default", Map.of("a", "b"))));
        refused(Reason.CONFLICT, new DeleteObject(map, Optional.of(ANOTHER)));
        done(new DeleteObject(map, Optional.empty()));
        Pod pod = pod();
        ObjectRef ref = ObjectRef.of("v1", "Pod", pod.namespace(), pod.name());
        assertThat(done(new DeleteObject(ref, Optional.of(pod.uid())))).isNotEmpty();
    }

    @Test
    void evictsOnePod() {
        Pod pod = pod();
        refused(Reason.CONFLICT, new EvictPod(pod.namespace(), pod.name(), ANOTHER, OptionalLong.empty()));
        refused(Reason.GONE, new EvictPod(pod.namespace(), "none", pod.uid(), OptionalLong.empty()));
        assertThat(done(evict(pod))).isNotEmpty();
        done(evict(pod));
    }

    private Map<String, Object> budget(String name, Pod pod) {
        return Map.of(
                "apiVersion",
                "policy/v1",
                "kind",
                "PodDisruptionBudget",
                "metadata",
                Map.of("name", name, "namespace", pod.namespace()),
                "spec",
                Map.of("maxUnavailable", 0, "selector", Map.of("matchLabels", pod.labels())));
    }

    @Test
    void tellsABudgetFromTwo() {
        Pod pod = pod();
        done(new ApplyObject(budget("strict", pod)));
        refused(Reason.BUDGET, evict(pod));
        done(new ApplyObject(budget("other", pod)));
        refused(Reason.DOUBLE_BUDGET, evict(pod));
    }

    @Test
    void waitsForANamespaceThatGoes() {
        Pod pod = pod();
        done(new DeleteObject(ObjectRef.of("v1", "Namespace", pod.namespace()), Optional.empty()));
        refused(Reason.BUSY, evict(pod));
        refused(Reason.FORBIDDEN, new ApplyObject(configMap(pod.namespace(), Map.of())));
    }

    @Test
    void toldByAdmissionWhatIsNotLetIn() {
        done(new ApplyObject(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Namespace",
                "metadata",
                Map.of("name", "strict", "labels", Map.of("pod-security.kubernetes.io/enforce", "baseline")))));
        refused(
                Reason.ADMISSION,
                new ApplyObject(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Pod",
                        "metadata",
                        Map.of("name", "probe", "namespace", "strict"),
                        "spec",
                        Map.of(
                                "hostNetwork",
                                true,
                                "containers",
                                List.of(Map.of("name", "probe", "image", "example/probe:1"))))));
    }

    @Test
    void checksWithoutDoing() {
        KubernetesPort port = twins.real().kubernetes();
        Pod pod = pod();
        Node node = twins.all(Part.NODES, Node.class).get(0);
        List<Act> acts = new ArrayList<>(List.of(
                evict(pod),
                new CordonNode(node.name(), node.uid()),
                new ApplyObject(configMap("default", Map.of("a", "b"))),
                merge(AWS_NODE, Map.of("metadata", Map.of("labels", Map.of("a", "b")))),
                new DeleteObject(AWS_NODE, Optional.empty())));
        for (Act act : acts) {
            Map<String, Object> before = port.before(act);
            assertThat(port.check(act)).as("%s", act).get().matches(ActResult::done);
            assertThat(port.before(act)).isEqualTo(before);
        }
        assertThat(port.check(new DeleteObject(
                        ObjectRef.of("cilium.io/v2", "CiliumNodeConfig", "kube-system", "one"), Optional.empty())))
                .as("the server does not serve its kind")
                .isEmpty();
        ActResult refused = port.check(new CordonNode(node.name(), ANOTHER)).orElseThrow();
        assertThat(reasonOf(refused)).contains(Reason.CONFLICT);
    }
}
