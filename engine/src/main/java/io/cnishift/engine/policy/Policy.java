package io.cnishift.engine.policy;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What whoever runs a strategy must be allowed.
 *
 * @param iam an IAM policy document
 * @param rbac ClusterRole and Roles, to be bound to whom it concerns
 * @param notes what the documents cannot say
 */
public record Policy(
        String strategy, String cluster, Map<String, Object> iam, List<Map<String, Object>> rbac, List<String> notes) {

    public Policy {
        Objects.requireNonNull(strategy);
        Objects.requireNonNull(cluster);
        iam = Tree.copy(iam);
        rbac = List.copyOf(rbac);
        notes = List.copyOf(notes);
    }
}
