package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.PatchObject;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Patches of an Ingress whose requests are shared. */
final class TargetActionTest {

    private static final String KEY = "alb.ingress.kubernetes.io/actions.web";
    private static final TargetFront FRONT =
            new TargetFront("shop/shop", "web", "http", "cnishift-web-1", "arn:like", "ip", List.of("sg-1"));

    private static Map<String, Object> path(String path, String service, String port) {
        return Map.of(
                "path",
                path,
                "pathType",
                "Prefix",
                "backend",
                Map.of("service", Map.of("name", service, "port", Map.of("name", port))));
    }

    private static Map<String, Object> tree(Map<String, Object> annotations, List<Map<String, Object>> paths) {
        return Map.of(
                "metadata",
                Map.of("namespace", "shop", "name", "shop", "resourceVersion", "7", "annotations", annotations),
                "spec",
                Map.of("rules", List.of(Map.of("host", "shop.example", "http", Map.of("paths", paths)))));
    }

    private static TargetAction action(Map<String, Object> tree) {
        return new TargetAction(KubeProjection.ingress(tree), Map.of("arn:green", FRONT));
    }

    private static List<Ingress.Rule> rules(PatchObject patch) {
        return KubeProjection.ingress(patch.patch()).rules();
    }

    @Test
    void theRuleLeadsToAnActionOfTheServicesName() {
        PatchObject patch = action(tree(Map.of(), List.of(path("/", "web", "http"), path("/api", "api", "http"))))
                .towards(5)
                .orElseThrow();

        assertThat(Tree.text(patch.patch(), "metadata", "annotations", KEY))
                .contains(
                        "{\"type\":\"forward\",\"forwardConfig\":{\"targetGroups\":[{\"serviceName\":\"web\",\"servicePort\":\"http\","
                                + "\"weight\":95},{\"targetGroupARN\":\"arn:green\",\"weight\":5}]}}");
        assertThat(rules(patch))
                .extracting(r -> r.host() + r.path() + " " + r.service() + ":" + r.port())
                .containsExactly("shop.example/ web:use-annotation", "shop.example/api api:http");
        assertThat(patch.resourceVersion()).contains("7");
    }

    @Test
    void whatIsThereIsNotWrittenAgain() {
        Map<String, Object> shared = shared(25);

        assertThat(action(shared).attached()).isTrue();
        assertThat(action(shared).towards(25)).isEmpty();
        assertThat(rules(action(shared).towards(50).orElseThrow())).isEmpty();
    }

    private static Map<String, Object> shared(int percent) {
        PatchObject patch = action(tree(Map.of(), List.of(path("/", "web", "http"))))
                .towards(percent)
                .orElseThrow();
        return tree(Tree.map(patch.patch(), "metadata", "annotations"), List.of(path("/", "web", "use-annotation")));
    }

    @Test
    void anActionOfSomebodyElseIsNotTakenForOurs() {
        assertThat(action(tree(Map.of(KEY, "{}"), List.of(path("/", "web", "use-annotation"))))
                        .attached())
                .isFalse();
    }

    @Test
    void restoredItHasTheRulesOfBefore() {
        Map<String, Object> before = tree(Map.of("a", "b"), List.of(path("/", "web", "http")));

        PatchObject patch = action(shared(5)).restored(before).orElseThrow();

        assertThat(Tree.map(patch.patch(), "metadata", "annotations")).containsOnlyKeys(KEY);
        assertThat(rules(patch)).isEqualTo(KubeProjection.ingress(before).rules());
        assertThat(action(before).restored(before)).isEmpty();
    }

    @Test
    void aPathThatSomebodyAddedMeanwhileStays() {
        Map<String, Object> before = tree(Map.of(), List.of(path("/", "web", "http")));
        Map<String, Object> now = new LinkedHashMap<>(shared(5));
        List<Map<String, Object>> paths =
                new ArrayList<>(List.of(path("/", "web", "use-annotation"), path("/new", "new", "http")));
        now.put("spec", tree(Map.of(), paths).get("spec"));

        assertThat(rules(action(now).restored(before).orElseThrow()))
                .extracting(r -> r.path() + " " + r.service() + ":" + r.port())
                .containsExactly("/ web:http", "/new new:http");
    }

    @Test
    void aShareOfBeforeIsRestoredWithoutTouchingTheRules() {
        PatchObject patch = action(shared(50)).restored(shared(25)).orElseThrow();

        assertThat(patch.patch()).doesNotContainKey("spec");
        assertThat(Tree.text(patch.patch(), "metadata", "annotations", KEY))
                .hasValueSatisfying(value -> assertThat(value).contains("\"weight\":25"));
    }
}
