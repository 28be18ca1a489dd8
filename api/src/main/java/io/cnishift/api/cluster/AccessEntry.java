package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What lets an IAM role or user act in the cluster, beside aws-auth.
 *
 * @param principal its ARN
 * @param type {@code STANDARD} for people and programs; others are for nodes
 * @param username that the API server sees
 * @param groups of Kubernetes that it is in
 * @param policies of EKS that it has
 */
public record AccessEntry(
        String principal,
        String type,
        String username,
        List<String> groups,
        List<Policy> policies,
        Map<String, String> tags)
        implements Resource {

    /** The type of those that somebody gives to people and programs. */
    public static final String STANDARD = "STANDARD";

    private static final String OF_SERVICES = ":role/aws-service-role/";

    public AccessEntry {
        Objects.requireNonNull(principal);
        Objects.requireNonNull(type);
        Objects.requireNonNull(username);
        groups = List.copyOf(groups);
        policies = List.copyOf(policies);
        tags = Map.copyOf(tags);
    }

    /**
     * An access policy of EKS.
     *
     * @param namespaces where it holds; empty for the whole cluster
     */
    public record Policy(String arn, List<String> namespaces) {

        public Policy {
            Objects.requireNonNull(arn);
            namespaces = List.copyOf(namespaces);
        }
    }

    /** Whether somebody gave it: EKS itself makes those of nodes that it runs and of its own role, in every cluster. */
    public boolean given() {
        return type.equals(STANDARD) && !principal.contains(OF_SERVICES);
    }

    @Override
    public Part part() {
        return Part.ACCESS_ENTRIES;
    }

    @Override
    public String key() {
        return principal;
    }
}
