package io.cnishift.simulator.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.front.Served.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Discovery, single objects and lists over HTTP. */
final class FrontReadTest {
    private static final String PODS = "/api/v1/pods";
    private static final int CHANGES_KEPT = 20_000;

    private final Served served = new Served();

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void discoversWhatIsServed() {
        assertThat(served.get("/api").text("kind")).isEqualTo("APIVersions");
        List<String> groups = Tree.maps(served.get("/apis").body(), "groups").stream()
                .map(g -> Tree.text(g, "name").orElse(""))
                .toList();
        assertThat(groups)
                .contains("apps", "policy", "crd.k8s.amazonaws.com", "elbv2.k8s.aws")
                .doesNotContain("", "kyverno.io");
        List<Map<String, Object>> core = Tree.maps(served.get("/api/v1").body(), "resources");
        assertThat(core)
                .filteredOn(r -> "pods/eviction".equals(r.get("name")))
                .first()
                .satisfies(r -> assertThat(r).containsEntry("kind", "Eviction").containsEntry("group", "policy"));
        assertThat(served.get("/version").text("minor")).isNotEmpty();
        assertThat(served.get("/healthz").code()).isEqualTo(200);
        assertThat(served.get("/openapi/v3/apis/apps/v1").text("openapi")).isEqualTo("3.0.0");
    }

    @Test
    void aGroupIsServedOnceTheClusterHasADefinitionOfIt() {
        assertThat(served.get("/apis/shop.example/v1/carts").code()).isEqualTo(404);
        served.post(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                Trees.of(
                        "apiVersion",
                        "apiextensions.k8s.io/v1",
                        "kind",
                        "CustomResourceDefinition",
                        "metadata",
                        Map.of("name", "carts.shop.example"),
                        "spec",
                        Trees.of(
                                "group",
                                "shop.example",
                                "scope",
                                "Namespaced",
                                "names",
                                Map.of("kind", "Cart", "plural", "carts"),
                                "versions",
                                List.of(Map.of("name", "v1", "served", true, "storage", true)))));
        assertThat(served.get("/apis/shop.example/v1/carts").text("kind")).isEqualTo("CartList");
    }

    @Test
    void givesOneObject() {
        Answer web = served.get("/apis/apps/v1/namespaces/web/deployments/web");
        assertThat(web.code()).isEqualTo(200);
        assertThat(web.text("metadata", "namespace")).isEqualTo("web");
    }

    @Test
    void pagesAreOfOneTimeWhateverChangesBetweenThem() {
        List<String> before = served.get(PODS).names();
        List<String> read = new ArrayList<>();
        Answer page = served.get(PODS + "?limit=4");
        String version = page.text("metadata", "resourceVersion");
        served.delete("/api/v1/namespaces/web/pods/" + before.get(before.size() - 1) + "?gracePeriodSeconds=0", "");
        while (true) {
            assertThat(page.names()).hasSizeLessThanOrEqualTo(4);
            assertThat(page.text("metadata", "resourceVersion")).isEqualTo(version);
            read.addAll(page.names());
            String next = page.text("metadata", "continue");
            if (next.isEmpty()) {
                break;
            }
            page = served.get(PODS + "?limit=4&continue=" + next);
        }
        assertThat(read).isEqualTo(before);
        assertThat(served.get(PODS).names()).hasSize(before.size() - 1);
    }

    @Test
    void aTokenOlderThanTheChangesThatAreKeptHasExpired() {
        String next = served.get(PODS + "?limit=1").text("metadata", "continue");
        assertThat(served.get(PODS + "?continue=" + next).code()).isEqualTo(200);
        compact();
        Answer answer = served.get(PODS + "?continue=" + next);
        assertThat(answer.code()).isEqualTo(410);
        assertThat(answer.text("reason")).isEqualTo("Expired");
        assertThat(served.get(PODS + "?continue=nonsense").code()).isEqualTo(400);
    }

    /** Changes one object more often than changes are kept. */
    private void compact() {
        served.post("/api/v1/namespaces/web/configmaps", Served.configMap("busy", Map.of()));
        for (int i = 0; i <= CHANGES_KEPT; i++) {
            String count = String.valueOf(i);
            served.world.store().update("ConfigMap", "web", "busy", "test", o -> Trees.with(o, count, "data", "count"));
        }
    }

    @Test
    void selectsByLabels() {
        String nodes = "/api/v1/nodes?labelSelector=";
        List<String> all = served.get("/api/v1/nodes").names();
        served.patch(
                "/api/v1/nodes/" + all.get(0),
                Served.MERGE,
                "{\"metadata\":{\"labels\":{\"side\":\"old\",\"a\":\"1\"}}}");
        served.patch("/api/v1/nodes/" + all.get(1), Served.MERGE, "{\"metadata\":{\"labels\":{\"side\":\"new\"}}}");
        assertThat(served.get(nodes + "side=old").names()).containsExactly(all.get(0));
        assertThat(served.get(nodes + "side==old,a=1").names()).containsExactly(all.get(0));
        assertThat(served.get(nodes + "side!=old").names()).containsExactly(all.get(1), all.get(2));
        assertThat(served.get(nodes + "side in (old, new)").names()).hasSize(2);
        assertThat(served.get(nodes + "side notin (old,new)").names()).containsExactly(all.get(2));
        assertThat(served.get(nodes + "side").names()).hasSize(2);
        assertThat(served.get(nodes + "!side").names()).containsExactly(all.get(2));
        assertThat(served.get(nodes + "side in old").code()).isEqualTo(400);
    }

    @Test
    void selectsByFields() {
        Map<String, Object> pod = Tree.maps(served.get(PODS).body(), "items").get(0);
        String node = Tree.text(pod, "spec", "nodeName").orElseThrow();
        String name = Tree.text(pod, "metadata", "name").orElseThrow();
        List<Map<String, Object>> onNode = Tree.maps(
                served.get(PODS + "?fieldSelector=spec.nodeName=" + node).body(), "items");
        assertThat(onNode)
                .isNotEmpty()
                .allSatisfy(p -> assertThat(Tree.text(p, "spec", "nodeName")).hasValue(node));
        assertThat(served.get(PODS + "?fieldSelector=metadata.name=" + name).names())
                .containsExactly(name);
        assertThat(served.get(PODS + "?fieldSelector=metadata.namespace=web,status.phase!=Running")
                        .names())
                .isEmpty();
        Answer unknown = served.get(PODS + "?fieldSelector=spec.colour=red");
        assertThat(unknown.code()).isEqualTo(400);
        assertThat(unknown.text("message")).contains("field label not supported: spec.colour");
    }

    @Test
    void aListKeepsToItsNamespace() {
        assertThat(new TreeSet<>(served.get("/api/v1/namespaces/web/services").names()))
                .isSubsetOf(served.get("/api/v1/services").names())
                .hasSizeLessThan(served.get("/api/v1/services").names().size());
        assertThat(served.get("/api/v1/namespaces/nowhere/pods").names()).isEmpty();
    }

    @Test
    void showsTablesToThoseWhoWantThem() {
        Answer pods = served.table("/api/v1/namespaces/web/pods?limit=1");
        assertThat(pods.text("kind")).isEqualTo("Table");
        assertThat(Tree.maps(pods.body(), "columnDefinitions"))
                .extracting(c -> c.get("name"))
                .containsExactly("Name", "Ready", "Status", "Restarts", "Age", "IP", "Node");
        Map<String, Object> row = Tree.maps(pods.body(), "rows").get(0);
        assertThat(Tree.list(row, "cells").subList(1, 4)).containsExactly("1/1", "Running", 0);
        assertThat(Tree.text(row, "object", "metadata", "namespace")).hasValue("web");
        assertThat(pods.text("metadata", "continue")).isNotEmpty();
        String node = "/api/v1/nodes/" + served.get("/api/v1/nodes").names().get(0);
        served.patch(node, Served.MERGE, "{\"spec\":{\"unschedulable\":true}}");
        assertThat(Tree.list(Tree.maps(served.table(node).body(), "rows").get(0), "cells")
                        .get(1))
                .isEqualTo("Ready,SchedulingDisabled");
        assertThat(served.accepting("application/vnd.kubernetes.protobuf", PODS).code())
                .isEqualTo(406);
    }

    @Test
    void saysWhatItDoesNotModel() {
        String pod = served.get("/api/v1/namespaces/web/pods").names().get(0);
        Answer log = served.get("/api/v1/namespaces/web/pods/" + pod + "/log");
        assertThat(log.code()).isEqualTo(501);
        assertThat(log.text("message")).isEqualTo("the simulator does not model pods/log");
        assertThat(served.get("/apis/metrics.k8s.io/v1beta1/nodes").code()).isEqualTo(404);
        assertThat(served.get("/api/v1/podtemplates").text("reason")).isEqualTo("NotFound");
    }
}
