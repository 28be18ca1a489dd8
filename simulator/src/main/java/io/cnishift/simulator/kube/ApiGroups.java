package io.cnishift.simulator.kube;

import java.util.Set;

/** The API groups that the API server itself serves. */
public final class ApiGroups {
    private static final Set<String> BUILT_IN = Set.of(
            "",
            "admissionregistration.k8s.io",
            "apiextensions.k8s.io",
            "apiregistration.k8s.io",
            "apps",
            "autoscaling",
            "batch",
            "certificates.k8s.io",
            "coordination.k8s.io",
            "discovery.k8s.io",
            "events.k8s.io",
            "flowcontrol.apiserver.k8s.io",
            "networking.k8s.io",
            "node.k8s.io",
            "policy",
            "rbac.authorization.k8s.io",
            "scheduling.k8s.io",
            "storage.k8s.io");

    private ApiGroups() {}

    public static boolean builtIn(String group) {
        return BUILT_IN.contains(group);
    }
}
