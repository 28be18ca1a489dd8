package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.step.DecoupleIngress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs the step against a small load balancer controller: objects as trees, target groups that become healthy later. */
final class DecoupleIngressTest {

    private static final DecoupleIngress PARAMS = new DecoupleIngress("web", "site", List.of("api", "shop"));
    private static final String TYPE = "alb.ingress.kubernetes.io/target-type";

    private final DecoupleIngressHandler handler = new DecoupleIngressHandler();
    private final FakeProgress progress = new FakeProgress();
    private final Scene scene =
            Scene.of(Make.node("n1").build(), Make.node("n2").build());
    private final Map<String, Map<String, Object>> services = new LinkedHashMap<>();
    private final Map<String, Boolean> healthy = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private Map<String, Object> ingress = Map.of(
            "kind",
            "Ingress",
            "metadata",
            Map.of("namespace", "web", "name", "site", "resourceVersion", "1", "annotations", Map.of(TYPE, "ip")),
            "spec",
            Map.of(
                    "ingressClassName",
                    "alb",
                    "rules",
                    List.of(
                            rule("a.example", "/", "api", Map.of("number", 80L)),
                            rule("a.example", "/shop", "shop", Map.of("name", "http")))));

    DecoupleIngressTest() {
        services.put("web/api", service("api", "ClusterIP", Map.of()));
        services.put(
                "web/shop", service("shop", "ClusterIP", Map.of("alb.ingress.kubernetes.io/healthcheck-path", "/h")));
        reconcile();
        healthy.replaceAll((k, v) -> true);
        reconcile();
    }

    private static Map<String, Object> rule(String host, String path, String service, Map<String, Object> port) {
        Map<String, Object> backend = Map.of("service", Map.of("name", service, "port", port));
        return Map.of(
                "host",
                host,
                "http",
                Map.of("paths", List.of(Map.of("path", path, "pathType", "Prefix", "backend", backend))));
    }

    private static Map<String, Object> service(String name, String type, Map<String, Object> annotations) {
        return Map.of(
                "kind",
                "Service",
                "metadata",
                Map.of("namespace", "web", "name", name, "annotations", annotations),
                "spec",
                Map.of(
                        "type",
                        type,
                        "selector",
                        Map.of("app", name),
                        "ports",
                        List.of(Map.of("name", "http", "port", 80))));
    }

    /** What the controller makes of the objects: target groups by Service and type, rules with weights. */
    private void reconcile() {
        Ingress now = KubeProjection.ingress(ingress);
        scene.with(now);
        scene.view().services().stream()
                .map(Service::key)
                .filter(k -> !services.containsKey(k))
                .toList()
                .forEach(k -> scene.without(Part.SERVICES, k));
        services.values().forEach(tree -> scene.with(KubeProjection.service(tree)));
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (Ingress.Rule rule : now.rules()) {
            if (!rule.port().equals("use-annotation")) {
                weights.put("web/" + rule.service(), 1);
            } else {
                String action = now.annotations().get("alb.ingress.kubernetes.io/actions." + rule.service());
                weights.put(
                        "web/" + rule.service(),
                        action.contains("\"" + rule.service() + "\",\"servicePort\":" + port(rule) + ",\"weight\":100")
                                ? 100
                                : 0);
                weights.put("web/" + rule.service() + "-cnishift", action.endsWith("100}]}}") ? 100 : 0);
            }
        }
        Map<String, Boolean> wanted = new LinkedHashMap<>();
        List<LoadBalancer.Weighted> forward = new ArrayList<>();
        weights.forEach((key, weight) -> {
            Service service = KubeProjection.service(services.get(key));
            String type = service.annotations().getOrDefault(TYPE, "ip");
            wanted.put(key + "|" + type, false);
            forward.add(new LoadBalancer.Weighted(key + "|" + type, weight));
        });
        healthy.keySet().retainAll(wanted.keySet());
        wanted.keySet().forEach(k -> healthy.putIfAbsent(k, false));
        scene.view().all(Part.TARGET_GROUPS, io.cnishift.api.cluster.TargetGroup.class).stream()
                .map(t -> t.arn())
                .filter(arn -> !wanted.containsKey(arn))
                .toList()
                .forEach(arn -> scene.without(Part.TARGET_GROUPS, arn));
        healthy.forEach((arn, ok) -> {
            String health = ok ? "healthy" : "initial";
            String[] parts = arn.split("\\|", -1);
            scene.with(Make.targets(arn, parts[1], parts[0], "i-n1=" + health, "i-n2=" + health));
        });
        forward.forEach(w -> assertThat(w.weight() == 0 || healthy.get(w.targetGroup()) || log.isEmpty())
                .as("traffic to %s after %s", w, log)
                .isTrue());
        scene.with(new LoadBalancer(
                "lb",
                "lb",
                "application",
                "internal",
                List.of(),
                List.of(),
                List.of(new LoadBalancer.Listener(80, "HTTP", List.of(new LoadBalancer.Rule("path=/", forward)))),
                Map.of()));
    }

    private static String port(Ingress.Rule rule) {
        return rule.service().equals("api") ? "80" : "\"http\"";
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> merged(Map<String, Object> into, Map<String, Object> patch) {
        Map<String, Object> result = Tree.mutable(into);
        patch.forEach((k, v) -> {
            if (v == null) {
                result.remove(k);
            } else if (v instanceof Map<?, ?> map) {
                Object old = result.getOrDefault(k, Map.of());
                result.put(k, merged(old instanceof Map<?, ?> m ? (Map<String, Object>) m : Map.of(), (Map<
                                String, Object>)
                        map));
            } else {
                result.put(k, v);
            }
        });
        return result;
    }

    private void perform(Act act, boolean recorded) {
        Map<String, Object> before = Map.of();
        if (act instanceof ApplyObject apply) {
            services.put("web/" + Tree.text(apply.object(), "metadata", "name").orElseThrow(), apply.object());
        } else if (act instanceof DeleteObject delete) {
            before = services.remove("web/" + delete.object().name());
        } else {
            PatchObject patch = (PatchObject) act;
            if (patch.object().kind().equals("Ingress")) {
                before = ingress;
                ingress = merged(ingress, patch.patch());
                assertThat(Tree.map(ingress, "spec", "defaultBackend", "service", "port"))
                        .as("the API server refuses a backend with both kinds of port")
                        .hasSizeLessThan(2);
            } else {
                String key = "web/" + patch.object().name();
                before = services.get(key);
                services.put(key, merged(before, patch.patch()));
            }
        }
        log.add(act.target());
        if (recorded) {
            progress.did(act, before);
        } else {
            progress.lost(act, before);
        }
        reconcile();
    }

    private String run(boolean back, boolean recorded) {
        for (int i = 0; i < 500; i++) {
            StepOutcome outcome =
                    back ? handler.back(scene.view(), PARAMS, progress) : handler.next(scene.view(), PARAMS, progress);
            if (outcome instanceof StepOutcome.Done done) {
                return done.detail();
            }
            if (outcome instanceof StepOutcome.Perform perform) {
                perform.acts().forEach(act -> perform(act, recorded));
            } else {
                Scene.waiting(outcome);
                progress.later(10);
                healthy.replaceAll((k, v) -> true);
                reconcile();
            }
        }
        throw new AssertionError("no end after " + log);
    }

    @Test
    void movesTwoServicesWithoutAGapAndLeavesTheRulesAsTheyWere() {
        Map<String, Object> before = ingress;
        assertThat(run(false, true)).isEqualTo("2 Services of Ingress web/site with instance targets");
        assertThat(ingress).isEqualTo(before);
        assertThat(services).containsOnlyKeys("web/api", "web/shop");
        assertThat(KubeProjection.service(services.get("web/api")).type()).isEqualTo("NodePort");
        assertThat(healthy).containsOnlyKeys("web/api|instance", "web/shop|instance");
        int acts = log.size();
        assertThat(run(false, true)).isNotEmpty();
        assertThat(log).hasSize(acts);
    }

    @Test
    void movesTheServiceOfADefaultBackendThereAndBack() {
        Map<String, Object> fallback = Map.of("service", Map.of("name", "api", "port", Map.of("number", 80L)));
        ingress = merged(ingress, Map.of("spec", Map.of("defaultBackend", fallback)));
        Map<String, Object> before = ingress;
        run(false, true);
        assertThat(ingress).isEqualTo(before);
        progress.later(3600).turnedBack();
        run(true, true);
        assertThat(ingress).isEqualTo(before);
    }

    @Test
    void refusesToWriteRulesWithABackendThatIsNoService() {
        scene.with(Make.ingress(
                "web",
                "site",
                Map.of(),
                List.of(
                        new Ingress.Rule("h", "/", "Prefix", "api", "80"),
                        new Ingress.Rule("h", "/x", "Prefix", "", ""))));
        assertThat(Scene.failed(handler.next(scene.view(), PARAMS, progress))).contains("backend that is no Service");
        assertThat(Scene.failed(handler.back(scene.view(), PARAMS, progress))).contains("backend that is no Service");
    }

    @Test
    void refusesAServiceThatAnotherIngressOfTheControllerLeadsToAsWell() {
        List<Ingress.Rule> rules = List.of(new Ingress.Rule("h", "/", "Prefix", "shop", "80"));
        scene.with(Make.ingress("other", "site", Map.of(TYPE, "ip"), rules), ofNginx(rules));
        Scene.acts(handler.next(scene.view(), PARAMS, progress));
        scene.with(Make.ingress("web", "second", Map.of(TYPE, "ip"), rules));
        assertThat(Scene.failed(handler.next(scene.view(), PARAMS, progress)))
                .contains("web/site shares a Service with Ingress web/second");
    }

    private static Ingress ofNginx(List<Ingress.Rule> rules) {
        Map<String, Object> meta = Map.of("namespace", "web", "name", "plain");
        Ingress plain = KubeProjection.ingress(
                Map.of("kind", "Ingress", "metadata", meta, "spec", Map.of("ingressClassName", "nginx")));
        return new Ingress(
                plain.namespace(),
                plain.name(),
                plain.uid(),
                plain.resourceVersion(),
                plain.ingressClass(),
                rules,
                plain.loadBalancer(),
                plain.labels(),
                plain.annotations(),
                plain.owner(),
                plain.terminating());
    }

    @Test
    void goesOnWhenNoOutcomeWasEverWrittenDown() {
        Map<String, Object> before = ingress;
        run(false, false);
        assertThat(ingress).isEqualTo(before);
    }

    @Test
    void goesBackWithoutAGap() {
        Map<String, Object> api = services.get("web/api");
        Map<String, Object> shop = services.get("web/shop");
        Map<String, Object> rules = ingress;
        run(false, true);
        progress.later(3600).turnedBack();
        assertThat(run(true, true)).isEqualTo("2 Services of Ingress web/site with ip targets");
        assertThat(ingress).isEqualTo(rules);
        assertThat(services.get("web/shop")).isEqualTo(shop);
        assertThat(Trees.same(Tree.map(services.get("web/api"), "spec"), Tree.map(api, "spec")))
                .isTrue();
        assertThat(healthy).containsOnlyKeys("web/api|ip", "web/shop|ip");
    }

    @Test
    void goesBackFromEveryPlaceOnTheWay() {
        for (int stop = 1; stop < 14; stop++) {
            DecoupleIngressTest other = new DecoupleIngressTest();
            Map<String, Object> rules = other.ingress;
            for (int i = 0; other.log.size() < stop && i < 500; i++) {
                StepOutcome outcome = other.handler.next(other.scene.view(), PARAMS, other.progress);
                if (outcome instanceof StepOutcome.Perform perform) {
                    other.perform(perform.acts().get(0), stop % 2 == 0);
                } else {
                    other.progress.later(10);
                    other.healthy.replaceAll((k, v) -> true);
                    other.reconcile();
                }
            }
            other.progress.later(60).turnedBack();
            other.run(true, true);
            assertThat(other.ingress).as("after %s acts", stop).isEqualTo(rules);
            assertThat(other.healthy).containsOnlyKeys("web/api|ip", "web/shop|ip");
        }
    }

    @Test
    void copiesTheHealthCheckToTheSecondService() {
        List<Act> acts = Scene.acts(handler.next(scene.view(), PARAMS, progress));
        ApplyObject shop = (ApplyObject) acts.get(1);
        assertThat(Tree.strings(shop.object(), "metadata", "annotations"))
                .containsEntry("alb.ingress.kubernetes.io/healthcheck-path", "/h")
                .containsEntry(TYPE, "instance");
        assertThat(Tree.text(shop.object(), "spec", "type")).contains("NodePort");
    }

    @Test
    void hasNothingToDoWithoutIpTargets() {
        services.replaceAll((k, v) -> merged(v, Map.of("metadata", Map.of("annotations", Map.of(TYPE, "instance")))));
        reconcile();
        assertThat(Scene.done(handler.next(scene.view(), PARAMS, progress))).isNotEmpty();
    }

    @Test
    void leavesTrafficWhereItIsWhenTheSecondTargetsStaySick() {
        for (int i = 0; i < 2; i++) {
            Scene.acts(handler.next(scene.view(), PARAMS, progress)).forEach(a -> perform(a, true));
        }
        assertThat(Scene.waiting(handler.next(scene.view(), PARAMS, progress))).contains("0 of 2 targets healthy");
        progress.later(901);
        assertThat(Scene.blocked(handler.next(scene.view(), PARAMS, progress)))
                .startsWith("STEP-TARGETS-UNHEALTHY Service web/api-cnishift");
    }

    @Test
    void refusesTwoPortsOfOneService() {
        scene.with(Make.ingress(
                "web",
                "site",
                Map.of(),
                List.of(
                        new Ingress.Rule("h", "/", "Prefix", "api", "80"),
                        new Ingress.Rule("h", "/x", "Prefix", "api", "81"))));
        assertThat(Scene.failed(handler.next(scene.view(), PARAMS, progress))).contains("several ports of Service api");
    }

    @Test
    void keepsARuleThatSomebodyAddedMeanwhile() {
        Scene.acts(handler.next(scene.view(), PARAMS, progress)).forEach(a -> perform(a, true));
        Scene.acts(handler.next(scene.view(), PARAMS, progress)).forEach(a -> perform(a, true));
        List<Object> rules = new ArrayList<>(Tree.list(ingress, "spec", "rules"));
        services.put("web/new", service("new", "NodePort", Map.of(TYPE, "instance")));
        rules.add(rule("b.example", "/", "new", Map.of("number", 80L)));
        ingress = merged(ingress, Map.of("spec", Map.of("rules", rules)));
        healthy.put("web/new|instance", true);
        reconcile();
        run(false, true);
        assertThat(KubeProjection.ingress(ingress).rules())
                .extracting(Ingress.Rule::service)
                .containsExactly("api", "shop", "new");
        assertThat(KubeProjection.ingress(ingress).rules())
                .extracting(Ingress.Rule::port)
                .containsExactly("80", "http", "80");
    }
}
