package io.cnishift.api.act;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Asks the API to evict a pod; disruption budgets may say no.
 *
 * @param uid precondition: only this pod
 * @param graceSeconds termination grace period; empty for the pod's own
 */
public record EvictPod(String namespace, String pod, String uid, OptionalLong graceSeconds) implements Act {

    public EvictPod {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(pod);
        Objects.requireNonNull(uid);
    }

    @Override
    public Api api() {
        return Api.KUBERNETES;
    }

    @Override
    public String target() {
        return "Pod " + namespace + "/" + pod;
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public List<String> operations() {
        return List.of("k8s:create pods/eviction");
    }

    @Override
    public String command(Surroundings at) {
        Map<String, Object> options = new LinkedHashMap<>();
        graceSeconds.ifPresent(seconds -> options.put("gracePeriodSeconds", seconds));
        options.put("preconditions", Map.of("uid", uid));
        return Shell.pipe(
                Map.of(
                        "apiVersion",
                        "policy/v1",
                        "kind",
                        "Eviction",
                        "metadata",
                        Map.of("name", pod, "namespace", namespace),
                        "deleteOptions",
                        options),
                "kubectl create --raw " + Shell.word("/api/v1/namespaces/" + namespace + "/pods/" + pod + "/eviction")
                        + " -f -");
    }
}
