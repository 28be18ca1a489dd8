package io.cnishift.api.act;

import java.util.List;
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
    public String command() {
        String grace = graceSeconds.isPresent() ? "\"gracePeriodSeconds\":" + graceSeconds.getAsLong() + "," : "";
        return "echo '{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"" + pod
                + "\",\"namespace\":\"" + namespace + "\"},\"deleteOptions\":{" + grace
                + "\"preconditions\":{\"uid\":\"" + uid + "\"}}}' | kubectl create --raw /api/v1/namespaces/"
                + namespace
                + "/pods/" + pod + "/eviction -f -";
    }
}
