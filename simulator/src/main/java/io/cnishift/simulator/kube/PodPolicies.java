package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Selectors;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import java.util.List;
import java.util.Map;

/** What SecurityGroupPolicies give to a pod. */
public final class PodPolicies {

    private PodPolicies() {}

    /**
     * The security groups of all policies that select a pod; none for one of the host's network. A policy selects by labels of
     * the pod; what one that goes by service accounts selects is not known here, and is noted.
     */
    public static List<String> groups(Kernel kernel, Map<String, ?> pod) {
        if (Pods.hostNetwork(pod)) {
            return List.of();
        }
        return kernel.objects().list("SecurityGroupPolicy", Pods.key(pod).namespace()).stream()
                .filter(policy -> selects(kernel, policy, pod))
                .flatMap(policy -> Tree.texts(policy, "spec", "securityGroups", "groupIds").stream())
                .distinct()
                .toList();
    }

    private static boolean selects(Kernel kernel, Map<String, Object> policy, Map<String, ?> pod) {
        if (Tree.at(policy, "spec", "serviceAccountSelector").isPresent()) {
            kernel.notModelled()
                    .note("SecurityGroupPolicy " + Pods.key(policy).nameInKind()
                            + " selects by labels of service accounts, which nobody read");
            return false;
        }
        return Selectors.matches(Tree.map(policy, "spec", "podSelector"), Pods.labels(pod));
    }
}
