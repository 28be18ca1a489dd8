package io.cnishift.simulator.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.front.Served.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is refused is refused with the Status that a real server gives. */
final class FrontRefusalTest {
    private static final String PODS = "/api/v1/namespaces/web/pods";
    private static final String MAPS = "/api/v1/namespaces/web/configmaps";

    private final Served served = new Served();

    @AfterEach
    void close() {
        served.close();
    }

    private String pod(String app) {
        return Tree.maps(served.get(PODS + "?labelSelector=app=" + app).body(), "items").stream()
                .map(p -> Tree.text(p, "metadata", "name").orElse(""))
                .findFirst()
                .orElseThrow();
    }

    private Answer evict(String pod, String more) {
        Map<String, Object> eviction = Trees.of(
                "apiVersion", "policy/v1", "kind", "Eviction", "metadata", Map.of("name", pod, "namespace", "web"));
        return served.post(PODS + "/" + pod + "/eviction" + more, eviction);
    }

    private void budgets(String... names) {
        served.world.workload("Deployment", "shop", Map.of("replicas", 2));
        served.clock("POST", "?advance=2m", Served.TOKEN);
        for (String name : names) {
            served.world.budget(name, "shop", Map.of("minAvailable", 2));
        }
    }

    @Test
    void anEvictionThatABudgetDoesNotAllowIs429WithItsCause() {
        budgets("strict");
        served.clock("POST", "?advance=10s", Served.TOKEN);
        Answer refused = evict(pod("shop"), "");
        assertThat(refused.code()).isEqualTo(429);
        assertThat(refused.text("reason")).isEqualTo("TooManyRequests");
        assertThat(refused.text("message"))
                .isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
        assertThat(refused.causes())
                .containsExactly(Trees.of(
                        "reason",
                        "DisruptionBudget",
                        "message",
                        "The disruption budget strict needs 2 healthy pods and has 2 currently"));
        assertThat(refused.headers()).doesNotContainKey("retry-after");
    }

    @Test
    void aBudgetThatIsNotCountedYetAsksToTryAgain() {
        budgets("fresh");
        Answer refused = evict(pod("shop"), "");
        assertThat(refused.code()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("retry-after", List.of("10"));
        assertThat(Tree.number(refused.body(), 0, "details", "retryAfterSeconds"))
                .isEqualTo(10);
        assertThat(refused.causes().get(0).get("message"))
                .isEqualTo("The disruption budget fresh is still being processed by the server.");
    }

    @Test
    void twoBudgetsAreAnInternalError() {
        budgets("one", "two");
        Answer refused = evict(pod("shop"), "");
        assertThat(refused.code()).isEqualTo(500);
        assertThat(refused.text("reason")).isEqualTo("InternalError");
        assertThat(refused.text("message")).startsWith("This pod has more than one PodDisruptionBudget");
    }

    @Test
    void anEvictionFromANamespaceThatGoesIsForbiddenForThatCause() {
        String pod = pod("web");
        served.delete("/api/v1/namespaces/web", "");
        Answer refused = evict(pod, "");
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.text("message"))
                .isEqualTo("pods \"" + pod + "\" is forbidden: unable to create new content in namespace web because it"
                        + " is being terminated");
        assertThat(refused.causes()).extracting(c -> c.get("reason")).containsExactly("NamespaceTerminating");
    }

    @Test
    void aPatchOfAnotherUidWouldChangeWhatCannotChange() {
        String pod = pod("web");
        Answer refused = served.patch(
                PODS + "/" + pod, Served.MERGE, "{\"metadata\":{\"uid\":\"another\",\"labels\":{\"a\":\"b\"}}}");
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.text("reason")).isEqualTo("Invalid");
        assertThat(refused.causes()).extracting(c -> c.get("field")).containsExactly("metadata.uid");
    }

    @Test
    void anEvictionThatNothingHindersHappensOnce() {
        String pod = pod("web");
        assertThat(evict(pod, "?dryRun=All").code()).isEqualTo(201);
        assertThat(served.get(PODS + "/" + pod).text("metadata", "deletionTimestamp"))
                .isEmpty();
        assertThat(evict(pod, "").code()).isEqualTo(201);
        assertThat(served.get(PODS + "/" + pod).text("metadata", "deletionTimestamp"))
                .isNotEmpty();
        assertThat(evict("nobody", "").code()).isEqualTo(404);
    }

    @Test
    void whatThereIsNotIsNotFound() {
        Answer answer = served.get("/apis/apps/v1/namespaces/web/deployments/none");
        assertThat(answer.code()).isEqualTo(404);
        assertThat(answer.text("message")).isEqualTo("deployments.apps \"none\" not found");
        assertThat(answer.text("details", "kind")).isEqualTo("deployments");
        assertThat(answer.text("details", "group")).isEqualTo("apps");
        assertThat(answer.text("details", "name")).isEqualTo("none");
        Answer namespace = served.post("/api/v1/namespaces/nowhere/configmaps", Served.configMap("a", Map.of()));
        assertThat(namespace.code()).isEqualTo(404);
        assertThat(namespace.text("message")).isEqualTo("namespaces \"nowhere\" not found");
    }

    @Test
    void whatThereIsExistsAlready() {
        served.post(MAPS, Served.configMap("one", Map.of()));
        Answer answer = served.post(MAPS, Served.configMap("one", Map.of()));
        assertThat(answer.code()).isEqualTo(409);
        assertThat(answer.text("reason")).isEqualTo("AlreadyExists");
        assertThat(answer.text("message")).isEqualTo("configmaps \"one\" already exists");
    }

    @Test
    void whatCannotBeIsInvalid() {
        Answer selector = served.patch(
                "/apis/apps/v1/namespaces/web/deployments/web",
                Served.MERGE,
                "{\"spec\":{\"selector\":{\"matchLabels\":{\"x\":\"y\"}}}}");
        assertThat(selector.code()).isEqualTo(422);
        assertThat(selector.text("reason")).isEqualTo("Invalid");
        assertThat(selector.text("message"))
                .isEqualTo("Deployment.apps \"web\" is invalid: spec.selector: field is immutable");
        assertThat(served.post(MAPS, Served.configMap("No_Name", Map.of())).code())
                .isEqualTo(422);
    }

    @Test
    void aPodAgainstTheSecurityOfItsNamespaceIsForbidden() {
        served.patch(
                "/api/v1/namespaces/web",
                Served.MERGE,
                "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/enforce\":\"baseline\"}}}");
        Answer answer = served.post(
                PODS,
                Trees.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Pod",
                        "metadata",
                        Map.of("name", "host"),
                        "spec",
                        Map.of("hostNetwork", true, "containers", List.of(Map.of("name", "a", "image", "a:1")))));
        assertThat(answer.code()).isEqualTo(403);
        assertThat(answer.text("reason")).isEqualTo("Forbidden");
        assertThat(answer.text("message")).startsWith("pods \"host\" is forbidden: violates PodSecurity");
    }

    @Test
    void nothingIsCreatedInANamespaceThatEnds() {
        served.delete("/api/v1/namespaces/web", "");
        Answer answer = served.post(MAPS, Served.configMap("late", Map.of()));
        assertThat(answer.code()).isEqualTo(403);
        assertThat(answer.text("reason")).isEqualTo("Forbidden");
    }
}
