package io.cnishift.engine.policy;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What whoever runs a strategy must be allowed.
 *
 * @param commands the commands that these rights are for
 * @param iam an IAM policy document
 * @param rbac ClusterRole and Roles, and their bindings to a group
 * @param notes what the documents cannot say
 */
public record Policy(
        String strategy,
        String cluster,
        List<String> commands,
        Map<String, Object> iam,
        List<Map<String, Object>> rbac,
        List<String> notes) {

    public Policy {
        Objects.requireNonNull(strategy);
        Objects.requireNonNull(cluster);
        commands = List.copyOf(commands);
        iam = Tree.copy(iam);
        rbac = List.copyOf(rbac);
        notes = List.copyOf(notes);
    }
}
