package io.cnishift.strategy.newcluster;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.IngressSpec;
import io.cnishift.api.cluster.KubeProjection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An Ingress of the first cluster whose actions forward to target groups of both clusters. An action stands in an annotation that has the
 * name of the Service, and rules lead to it by a port of that name; so a rule still says which Service it is for.
 *
 * @param fronts what it shares, by the ARN of the second cluster's target group
 */
record TargetAction(Ingress ingress, Map<String, TargetFront> fronts) {

    private static final String ACTIONS = "alb.ingress.kubernetes.io/actions.";

    TargetAction {
        Objects.requireNonNull(ingress);
        fronts = new LinkedHashMap<>(fronts);
    }

    static ObjectRef ref(String ingress) {
        int slash = ingress.indexOf('/');
        return ObjectRef.of(
                "networking.k8s.io/v1", "Ingress", ingress.substring(0, slash), ingress.substring(slash + 1));
    }

    /** Whether it forwards to all these groups, with whatever weights. */
    boolean attached() {
        return fronts.entrySet().stream()
                .allMatch(e -> ingress.annotations()
                                .getOrDefault(ACTIONS + e.getValue().service(), "")
                                .contains(e.getKey())
                        && ingress.rules().stream()
                                .filter(r -> r.service().equals(e.getValue().service()))
                                .allMatch(r -> r.port().equals(TargetShift.USE_ANNOTATION)));
    }

    /** Whether any of them is to get requests. */
    boolean sends() {
        return fronts.entrySet().stream()
                .anyMatch(e -> ingress.annotations()
                        .getOrDefault(ACTIONS + e.getValue().service(), "")
                        .matches(".*" + Pattern.quote(e.getKey()) + "\",\"weight\":[1-9].*"));
    }

    /** The same Ingress as it was before. */
    TargetAction as(Map<String, Object> before) {
        return new TargetAction(KubeProjection.ingress(before), fronts);
    }

    /** What lets it forward that share; empty when it does. */
    Optional<PatchObject> towards(int percent) {
        Map<String, @Nullable Object> annotations = new LinkedHashMap<>();
        fronts.forEach((arn, front) -> {
            String wanted = action(front, arn, percent);
            if (!wanted.equals(ingress.annotations().get(ACTIONS + front.service()))) {
                annotations.put(ACTIONS + front.service(), wanted);
            }
        });
        List<Ingress.Rule> rules = ingress.rules().stream()
                .map(r -> shared(r)
                        .map(f -> leading(r, TargetShift.USE_ANNOTATION))
                        .orElse(r))
                .toList();
        return patch(annotations, rules.equals(ingress.rules()) ? Map.of() : IngressSpec.of(rules));
    }

    /** What makes it as it was, beside what somebody else has changed since; empty when it is. */
    Optional<PatchObject> restored(Map<String, Object> before) {
        Ingress old = KubeProjection.ingress(before);
        Map<String, @Nullable Object> annotations = new LinkedHashMap<>();
        fronts.values().forEach(front -> {
            String key = ACTIONS + front.service();
            if (!Objects.equals(
                    ingress.annotations().get(key), old.annotations().get(key))) {
                annotations.put(key, old.annotations().get(key));
            }
        });
        List<Ingress.Rule> rules = ingress.rules().stream()
                .map(r -> shared(r)
                        .filter(f -> !old.annotations().containsKey(ACTIONS + f.service()))
                        .map(f -> leading(r, f.port()))
                        .orElse(r))
                .toList();
        if (rules.equals(ingress.rules())) {
            return patch(annotations, Map.of());
        }
        return patch(annotations, rules.equals(old.rules()) ? IngressSpec.in(before) : IngressSpec.of(rules));
    }

    private Optional<TargetFront> shared(Ingress.Rule rule) {
        return fronts.values().stream()
                .filter(f -> f.service().equals(rule.service()))
                .findFirst();
    }

    private static Ingress.Rule leading(Ingress.Rule rule, String port) {
        return new Ingress.Rule(rule.host(), rule.path(), rule.pathType(), rule.service(), port);
    }

    private Optional<PatchObject> patch(Map<String, @Nullable Object> annotations, Map<String, Object> spec) {
        if (annotations.isEmpty() && spec.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put("metadata", Map.of("annotations", annotations));
        if (!spec.isEmpty()) {
            patch.put("spec", spec);
        }
        return Optional.of(
                new PatchObject(ref(ingress.key()), PatchType.MERGE, patch, Optional.of(ingress.resourceVersion())));
    }

    private static String action(TargetFront front, String arn, int percent) {
        String port = front.port().matches("[0-9]+") ? front.port() : "\"" + front.port() + "\"";
        return "{\"type\":\"forward\",\"forwardConfig\":{\"targetGroups\":[{\"serviceName\":\"" + front.service()
                + "\",\"servicePort\":" + port + ",\"weight\":" + (100 - percent) + "},{\"targetGroupARN\":\"" + arn
                + "\",\"weight\":" + percent + "}]}}";
    }
}
