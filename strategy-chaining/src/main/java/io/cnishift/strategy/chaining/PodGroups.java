package io.cnishift.strategy.chaining;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.SecurityGroupPolicy;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.plan.Count;
import java.util.List;
import java.util.Optional;

/** Security groups for pods behind Cilium: their packets have to pass the interface at which Cilium enforces policies. */
final class PodGroups {

    private static final String MODE = "POD_SECURITY_GROUP_ENFORCING_MODE";

    private PodGroups() {}

    static Optional<Finding> finding(View view) {
        List<String> pods = view.all(Part.SECURITY_GROUP_POLICIES, SecurityGroupPolicy.class).stream()
                .flatMap(policy -> policy.pods(view).stream())
                .map(Pod::key)
                .distinct()
                .sorted()
                .toList();
        return pods.isEmpty()
                ? Optional.empty()
                : VpcCni.of(view).filter(cni -> cni.on("ENABLE_POD_ENI")).map(cni -> finding(cni, pods));
    }

    private static Finding finding(VpcCni cni, List<String> pods) {
        String who = Count.of(pods.size(), "pod has a group of its own", "pods have groups of their own")
                + ", among them " + pods.get(0);
        return "standard".equalsIgnoreCase(cni.env().get(MODE))
                ? Code.POD_GROUPS.of(
                        "security groups for pods",
                        who,
                        "try it on one of them in a cluster that serves nobody, then accept it")
                : Code.POD_GROUPS_STRICT.of(
                        "security groups for pods",
                        who + ", and aws-node leads their packets past policies",
                        "set " + MODE + "=standard in add-on vpc-cni and restart these pods, then plan again");
    }
}
