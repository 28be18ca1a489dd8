package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.SecurityGroupPolicy;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Pods with security groups of their own, by the policies that select them. */
final class PodGroups {

    private PodGroups() {}

    /** Their workloads, {@code Kind/namespace/name}. A policy by service account selects every pod of its namespace here. */
    static Set<String> workloads(View view) {
        Set<String> workloads = new TreeSet<>();
        pods(view).forEach(p -> p.workload().ifPresent(workloads::add));
        return workloads;
    }

    /** How many pods they are, of which workloads, and which security groups they have. */
    static String described(View view) {
        String pods = Count.of(pods(view).size(), "pod");
        Set<String> workloads = workloads(view);
        Set<String> groups = new TreeSet<>();
        policies(view).forEach(p -> groups.addAll(p.securityGroups()));
        return pods + (workloads.isEmpty() ? "" : " of " + String.join(", ", workloads)) + " for "
                + String.join(", ", groups);
    }

    static Collection<SecurityGroupPolicy> policies(View view) {
        return view.all(Part.SECURITY_GROUP_POLICIES, SecurityGroupPolicy.class);
    }

    static List<Pod> pods(View view) {
        return policies(view).stream()
                .flatMap(policy -> policy.pods(view).stream())
                .distinct()
                .toList();
    }
}
