package io.cnishift.simulator.scenario.production;

import static io.cnishift.simulator.scenario.production.AppBuilder.deployment;

import io.cnishift.api.cluster.Owner;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The everyday Deployments of many teams, as many as fill the nodes: some serve, some work, some keep a cache in an emptyDir.
 * Most namespaces are held by Argo CD, some by Helm, some by nobody.
 */
final class TeamApps {

    private static final Map<String, List<String>> NAMESPACES = Map.of(
            "general",
                    List.of(
                            "checkout",
                            "catalog",
                            "search",
                            "accounts",
                            "orders",
                            "shipping",
                            "pricing",
                            "media",
                            "reviews",
                            "loyalty",
                            SpecialApps.PAYMENTS,
                            "trading"),
            "compute", List.of("recommendation", "fraud", "routing"),
            "data", List.of("data-access"),
            "secured", List.of("treasury"),
            "spot", List.of("rendering", "crawler"),
            "batch", List.of("analytics"),
            "system", List.of("platform-tools"));
    private static final List<Integer> REPLICAS = List.of(3, 2, 6, 4, 10, 2, 8, 5, 12, 3);
    private static final List<String> ROLES = List.of("api", "worker", "cache", "web", "export");
    private static final Map<String, Object> RESTRICTED =
            Trees.of("runAsNonRoot", true, "seccompProfile", Map.of("type", "RuntimeDefault"));

    private TeamApps() {}

    /** Deployments with so many pods together, on the groups of that label. */
    static List<App> filling(String pool, int pods) {
        List<String> namespaces = NAMESPACES.getOrDefault(pool, List.of());
        List<App> all = new ArrayList<>();
        int left = namespaces.isEmpty() ? 0 : pods;
        for (int i = 0; left > 0; i++) {
            int replicas = Math.min(left, REPLICAS.get(i % REPLICAS.size()));
            int namespace = i % namespaces.size();
            int round = i / namespaces.size();
            String role = ROLES.get(round % ROLES.size());
            String name = role + "-" + (round / ROLES.size() + 1);
            all.add(app(namespaces.get(namespace), name, role, replicas)
                    .owner(owner(namespaces.get(namespace), namespace))
                    .on(pool)
                    .requests(cpu(pool), "256Mi")
                    .build());
            left -= replicas;
        }
        return all;
    }

    private static AppBuilder app(String namespace, String name, String role, int replicas) {
        AppBuilder app = deployment(namespace, name, replicas);
        switch (role) {
            case "api", "web" -> app.serving(8080);
            case "cache" -> app.serving(6379).emptyDir();
            default -> {
                // takes its work from a queue
            }
        }
        if (namespace.equals(SpecialApps.PAYMENTS)) {
            app.with("securityContext", RESTRICTED);
            app.container(
                    "securityContext",
                    Trees.of("allowPrivilegeEscalation", false, "capabilities", Map.of("drop", List.of("ALL"))));
        }
        return app;
    }

    private static String cpu(String pool) {
        return switch (pool) {
            case "general" -> "120m";
            case "compute" -> "250m";
            default -> "100m";
        };
    }

    private static Owner owner(String namespace, int index) {
        return switch (index % 4) {
            case 2 -> new Owner(Owner.Kind.HELM, namespace + "/" + namespace);
            case 3 -> Owner.NONE;
            default -> new Owner(Owner.Kind.ARGO_CD, namespace);
        };
    }
}
