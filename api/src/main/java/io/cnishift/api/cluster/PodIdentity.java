package io.cnishift.api.cluster;

import java.util.Objects;

/**
 * A Pod Identity association.
 */
public record PodIdentity(String namespace, String serviceAccount, String role) implements Resource {

    public PodIdentity {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(serviceAccount);
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
