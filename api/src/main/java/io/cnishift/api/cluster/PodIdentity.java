package io.cnishift.api.cluster;

import java.util.Objects;
import java.util.Optional;

/**
 * A Pod Identity association.
 *
 * @param role that pods take
 * @param targetRole that they take by that one, in another account as a rule
 * @param sessionTagsOff whether tokens say nothing of cluster, namespace and pod
 */
public record PodIdentity(
        String namespace, String serviceAccount, String role, Optional<String> targetRole, boolean sessionTagsOff)
        implements Resource {

    public PodIdentity {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(serviceAccount);
        Objects.requireNonNull(targetRole);
    }

    /** One of a role alone. */
    public PodIdentity(String namespace, String serviceAccount, String role) {
        this(namespace, serviceAccount, role, Optional.empty(), false);
    }

    @Override
    public Part part() {
        return Part.POD_IDENTITIES;
    }

    @Override
    public String key() {
        return namespace + "/" + serviceAccount;
    }
}
