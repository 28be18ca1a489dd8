package io.cnishift.engine.plan;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.ControlPlaneCall;
import io.cnishift.api.cluster.Endpoints;
import io.cnishift.api.cluster.Namespace;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Webhooks that fail closed and that nobody answers, for what every migration writes or has written: pods that move, their
 * workloads, DaemonSets, nodes. Such writes are refused already; a migration would stop half way. Pure.
 */
final class DeadCalls {

    static final String CODE = "PLAN-DEAD-WEBHOOK";

    private static final Set<String> WRITTEN =
            Set.of("*", "pods", "pods/eviction", "nodes", "daemonsets", "deployments", "statefulsets", "replicasets");
    private static final Set<Part> READ = Set.of(Part.CONTROL_PLANE_CALLS, Part.SERVICES, Part.ENDPOINTS);

    private DeadCalls() {}

    static List<Finding> findings(List<Unknown> unknown, View view) {
        boolean unread = unknown.stream().anyMatch(u -> READ.contains(u.part()));
        return unread
                ? List.of()
                : view.all(Part.CONTROL_PLANE_CALLS, ControlPlaneCall.class).stream()
                        .filter(call -> call.failClosed() && concerns(view, call))
                        .flatMap(call -> dead(view, call).stream())
                        .toList();
    }

    private static boolean concerns(View view, ControlPlaneCall call) {
        boolean webhook =
                call.kind() == ControlPlaneCall.Kind.VALIDATING || call.kind() == ControlPlaneCall.Kind.MUTATING;
        return webhook
                && call.rules().stream()
                        .flatMap(rule -> rule.resources().stream())
                        .anyMatch(WRITTEN::contains)
                && view.all(Part.NAMESPACES, Namespace.class).stream()
                        .anyMatch(n -> Selectors.matches(call.namespaceSelector(), n.labels()));
    }

    private static Optional<Finding> dead(View view, ControlPlaneCall call) {
        return call.service()
                .filter(service -> view.endpoints(service).map(Endpoints::ready).orElse(0) == 0)
                .map(service -> Finding.of(
                        CODE,
                        Severity.BLOCKER,
                        call.kind() + " webhook " + call.name(),
                        view.service(service).isPresent()
                                ? "the Service " + service
                                        + " behind it has no ready pod, and writes fail without its answer"
                                : "there is no Service " + service
                                        + ", which it is to be called by, and writes fail without its answer",
                        "bring its pods back, or remove the webhook configuration of what is gone",
                        "cnishift explain " + CODE));
    }
}
