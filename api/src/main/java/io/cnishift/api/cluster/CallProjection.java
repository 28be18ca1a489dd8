package io.cnishift.api.cluster;

import io.cnishift.api.cluster.ControlPlaneCall.Kind;
import io.cnishift.api.cluster.ControlPlaneCall.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the control plane calls: webhooks, aggregated APIs, conversion webhooks. */
final class CallProjection {
    private static final int HTTPS = 443;
    private static final int WEBHOOK_TIMEOUT = 10;
    /** The API server's own limit for aggregated APIs and conversions, which have none to set. */
    private static final int FIXED_TIMEOUT = 30;

    private CallProjection() {}

    static List<ControlPlaneCall> calls(Map<String, ?> tree) {
        return switch (Tree.text(tree, "kind").orElse("")) {
            case "ValidatingWebhookConfiguration" -> webhooks(tree, Kind.VALIDATING);
            case "MutatingWebhookConfiguration" -> webhooks(tree, Kind.MUTATING);
            case "APIService" -> aggregated(tree);
            case "CustomResourceDefinition" -> conversion(tree);
            default -> List.of();
        };
    }

    private static List<ControlPlaneCall> webhooks(Map<String, ?> tree, Kind kind) {
        return Tree.maps(tree, "webhooks").stream()
                .map(w -> new ControlPlaneCall(
                        kind,
                        Meta.name(tree) + "/" + Tree.text(w, "name").orElse(""),
                        service(Tree.map(w, "clientConfig", "service")),
                        (int) Tree.number(w, HTTPS, "clientConfig", "service", "port"),
                        Tree.text(w, "clientConfig", "url"),
                        !Tree.text(w, "failurePolicy").filter("Ignore"::equals).isPresent(),
                        (int) Tree.number(w, WEBHOOK_TIMEOUT, "timeoutSeconds"),
                        Tree.maps(w, "rules").stream().map(CallProjection::rule).toList(),
                        Tree.map(w, "namespaceSelector"),
                        false))
                .toList();
    }

    private static Rule rule(Map<String, Object> rule) {
        return new Rule(Tree.texts(rule, "apiGroups"), Tree.texts(rule, "resources"), Tree.texts(rule, "operations"));
    }

    private static List<ControlPlaneCall> aggregated(Map<String, ?> tree) {
        Map<String, Object> service = Tree.map(tree, "spec", "service");
        // without a service the API server answers itself
        return service.isEmpty()
                ? List.of()
                : List.of(new ControlPlaneCall(
                        Kind.API_SERVICE,
                        Meta.name(tree),
                        service(service),
                        (int) Tree.number(service, HTTPS, "port"),
                        Optional.empty(),
                        true,
                        FIXED_TIMEOUT,
                        List.of(),
                        Map.of(),
                        Conditions.holds(tree, "Available")));
    }

    private static List<ControlPlaneCall> conversion(Map<String, ?> tree) {
        Map<String, Object> client = Tree.map(tree, "spec", "conversion", "webhook", "clientConfig");
        return client.isEmpty()
                ? List.of()
                : List.of(new ControlPlaneCall(
                        Kind.CONVERSION,
                        Meta.name(tree),
                        service(Tree.map(client, "service")),
                        (int) Tree.number(client, HTTPS, "service", "port"),
                        Tree.text(client, "url"),
                        true,
                        FIXED_TIMEOUT,
                        List.of(),
                        Map.of(),
                        false));
    }

    private static Optional<String> service(Map<String, Object> reference) {
        return Tree.text(reference, "name")
                .map(n -> Tree.text(reference, "namespace").orElse("") + "/" + n);
    }
}
