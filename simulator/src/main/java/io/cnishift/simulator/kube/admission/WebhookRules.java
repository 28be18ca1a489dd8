package io.cnishift.simulator.kube.admission;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Admission.Request;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.Pods;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a webhook is called for; its rules are read once for all of them.
 *
 * <p>Source: Kubernetes documentation, Dynamic Admission Control, "Matching".
 */
record WebhookRules(Map<String, Object> webhook, List<Rule> rules) {

    static WebhookRules of(Map<String, Object> webhook) {
        return new WebhookRules(
                webhook, Tree.maps(webhook, "rules").stream().map(Rule::of).toList());
    }

    /** What a request is about as far as rules speak of it. */
    record Sort(String operation, String apiVersion, String kind, String subresource) {
        static Sort of(Request request) {
            String subresource = request.subresource();
            // an eviction and a binding are posted to the pod's own API, whatever else they are called
            String operation = subresource.equals("binding") || subresource.equals("eviction")
                    ? "CREATE"
                    : request.operation().name();
            String version = Tree.text(request.object(), "apiVersion").orElse("");
            return new Sort(operation, version, request.kind(), subresource);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Sort sort
                    && kind.equals(sort.kind)
                    && operation.equals(sort.operation)
                    && subresource.equals(sort.subresource)
                    && apiVersion.equals(sort.apiVersion);
        }

        @Override
        public int hashCode() {
            return 31 * kind.hashCode() + operation.hashCode();
        }

        private ObjectRef ref() {
            return ObjectRef.of(apiVersion, kind, "");
        }
    }

    /** One rule. */
    record Rule(List<String> operations, List<String> groups, List<String> resources) {
        private static Rule of(Map<String, Object> rule) {
            return new Rule(
                    Tree.texts(rule, "operations"), Tree.texts(rule, "apiGroups"), Tree.texts(rule, "resources"));
        }

        private boolean covers(Sort sort) {
            return has(operations, sort.operation())
                    && has(groups, sort.ref().group())
                    && resources.stream().anyMatch(r -> resource(r, sort.ref().plural(), sort.subresource()));
        }

        private static boolean has(List<String> values, String value) {
            return values.contains("*") || values.contains(value);
        }

        private static boolean resource(String pattern, String plural, String subresource) {
            int slash = pattern.indexOf('/');
            String main = slash < 0 ? pattern : pattern.substring(0, slash);
            boolean sameMain = main.equals("*") || main.equals(plural);
            if (slash < 0) {
                return sameMain && subresource.isEmpty();
            }
            String sub = pattern.substring(slash + 1);
            return sameMain && (sub.equals("*") || sub.equals(subresource));
        }
    }

    boolean match(Kernel kernel, Request request) {
        return cover(Sort.of(request)) && selects(kernel, request.object());
    }

    /** Whether the rules cover such requests, whatever their object. */
    boolean cover(Sort sort) {
        return rules.stream().anyMatch(rule -> rule.covers(sort));
    }

    /** Whether the selectors take the object in. */
    boolean selects(Kernel kernel, Map<String, Object> object) {
        return inNamespace(kernel, webhook, object)
                && Selectors.matches(Tree.map(webhook, "objectSelector"), Pods.labels(object));
    }

    /** A namespace is told by its own labels; another cluster-scoped object is in every selector. */
    private static boolean inNamespace(Kernel kernel, Map<String, Object> webhook, Map<String, Object> object) {
        Map<String, Object> selector = Tree.map(webhook, "namespaceSelector");
        boolean isNamespace = Pods.key(object).kind().equals("Namespace");
        String name = isNamespace ? Pods.key(object).name() : Pods.key(object).namespace();
        if (selector.isEmpty() || name.isEmpty()) {
            return true;
        }
        Map<String, Object> namespace =
                kernel.objects().get("Namespace", "", name).orElse(isNamespace ? object : Map.of());
        return Selectors.matches(selector, Pods.labels(namespace));
    }
}
