package io.cnishift.simulator.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.EvictPod;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ApiServer.Mode;
import io.cnishift.simulator.kube.ApiServer.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Writes as clients make them, and what the port makes of their answers. */
final class ApiServerTest {
    private static final ObjectRef AWS_NODE = ObjectRef.of("apps/v1", "DaemonSet", "kube-system", "aws-node");
    private final KubeWorld world = KubeWorld.healthy();

    @Test
    void cordonsTheNodeOfThatUidOnly() {
        Node node = world.node(0);

        assertThat(world.port.perform(new CordonNode(node.name(), node.uid())).done())
                .isTrue();
        assertThat(world.node(0).unschedulable()).isTrue();
        assertThat(refusal(world.port.perform(new CordonNode(node.name(), "another"))))
                .isEqualTo(Reason.CONFLICT);
        assertThat(refusal(world.port.perform(new CordonNode("nowhere", "u")))).isEqualTo(Reason.GONE);
    }

    @Test
    void aBackendOfAnIngressHasOneKindOfPort() {
        ObjectRef ref = ObjectRef.of("networking.k8s.io/v1", "Ingress", "kube-system", "site");
        Map<String, Object> backend = Map.of("service", Map.of("name", "api", "port", Map.of("number", 80)));
        world.store()
                .create(
                        Trees.of(
                                "apiVersion",
                                "networking.k8s.io/v1",
                                "kind",
                                "Ingress",
                                "metadata",
                                Map.of("name", "site", "namespace", "kube-system"),
                                "spec",
                                Map.of("defaultBackend", backend)),
                        "test");
        Map<String, Object> named = new HashMap<>(Map.of("name", "use-annotation"));
        assertThat(refusal(world.port.perform(backendPort(ref, named)))).isEqualTo(Reason.INVALID);
        named.put("number", null);
        assertThat(world.port.perform(backendPort(ref, named)).done()).isTrue();
    }

    private static PatchObject backendPort(ObjectRef ref, Map<String, Object> port) {
        Map<String, Object> spec = Map.of("defaultBackend", Map.of("service", Map.of("port", port)));
        return new PatchObject(ref, PatchType.MERGE, Map.of("spec", spec), Optional.empty());
    }

    @Test
    void anActProducesTheVersionThatTheWatchThenShows() {
        List<Change> seen = new ArrayList<>();
        world.port.watch(Set.of(Part.NODES), seen::add);
        ActResult result = world.port.perform(
                new CordonNode(world.node(0).name(), world.node(0).uid()));

        String version = result.fold(p -> String.valueOf(p.produced().get("resourceVersion")), r -> "");
        assertThat(seen)
                .extracting(c -> ((Node) c.now().orElseThrow()).resourceVersion())
                .containsExactly(version);
    }

    @Test
    void aPatchThatCarriesAnOldVersionIsAConflict() {
        PatchObject patch = patch(Map.of("metadata", Map.of("labels", Map.of("a", "b"))));
        String version = Tree.text(world.port.before(patch), "metadata", "resourceVersion")
                .orElseThrow();
        PatchObject conditional = new PatchObject(patch.object(), patch.type(), patch.patch(), Optional.of(version));

        assertThat(world.port.perform(conditional).done()).isTrue();
        assertThat(refusal(world.port.perform(new PatchObject(
                        AWS_NODE,
                        PatchType.MERGE,
                        Map.of("metadata", Map.of("labels", Map.of("a", "c"))),
                        Optional.of(version)))))
                .isEqualTo(Reason.CONFLICT);
    }

    @Test
    void aPatchThatChangesNothingKeepsTheVersion() {
        PatchObject patch = patch(Map.of("metadata", Map.of("labels", Map.of("a", "b"))));
        ActResult first = world.port.perform(patch);

        assertThat(world.port.perform(patch)).isEqualTo(first);
    }

    @Test
    void onlyASpecThatChangedCountsAsAGeneration() {
        long before = generation();
        world.port.perform(patch(Map.of("metadata", Map.of("labels", Map.of("a", "b")))));
        assertThat(generation()).isEqualTo(before);
        world.port.perform(patch(Map.of("spec", Map.of("minReadySeconds", 5))));
        assertThat(generation()).isEqualTo(before + 1);
    }

    @Test
    void theInverseOfAPatchBringsTheTemplateBack() {
        PatchObject patch = new PatchObject(
                AWS_NODE,
                PatchType.STRATEGIC,
                Map.of("spec", Map.of("template", Map.of("spec", Map.of("nodeSelector", Map.of("side", "old"))))),
                Optional.empty());
        Map<String, Object> before = world.port.before(patch);
        world.port.perform(patch);
        world.port.perform(patch.inverse(before).orElseThrow());

        assertThat(Tree.map(world.port.before(patch), "spec")).isEqualTo(Tree.map(before, "spec"));
    }

    @Test
    void aSelectorCannotChange() {
        assertThat(refusal(world.port.perform(patch(Map.of(
                        "spec", Map.of("selector", Map.of("matchLabels", Map.of("x", "y"))))))))
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void aStrategicPatchOfACustomResourceIsNotUnderstood() {
        world.store()
                .create(
                        Trees.of(
                                "apiVersion", "cilium.io/v2",
                                "kind", "CiliumNodeConfig",
                                "metadata", Trees.of("namespace", "kube-system", "name", "c")),
                        "test");

        assertThat(refusal(world.port.perform(new PatchObject(
                        ObjectRef.of("cilium.io/v2", "CiliumNodeConfig", "kube-system", "c"),
                        PatchType.STRATEGIC,
                        Map.of("spec", Map.of()),
                        Optional.empty()))))
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void applyingOverAFieldOfTheAddonManagerIsAConflictThatNamesIt() {
        Map<String, Object> config = Trees.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "DaemonSet",
                "metadata",
                Trees.of("namespace", "kube-system", "name", "aws-node"),
                "spec",
                Trees.of(
                        "template",
                        Trees.of(
                                "spec",
                                Trees.of("containers", List.of(Trees.of("name", "aws-node", "image", "mine:1"))))));
        ActResult result = world.port.perform(new ApplyObject(config));

        assertThat(refusal(result)).isEqualTo(Reason.CONFLICT);
        assertThat(result.fold(p -> "", ActResult.Refused::message)).contains("\"eks\"", "image");
    }

    @Test
    void applyingAFieldThatNobodyOwnsIsNoConflictAndLeavesTheRestAlone() {
        Map<String, Object> before = world.store().get(ApiServer.key(AWS_NODE)).orElseThrow();
        world.port.perform(new ApplyObject(selector("old")));
        Map<String, Object> after = world.store().get(ApiServer.key(AWS_NODE)).orElseThrow();

        assertThat(Tree.strings(after, "spec", "template", "spec", "nodeSelector"))
                .isEqualTo(Map.of("side", "old"));
        assertThat(Tree.map(Trees.without(after, "spec", "template", "spec", "nodeSelector"), "spec"))
                .isEqualTo(Tree.map(before, "spec"));
        assertThat(KubeProjection.owner(after)).isEqualTo(new Owner(Owner.Kind.EKS_ADDON, "vpc-cni"));
    }

    @Test
    void creatingWhatExistsIsRefusedAndLeavesItAsItIs() {
        assertThat(world.port.perform(new CreateObject(configMap("a", "web"))).done())
                .isTrue();
        Map<String, Object> first = world.port.before(new CreateObject(configMap("a", "web")));
        Map<String, Object> other = Trees.with(configMap("a", "web"), Map.of("k", "other"), "data");

        assertThat(refusal(world.port.perform(new CreateObject(other)))).isEqualTo(Reason.EXISTS);
        assertThat(world.port.before(new CreateObject(other))).isNotEmpty().isEqualTo(first);
    }

    @Test
    void whatAnApplyLeavesOutGoes() {
        world.port.perform(new ApplyObject(selector("old")));
        world.port.perform(new ApplyObject(Trees.without(selector("old"), "spec")));

        assertThat(Tree.at(
                        world.store().get(ApiServer.key(AWS_NODE)).orElseThrow(),
                        "spec",
                        "template",
                        "spec",
                        "nodeSelector",
                        "side"))
                .isEmpty();
    }

    @Test
    void anotherApplierOfTheSameFieldWithAnotherValueIsRefused() {
        world.port.perform(new ApplyObject(selector("old")));

        assertThatThrownBy(() -> world.api.apply(selector("new"), false, Writer.named("argocd-controller")))
                .isInstanceOf(ApiRefusal.class)
                .hasMessageContaining("\"cnishift\"");
        world.api.apply(selector("new"), true, Writer.named("argocd-controller"));
        assertThat(refusal(world.port.perform(new ApplyObject(selector("old")))))
                .isEqualTo(Reason.CONFLICT);
    }

    @Test
    void aDryRunAnswersAndKeepsNothing() {
        long version = world.store().resourceVersion();
        Map<String, Object> answer = world.api.patch(
                ApiServer.key(AWS_NODE),
                PatchType.MERGE,
                Map.of("metadata", Map.of("labels", Map.of("a", "b"))),
                Optional.empty(),
                new Writer("test", Mode.DRY_RUN));

        assertThat(Tree.text(answer, "metadata", "labels", "a")).contains("b");
        assertThat(world.store().resourceVersion()).isEqualTo(version);
    }

    @Test
    void deletingWhatIsGoneIsDoneButAnotherUidIsAConflict() {
        ObjectRef web = ObjectRef.of("apps/v1", "Deployment", "web", "web");

        assertThat(refusal(world.port.perform(new DeleteObject(web, Optional.of("another")))))
                .isEqualTo(Reason.CONFLICT);
        assertThat(world.port.perform(new DeleteObject(web, Optional.empty())).done())
                .isTrue();
        assertThat(world.port.perform(new DeleteObject(web, Optional.empty())).done())
                .isTrue();
    }

    @Test
    void evictingIntoATerminatingNamespaceIsForbidden() {
        world.run(1);
        Pod pod = world.pods("web").isEmpty()
                ? KubeProjection.pod(world.store().list("Pod", "web").iterator().next())
                : world.pods("web").get(0);
        world.store().delete("Namespace", "", "web", Optional.empty());

        assertThat(refusal(world.port.perform(new EvictPod("web", pod.name(), pod.uid(), OptionalLong.empty()))))
                .isEqualTo(Reason.FORBIDDEN);
    }

    @Test
    void refusesWhatNoServerTakes() {
        assertThat(refusal(world.port.perform(new ApplyObject(configMap("Upper", "web")))))
                .isEqualTo(Reason.INVALID);
        assertThat(refusal(world.port.perform(new ApplyObject(configMap("a", "nowhere")))))
                .isEqualTo(Reason.GONE);
        assertThat(refusal(world.port.perform(
                        new ApplyObject(Trees.without(configMap("a", "web"), "metadata", "namespace")))))
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void theWatchTellsThatTheEndpointsOfAServiceAreGone() {
        List<Change> seen = new ArrayList<>();
        world.port.watch(Set.of(Part.ENDPOINTS), seen::add);
        world.store().delete("Service", "web", "web", Optional.empty());
        world.run(10);

        assertThat(seen).contains(Change.gone(Part.ENDPOINTS, "web/web"));
    }

    @Test
    void everyChangeOfTheWatchTogetherGivesWhatARereadGives() {
        Map<String, Object> fed = new HashMap<>();
        Set<Part> parts = Set.of(Part.PODS, Part.WORKLOADS, Part.ENDPOINTS, Part.BUDGETS, Part.NODES, Part.VOLUMES);
        world.port.read(parts).resources().forEach(r -> fed.put(r.part() + r.key(), r));
        world.port.watch(
                parts,
                c -> c.now()
                        .ifPresentOrElse(r -> fed.put(r.part() + r.key(), r), () -> fed.remove(c.part() + c.key())));
        world.store().delete("Node", "", world.node(0).name(), Optional.empty());
        world.restart("Deployment", "web", "1");
        world.run(600);

        Map<String, Object> read = new HashMap<>();
        world.port.read(parts).resources().forEach(r -> read.put(r.part() + r.key(), r));
        assertThat(fed).isEqualTo(read);
    }

    private static Reason refusal(ActResult result) {
        return result.fold(p -> null, ActResult.Refused::reason);
    }

    private static PatchObject patch(Map<String, Object> patch) {
        return new PatchObject(AWS_NODE, PatchType.MERGE, patch, Optional.empty());
    }

    private static Map<String, Object> selector(String side) {
        return Trees.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "DaemonSet",
                "metadata",
                Trees.of("namespace", "kube-system", "name", "aws-node"),
                "spec",
                Trees.of("template", Trees.of("spec", Trees.of("nodeSelector", Trees.of("side", side)))));
    }

    private static Map<String, Object> configMap(String name, String namespace) {
        return Trees.of(
                "apiVersion", "v1", "kind", "ConfigMap", "metadata", Trees.of("namespace", namespace, "name", name));
    }

    private long generation() {
        return Tree.number(world.store().get(ApiServer.key(AWS_NODE)).orElseThrow(), 0, "metadata", "generation");
    }
}
