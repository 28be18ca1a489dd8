package io.cnishift.simulator.front;

import static io.cnishift.simulator.front.Served.APPLY;
import static io.cnishift.simulator.front.Served.JSON_PATCH;
import static io.cnishift.simulator.front.Served.MERGE;
import static io.cnishift.simulator.front.Served.STRATEGIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.front.Served.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes over HTTP. */
final class FrontWriteTest {
    private static final String WEB = "/apis/apps/v1/namespaces/web/deployments/web";
    private static final String MAPS = "/api/v1/namespaces/web/configmaps";
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";

    private final Served served = new Served();

    @AfterEach
    void close() {
        served.close();
    }

    private static Map<String, Object> lease(String holder) {
        return Trees.of(
                "apiVersion",
                "coordination.k8s.io/v1",
                "kind",
                "Lease",
                "metadata",
                Map.of("name", "cnishift"),
                "spec",
                Map.of("holderIdentity", holder));
    }

    @Test
    void createsUpdatesAndDeletes() {
        assertThat(served.post(MAPS, Served.configMap("one", Map.of("a", "b"))).code())
                .isEqualTo(201);
        Answer made = served.get(MAPS + "/one");
        assertThat(made.text("metadata", "uid")).isNotEmpty();
        Answer changed = served.put(MAPS + "/one", Trees.with(made.body(), "c", "data", "a"));
        assertThat(changed.code()).isEqualTo(200);
        assertThat(changed.text("data", "a")).isEqualTo("c");
        assertThat(served.delete(MAPS + "/one", "").text("status")).isEqualTo("Success");
        assertThat(served.get(MAPS + "/one").code()).isEqualTo(404);
    }

    @Test
    void aMergePatchReplacesListsAndRemovesWhatIsNull() {
        served.post(MAPS, Served.configMap("one", Map.of("a", "b", "c", "d")));
        Answer patched = served.patch(MAPS + "/one", MERGE, "{\"data\":{\"a\":null,\"e\":\"f\"}}");
        assertThat(Tree.strings(patched.body(), "data")).isEqualTo(Map.of("c", "d", "e", "f"));
    }

    @Test
    void anUpdateThatDoesNotSayWhoOwnsWhatLeavesIt() {
        served.post(MAPS, Served.configMap("one", Map.of("a", "b")));
        served.put(MAPS + "/one", Served.configMap("one", Map.of("a", "b", "c", "d")));
        String config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {a: mine}\n";
        assertThat(served.patch(MAPS + "/one?fieldManager=mine", APPLY, config).code())
                .isEqualTo(409);
    }

    @Test
    void whatIsNullIsNotStored() {
        served.send(
                "POST",
                MAPS,
                Served.JSON,
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"one\","
                        + "\"creationTimestamp\":null,\"labels\":null}}");
        assertThat(Tree.map(served.get(MAPS + "/one").body(), "metadata"))
                .containsKeys("uid", "creationTimestamp")
                .doesNotContainKey("labels");
    }

    @Test
    void aStrategicPatchMergesContainersByName() {
        Answer patched = served.patch(
                WEB,
                STRATEGIC,
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"second\",\"image\":\"x:1\"}]}}}}");
        assertThat(Tree.maps(patched.body(), "spec", "template", "spec", "containers"))
                .hasSizeGreaterThan(1);
        Answer custom =
                served.patch("/apis/crd.k8s.amazonaws.com/v1alpha1/eniconfigs/none", STRATEGIC, "{\"spec\":{}}");
        assertThat(custom.code()).isEqualTo(404);
    }

    @Test
    void aStrategicPatchOfACustomResourceIsNotUnderstood() {
        served.post(
                "/apis/crd.k8s.amazonaws.com/v1alpha1/eniconfigs",
                Trees.of(
                        "apiVersion",
                        "crd.k8s.amazonaws.com/v1alpha1",
                        "kind",
                        "ENIConfig",
                        "metadata",
                        Map.of("name", "a"),
                        "spec",
                        Map.of("subnet", "subnet-1")));
        Answer answer = served.patch(
                "/apis/crd.k8s.amazonaws.com/v1alpha1/eniconfigs/a", STRATEGIC, "{\"spec\":{\"subnet\":\"s\"}}");
        assertThat(answer.code()).isEqualTo(415);
        assertThat(answer.text("reason")).isEqualTo("UnsupportedMediaType");
    }

    @Test
    void aJsonPatchIsDoneWholeOrNotAtAll() {
        Answer patched = served.patch(
                WEB,
                JSON_PATCH,
                "[{\"op\":\"test\",\"path\":\"/metadata/name\",\"value\":\"web\"},"
                        + "{\"op\":\"add\",\"path\":\"/metadata/labels/a~1b\",\"value\":\"c\"},"
                        + "{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":4}]");
        assertThat(patched.code()).as(patched.body().toString()).isEqualTo(200);
        assertThat(Tree.strings(patched.body(), "metadata", "labels")).containsEntry("a/b", "c");
        assertThat(Tree.number(patched.body(), 0, "spec", "replicas")).isEqualTo(4);
        Answer failed = served.patch(
                WEB,
                JSON_PATCH,
                "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":9},"
                        + "{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":5}]");
        assertThat(failed.code()).isEqualTo(422);
        assertThat(Tree.number(served.get(WEB).body(), 0, "spec", "replicas")).isEqualTo(4);
        assertThat(served.patch(WEB, JSON_PATCH, "[{\"op\":\"remove\",\"path\":\"/spec/nothing\"}]")
                        .code())
                .isEqualTo(422);
    }

    @Test
    void anApplyOverAFieldOfAnotherManagerIsAConflictThatNamesItUnlessItIsForced() {
        served.patch(WEB, MERGE, "{\"spec\":{\"replicas\":4}}");
        String config = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 5\n";
        Answer conflict = served.patch(WEB + "?fieldManager=mine", APPLY, config);
        assertThat(conflict.code()).isEqualTo(409);
        assertThat(conflict.text("reason")).isEqualTo("Conflict");
        assertThat(conflict.causes())
                .containsExactly(Trees.of(
                        "reason",
                        "FieldManagerConflict",
                        "message",
                        "conflict with \"tester\"",
                        "field",
                        ".spec.replicas"));
        Answer forced = served.patch(WEB + "?fieldManager=mine&force=true", APPLY, config);
        assertThat(Tree.number(forced.body(), 0, "spec", "replicas")).isEqualTo(5);
        assertThat(served.patch(WEB, APPLY, config).code())
                .as("without a manager")
                .isEqualTo(422);
        Answer made = served.patch(
                MAPS + "/new?fieldManager=mine", APPLY, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: new}\n");
        assertThat(made.code()).isEqualTo(201);
    }

    @Test
    void ofTwoWhoUpdateALeaseTheSecondLoses() {
        Answer made = served.post(LEASES, lease("nobody"));
        Map<String, Object> read = made.body();
        assertThat(served.put(LEASES + "/cnishift", Trees.with(read, "first", "spec", "holderIdentity"))
                        .code())
                .isEqualTo(200);
        Answer second = served.put(LEASES + "/cnishift", Trees.with(read, "second", "spec", "holderIdentity"));
        assertThat(second.code()).isEqualTo(409);
        assertThat(second.text("message"))
                .startsWith("Operation cannot be fulfilled on leases.coordination.k8s.io \"cnishift\": the object has"
                        + " been modified");
        assertThat(served.get(LEASES + "/cnishift").text("spec", "holderIdentity"))
                .isEqualTo("first");
        assertThat(served.put(LEASES + "/cnishift", lease("third")).code())
                .as("without a version")
                .isEqualTo(422);
    }

    @Test
    void ofManyWhoUpdateALeaseAtOnceOneWins() {
        for (int round = 0; round < 20; round++) {
            Map<String, Object> read = round == 0
                    ? served.post(LEASES, lease("nobody")).body()
                    : served.get(LEASES + "/cnishift").body();
            String holder = "holder-" + round + "-";
            List<Map<String, Object>> wishes = IntStream.range(0, 8)
                    .mapToObj(i -> Trees.with(read, holder + i, "spec", "holderIdentity"))
                    .toList();
            assertThat(served.putAtOnce(LEASES + "/cnishift", wishes))
                    .containsOnly(200, 409)
                    .containsOnlyOnce(200);
        }
    }

    @Test
    void aDryRunAnswersAsIfAndStoresNothing() {
        String version = served.get(MAPS).text("metadata", "resourceVersion");
        assertThat(served.post(MAPS + "?dryRun=All", Served.configMap("one", Map.of()))
                        .code())
                .isEqualTo(201);
        assertThat(Tree.number(
                        served.patch(WEB + "?dryRun=All", MERGE, "{\"spec\":{\"replicas\":7}}")
                                .body(),
                        0,
                        "spec",
                        "replicas"))
                .isEqualTo(7);
        served.delete(WEB + "?dryRun=All", "");
        served.delete(WEB, "{\"dryRun\":[\"All\"]}");
        served.patch(
                MAPS + "/two?dryRun=All&fieldManager=mine",
                APPLY,
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: two}\n");
        served.patch(
                "/api/v1/nodes/" + served.get("/api/v1/nodes").names().get(0) + "/status?dryRun=All",
                MERGE,
                "{\"status\":{\"phase\":\"odd\"}}");
        assertThat(served.get(MAPS).text("metadata", "resourceVersion")).isEqualTo(version);
    }

    @Test
    void theStatusIsWrittenByItsOwnPathOnly() {
        String node = "/api/v1/nodes/" + served.get("/api/v1/nodes").names().get(0);
        served.patch(node, MERGE, "{\"status\":{\"phase\":\"odd\"}}");
        assertThat(served.get(node).text("status", "phase")).isEmpty();
        served.patch(node + "/status", MERGE, "{\"status\":{\"phase\":\"odd\"},\"spec\":{\"unschedulable\":true}}");
        assertThat(served.get(node).text("status", "phase")).isEqualTo("odd");
        assertThat(served.get(node).text("spec", "unschedulable")).isEmpty();
    }

    @Test
    void scalesByTheScaleOfAWorkload() {
        Answer scale = served.get(WEB + "/scale");
        assertThat(scale.text("kind")).isEqualTo("Scale");
        served.put(WEB + "/scale", Trees.with(scale.body(), 6, "spec", "replicas"));
        assertThat(served.get(WEB).text("spec", "replicas")).isEqualTo("6");
    }

    @Test
    void aDeletionKeepsToItsPreconditionsAndGrace() {
        String pods = "/api/v1/namespaces/web/pods/";
        String pod = pods + served.get("/api/v1/namespaces/web/pods").names().get(0);
        Answer other = served.delete(pod, "{\"preconditions\":{\"uid\":\"another\"}}");
        assertThat(other.code()).isEqualTo(409);
        assertThat(served.delete(pod, "{\"preconditions\":{\"resourceVersion\":\"0\"}}")
                        .code())
                .isEqualTo(409);
        Answer marked = served.delete(pod, "{\"gracePeriodSeconds\":7}");
        assertThat(marked.text("metadata", "deletionGracePeriodSeconds")).isEqualTo("7");
        assertThat(served.delete(pod, "{\"gracePeriodSeconds\":0}").text("status"))
                .isEqualTo("Success");
        assertThat(served.get(pod).code()).isEqualTo(404);
        assertThat(served.delete(WEB, "{\"propagationPolicy\":\"Orphan\"}").code())
                .isEqualTo(501);
    }

    @Test
    void aBodyOfAnotherPlaceIsRefused() {
        Map<String, Object> elsewhere = Trees.with(Served.configMap("one", Map.of()), "other", "metadata", "namespace");
        assertThat(served.post(MAPS, elsewhere).code()).isEqualTo(400);
        assertThat(served.put(MAPS + "/two", Served.configMap("one", Map.of())).code())
                .isEqualTo(400);
        assertThat(served.post(MAPS, lease("x")).code()).isEqualTo(400);
        assertThat(served.send("POST", MAPS, Served.JSON, "{").code()).isEqualTo(400);
        assertThat(served.patch(WEB, "text/plain", "x").code()).isEqualTo(415);
        assertThat(List.of(served.send("POST", MAPS + "/one", Served.JSON, "{}").code()))
                .containsExactly(405);
    }
}
