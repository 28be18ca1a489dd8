package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.ControlPlaneCall;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.MetaTrees.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the control plane calls, as the objects that make it do so. */
final class CallTrees {

    private CallTrees() {}

    static List<Map<String, Object>> trees(List<ControlPlaneCall> calls, Instant created) {
        Map<String, List<ControlPlaneCall>> configurations = new LinkedHashMap<>();
        List<Map<String, Object>> trees = new ArrayList<>();
        for (ControlPlaneCall call : calls) {
            switch (call.kind()) {
                case VALIDATING, MUTATING ->
                    configurations
                            .computeIfAbsent(call.kind() + " " + configuration(call), k -> new ArrayList<>())
                            .add(call);
                case API_SERVICE -> trees.add(apiService(call, created));
                case CONVERSION -> trees.add(definition(call, created));
            }
        }
        configurations.values().forEach(hooks -> trees.add(webhooks(hooks, created)));
        return trees;
    }

    private static String configuration(ControlPlaneCall call) {
        return call.name().substring(0, Math.max(0, call.name().indexOf('/')));
    }

    private static Map<String, Object> webhooks(List<ControlPlaneCall> hooks, Instant created) {
        ControlPlaneCall first = hooks.get(0);
        String kind = first.kind() == ControlPlaneCall.Kind.MUTATING
                ? "MutatingWebhookConfiguration"
                : "ValidatingWebhookConfiguration";
        Map<String, Object> tree = named("admissionregistration.k8s.io/v1", kind, configuration(first), created);
        return Trees.with(tree, hooks.stream().map(CallTrees::webhook).toList(), "webhooks");
    }

    private static Map<String, Object> webhook(ControlPlaneCall call) {
        return Trees.of(
                "name",
                call.name().substring(call.name().indexOf('/') + 1),
                "clientConfig",
                client(call),
                "failurePolicy",
                call.failClosed() ? "Fail" : "Ignore",
                "timeoutSeconds",
                call.timeoutSeconds(),
                "sideEffects",
                "None",
                "namespaceSelector",
                Trees.canonical(call.namespaceSelector()),
                "rules",
                call.rules().stream()
                        .map(r -> Trees.of(
                                "apiGroups", r.groups(),
                                "apiVersions", List.of("*"),
                                "resources", r.resources(),
                                "operations", r.operations()))
                        .toList());
    }

    private static Map<String, Object> client(ControlPlaneCall call) {
        return Trees.of(
                "service",
                call.service().map(s -> service(s, call.port())).orElse(null),
                "url",
                call.url().orElse(null));
    }

    private static Map<String, Object> service(String name, int port) {
        int slash = name.indexOf('/');
        return Trees.of("namespace", name.substring(0, slash), "name", name.substring(slash + 1), "port", port);
    }

    private static Map<String, Object> apiService(ControlPlaneCall call, Instant created) {
        Map<String, Object> tree = named("apiregistration.k8s.io/v1", "APIService", call.name(), created);
        int dot = call.name().indexOf('.');
        tree = Trees.with(
                tree,
                Trees.of(
                        "version", call.name().substring(0, Math.max(0, dot)),
                        "group", call.name().substring(dot + 1),
                        "service",
                                call.service().map(s -> service(s, call.port())).orElse(null)),
                "spec");
        Map<String, Object> available = Trees.of("type", "Available", "status", call.available() ? "True" : "False");
        return Trees.with(tree, List.of(available), "status", "conditions");
    }

    private static Map<String, Object> definition(ControlPlaneCall call, Instant created) {
        Map<String, Object> tree = named("apiextensions.k8s.io/v1", "CustomResourceDefinition", call.name(), created);
        int dot = call.name().indexOf('.');
        return Trees.with(
                tree,
                Trees.of(
                        "group", call.name().substring(dot + 1),
                        "names", Trees.of("plural", call.name().substring(0, Math.max(0, dot))),
                        "conversion",
                                Trees.of("strategy", "Webhook", "webhook", Trees.of("clientConfig", client(call)))),
                "spec");
    }

    private static Map<String, Object> named(String api, String kind, String name, Instant created) {
        return MetaTrees.object(api, kind, new Identity("", name, "", "", created), Map.of());
    }
}
