package io.cnishift.strategy.chaining;

import io.cnishift.api.Probe;
import io.cnishift.api.cluster.ConfigMap;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import io.cnishift.cilium.Migration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether each running pod beside an agent is an endpoint of Cilium. A pod without a controller is passed over: nobody makes it
 * again, which the plan names.
 */
final class ChainedPods implements Probe {

    static final String CODE = "CHN-PODS-CHAINED";

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public String title() {
        return "Cilium knows every pod as an endpoint";
    }

    @Override
    public List<Question> ask(View view) {
        return List.of();
    }

    @Override
    public Result judge(View view, Map<Question, Answer> answers) {
        if (!chained(view)) {
            return new Result(ProbeStatus.SKIPPED, "Cilium is not chained behind the VPC CNI here", "");
        }
        Set<String> nodes = view.podsOf(Chart.AGENTS).stream()
                .flatMap(p -> p.node().stream())
                .collect(Collectors.toSet());
        if (nodes.isEmpty()) {
            return new Result(ProbeStatus.FAIL, "no agent of Cilium runs", "see DaemonSet kube-system/cilium");
        }
        List<String> without = nodes.stream()
                .flatMap(node -> view.podsOn(node).stream())
                .filter(p -> p.phase() == Pod.Phase.RUNNING && !p.hostNetwork() && !p.terminating())
                .filter(p ->
                        p.controller().isPresent() && view.ciliumEndpoint(p).isEmpty())
                .map(Pod::key)
                .sorted()
                .toList();
        return without.isEmpty()
                ? new Result(ProbeStatus.PASS, "every pod on " + Count.of(nodes.size(), "node") + " is an endpoint", "")
                : new Result(
                        ProbeStatus.FAIL,
                        Count.of(without.size(), "pod is", "pods are") + " none, among them " + without.get(0),
                        "restart the workloads of these pods, or wait for their Jobs to end");
    }

    private static boolean chained(View view) {
        return view.get(Part.CONFIG_MAPS, ConfigMap.class, Migration.NAMESPACE + "/" + Migration.CONFIG_MAP)
                .filter(map -> "aws-cni".equals(map.data().get("cni-chaining-mode")))
                .isPresent();
    }
}
