package io.cnishift.api.cluster;

import java.util.Objects;

/**
 * A PolicyEndpoint: what the VPC CNI's policy agents know of a NetworkPolicy. Its controller makes and deletes them.
 *
 * @param policy name of the policy, in the same namespace
 */
public record PolicyEndpoint(String namespace, String name, String policy) implements Resource {

    public PolicyEndpoint {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        Objects.requireNonNull(policy);
    }

    @Override
    public Part part() {
        return Part.POLICY_ENDPOINTS;
    }

    @Override
    public String key() {
        return namespace + "/" + name;
    }
}
