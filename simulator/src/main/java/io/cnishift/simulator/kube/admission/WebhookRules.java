package io.cnishift.simulator.kube.admission;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Admission.Request;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.Pods;
import java.util.List;
import java.util.Map;

/** Which requests a webhook is called for. Source: Kubernetes documentation, Dynamic Admission Control, "Matching". */
final class WebhookRules {

    private WebhookRules() {}

    static boolean match(Kernel kernel, Map<String, Object> webhook, Request request) {
        return Tree.maps(webhook, "rules").stream().anyMatch(r -> covers(r, request))
                && inNamespace(kernel, webhook, request.object())
                && Selectors.matches(Tree.map(webhook, "objectSelector"), Pods.labels(request.object()));
    }

    private static boolean covers(Map<String, Object> rule, Request request) {
        String subresource = subresource(request);
        // an eviction and a binding are posted to the pod's own API, whatever else they are called
        String operation = subresource.equals("binding") || subresource.equals("eviction")
                ? "CREATE"
                : request.operation().name();
        if (!has(Tree.texts(rule, "operations"), operation)) {
            return false;
        }
        ObjectRef ref = ObjectRef.of(request.object());
        return has(Tree.texts(rule, "apiGroups"), ref.group())
                && Tree.texts(rule, "resources").stream().anyMatch(r -> resource(r, ref.plural(), subresource));
    }

    /** The scheduler does not update pods, it binds them. */
    private static String subresource(Request request) {
        boolean binds = request.manager().equals("kube-scheduler")
                && request.subresource().isEmpty()
                && Pods.key(request.object()).kind().equals("Pod");
        return binds ? "binding" : request.subresource();
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
