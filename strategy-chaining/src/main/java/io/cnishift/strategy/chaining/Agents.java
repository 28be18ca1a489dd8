package io.cnishift.strategy.chaining;

import io.cnishift.api.Probe.Result;
import io.cnishift.api.cluster.ConfigMap;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.cilium.Migration;
import java.util.Optional;

/** Agents of Cilium that stand behind aws-node. */
final class Agents {

    private Agents() {}

    static boolean chained(View view) {
        return view.get(Part.CONFIG_MAPS, ConfigMap.class, Migration.NAMESPACE + "/" + Migration.CONFIG_MAP)
                .filter(map -> "aws-cni".equals(map.data().get("cni-chaining-mode")))
                .isPresent();
    }

    /** What a probe says where none is. */
    static Result notChained() {
        return new Result(ProbeStatus.SKIPPED, "Cilium is not chained behind the VPC CNI here", "");
    }

    /** The agent on the node of a pod. */
    static Optional<Pod> on(View view, Pod pod) {
        return view.podsOf(Chart.AGENTS).stream()
                .filter(agent -> agent.node().isPresent() && agent.node().equals(pod.node()) && !agent.terminating())
                .findFirst();
    }
}
