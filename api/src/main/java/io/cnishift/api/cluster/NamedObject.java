package io.cnishift.api.cluster;

import java.util.Objects;

/**
 * An object of which only the name is read, never what is in it: a Secret, a ConfigMap, a role, a class, a custom resource.
 *
 * @param namespace empty for one that belongs to the cluster
 * @param type of a Secret; of an IngressClass its controller, and of a ClusterRoleBinding the namespaces of the service accounts that it
 *     is for, parted by commas, both empty where they were not read; empty else
 * @param controlled whether a controller made it, which makes it again elsewhere
 */
public record NamedObject(
        String apiVersion,
        String objectKind,
        String namespace,
        String name,
        String uid,
        String type,
        boolean controlled)
        implements Resource {

    /** Type of the Secrets that a cluster makes for its own service accounts. */
    public static final String TOKEN = "kubernetes.io/service-account-token";

    public NamedObject {
        Objects.requireNonNull(apiVersion);
        Objects.requireNonNull(objectKind);
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
    }

    @Override
    public Part part() {
        return Part.OBJECTS;
    }

    @Override
    public String key() {
        return keyOf(apiVersion, objectKind, namespace, name);
    }

    /**
     * What tells an object from all others: {@code Kind/namespace/name}; {@code Kind.group/namespace/name} where the group is not
     * Kubernetes' own, for other groups may have that kind too.
     *
     * @param namespace empty for one that belongs to the cluster
     */
    public static String keyOf(String apiVersion, String kind, String namespace, String name) {
        String group = apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
        boolean own = group.indexOf('.') < 0 || group.endsWith(".k8s.io");
        return kind + (own ? "" : "." + group) + "/" + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
