package io.cnishift.api.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules of an Ingress as its spec, for a merge patch that writes them whole. */
public final class IngressSpec {

    private IngressSpec() {}

    /**
     * Rules and default backend of these rules, in their order; those without a path are the default. Every rule leads to a Service.
     */
    public static Map<String, Object> of(List<Ingress.Rule> wanted) {
        Map<String, Object> spec = new LinkedHashMap<>();
        List<Map<String, Object>> rules = new ArrayList<>();
        List<Map<String, Object>> paths = new ArrayList<>();
        String host = "";
        for (Ingress.Rule rule : wanted) {
            if (rule.path().isEmpty()) {
                spec.put("defaultBackend", backend(rule));
                continue;
            }
            if (paths.isEmpty() || !rule.host().equals(host)) {
                paths = new ArrayList<>();
                host = rule.host();
                rules.add(rule(host, paths));
            }
            paths.add(Map.of("path", rule.path(), "pathType", rule.pathType(), "backend", backend(rule)));
        }
        if (!rules.isEmpty()) {
            spec.put("rules", rules);
        }
        return exact(spec);
    }

    /** Rules and default backend as they stand in that Ingress. */
    public static Map<String, Object> in(Map<String, ?> ingress) {
        Map<String, Object> spec = new LinkedHashMap<>(Tree.map(ingress, "spec"));
        spec.keySet().retainAll(List.of("rules", "defaultBackend"));
        return exact(spec);
    }

    /**
     * The default backend is in no list, so a merge patch merges it with what stands there: the other kind of port has to be
     * taken away, for a backend may not have both.
     */
    private static Map<String, Object> exact(Map<String, Object> spec) {
        Map<String, Object> service = Tree.map(spec, "defaultBackend", "service");
        if (!service.isEmpty()) {
            Map<String, @Nullable Object> port = new LinkedHashMap<>();
            port.put("name", null);
            port.put("number", null);
            port.putAll(Tree.map(service, "port"));
            spec.put("defaultBackend", Map.of("service", Map.of("name", service.get("name"), "port", port)));
        }
        return spec;
    }

    private static Map<String, Object> rule(String host, List<Map<String, Object>> paths) {
        Map<String, Object> rule = new LinkedHashMap<>();
        if (!host.isEmpty()) {
            rule.put("host", host);
        }
        rule.put("http", Map.of("paths", paths));
        return rule;
    }

    private static Map<String, Object> backend(Ingress.Rule rule) {
        Map<String, Object> port = rule.port().matches("[0-9]{1,5}")
                ? Map.of("number", Integer.valueOf(rule.port()))
                : Map.of("name", rule.port());
        return Map.of("service", Map.of("name", rule.service(), "port", port));
    }
}
