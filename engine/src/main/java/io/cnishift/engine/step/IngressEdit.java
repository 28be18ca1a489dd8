package io.cnishift.engine.step;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Progress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one patch of an Ingress that does what the detours of its Services want now. Rules are one list, so they are written
 * whole: as they stood before, if nobody changed them since, else made from what stands there.
 */
final class IngressEdit {

    private final Ingress ingress;
    private final Map<String, @Nullable Object> annotations = new LinkedHashMap<>();
    private final Set<String> attached = new HashSet<>();
    private final Set<String> detached = new HashSet<>();

    private IngressEdit(Ingress ingress) {
        this.ingress = ingress;
    }

    static Optional<Act> of(Ingress ingress, Map<Service, Detour.State> states, Progress progress) {
        IngressEdit edit = new IngressEdit(ingress);
        states.forEach((service, state) -> edit.apply(service.name(), state.move()));
        if (edit.annotations.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put("metadata", Map.of("annotations", edit.annotations));
        if (!edit.attached.isEmpty() || !edit.detached.isEmpty()) {
            patch.put("spec", exact(edit.spec(progress)));
        }
        return Optional.of(
                new PatchObject(Refs.of(ingress), PatchType.MERGE, patch, Optional.of(ingress.resourceVersion())));
    }

    private void apply(String service, Detour.Move move) {
        String key = Forwarding.annotation(service);
        String port = Forwarding.port(ingress, service);
        switch (move) {
            case ATTACH -> {
                annotations.put(key, Forwarding.action(service, port, Forwarding.FIRST));
                attached.add(service);
            }
            case SHIFT_OUT -> annotations.put(key, Forwarding.action(service, port, Forwarding.SECOND));
            case SHIFT_BACK -> annotations.put(key, Forwarding.action(service, port, Forwarding.FIRST));
            case DETACH -> {
                annotations.put(key, null);
                detached.add(service);
            }
            case CREATE, SWITCH, DELETE, WAIT, DONE -> {
                // acts on Services, or none
            }
        }
    }

    /** The rules as they stood before we touched them, if all that is different is what is taken back now. */
    private Map<String, Object> spec(Progress progress) {
        List<Ingress.Rule> wanted = ingress.rules().stream().map(this::edited).toList();
        List<Progress.Entry> entries = progress.all(PatchObject.class);
        for (int i = entries.size() - 1; i >= 0; i--) {
            Map<String, Object> before = entries.get(i).before();
            boolean same = entries.get(i).act().target().equals(Refs.of(ingress).toString())
                    && KubeProjection.ingress(before).rules().equals(wanted);
            if (same) {
                Map<String, Object> spec = new LinkedHashMap<>(Tree.map(before, "spec"));
                spec.keySet().retainAll(List.of("rules", "defaultBackend"));
                return spec;
            }
        }
        return rebuilt(wanted);
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

    private Ingress.Rule edited(Ingress.Rule rule) {
        String port = rule.port();
        if (attached.contains(rule.service())) {
            port = Forwarding.USE_ANNOTATION;
        } else if (detached.contains(rule.service())) {
            port = Forwarding.port(ingress, rule.service());
        }
        return new Ingress.Rule(rule.host(), rule.path(), rule.pathType(), rule.service(), port);
    }

    private static Map<String, Object> rebuilt(List<Ingress.Rule> wanted) {
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
        Object number = Numbers.orText(rule.port());
        Map<String, Object> reference =
                number instanceof Integer ? Map.of("number", number) : Map.of("name", rule.port());
        return Map.of("service", Map.of("name", rule.service(), "port", reference));
    }
}
