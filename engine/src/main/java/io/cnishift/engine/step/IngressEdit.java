package io.cnishift.engine.step;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.IngressSpec;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.port.Progress;
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
            patch.put("spec", edit.spec(progress));
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
                return IngressSpec.in(before);
            }
        }
        return IngressSpec.of(wanted);
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
}
