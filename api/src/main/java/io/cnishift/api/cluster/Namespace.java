package io.cnishift.api.cluster;

import java.util.Map;
import java.util.Objects;

/**
 * A namespace.
 */
public record Namespace(String name, String uid, Map<String, String> labels, boolean terminating) implements Resource {

    public Namespace {
        Objects.requireNonNull(name);
        labels = Map.copyOf(labels);
    }

    @Override
    public Part part() {
        return Part.NAMESPACES;
    }

    @Override
    public String key() {
        return name;
    }

    /** The Pod Security level that is enforced, {@code privileged} when none is named. */
    public String podSecurity() {
        return labels.getOrDefault("pod-security.kubernetes.io/enforce", "privileged");
    }
}
