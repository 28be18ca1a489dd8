package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A SecurityGroupPolicy: pods with security groups of their own.
 */
public record SecurityGroupPolicy(
        String namespace,
        String name,
        Map<String, Object> podSelector,
        Map<String, Object> serviceAccountSelector,
        List<String> securityGroups)
        implements Resource {

    public SecurityGroupPolicy {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        podSelector = Tree.copy(podSelector);
        serviceAccountSelector = Tree.copy(serviceAccountSelector);
        securityGroups = List.copyOf(securityGroups);
    }

    /** The pods that it selects; one by service account selects every pod of its namespace here. */
    public List<Pod> pods(View view) {
        return view.podsIn(namespace).stream()
                .filter(p -> !p.hostNetwork() && Selectors.matches(podSelector, p.labels()))
                .toList();
    }

    @Override
    public Part part() {
        return Part.SECURITY_GROUP_POLICIES;
    }

    @Override
    public String key() {
        return namespace + "/" + name;
    }
}
