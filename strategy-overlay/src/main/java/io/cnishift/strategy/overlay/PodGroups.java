package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.SecurityGroupPolicy;
import io.cnishift.api.cluster.Selectors;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Pods with security groups of their own, by the policies that select them. */
final class PodGroups {

    private PodGroups() {}

    /** Their workloads, {@code Kind/namespace/name}. A policy by service account selects every pod of its namespace here. */
    static Set<String> workloads(Site site) {
        Set<String> workloads = new TreeSet<>();
        pods(site).forEach(p -> p.workload().ifPresent(workloads::add));
        return workloads;
    }

    static List<Pod> pods(Site site) {
        return site.view().all(Part.SECURITY_GROUP_POLICIES, SecurityGroupPolicy.class).stream()
                .flatMap(policy -> site.view().podsIn(policy.namespace()).stream()
                        .filter(p -> !p.hostNetwork() && Selectors.matches(policy.podSelector(), p.labels())))
                .distinct()
                .toList();
    }
}
