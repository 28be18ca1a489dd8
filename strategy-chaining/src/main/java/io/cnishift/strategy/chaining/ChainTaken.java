package io.cnishift.strategy.chaining;

import io.cnishift.api.Probe;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import io.cnishift.api.step.RestartWorkloads;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether pods of the workloads that were restarted so far are endpoints of Cilium with addresses of the VPC. So a chain that does
 * not take is known after the first namespace. A pod that is older than the agent of its node says nothing.
 */
final class ChainTaken implements Probe {

    static final String CODE = "CHN-CHAIN-TAKEN";

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public String title() {
        return "Pods that start are chained";
    }

    @Override
    public List<Question> ask(View view) {
        return List.of();
    }

    @Override
    public Result judge(View view, Map<Question, Answer> answers) {
        if (!Agents.chained(view)) {
            return Agents.notChained();
        }
        List<Pod> restarted = view.pods().stream()
                .filter(p -> p.phase() == Pod.Phase.RUNNING && !p.hostNetwork() && !p.terminating())
                .filter(p -> restarted(view, p)
                        && Agents.on(view, p)
                                .filter(a -> p.createdAt().isAfter(a.createdAt()))
                                .isPresent())
                .toList();
        Optional<Pod> outside = restarted.stream().filter(p -> !taken(view, p)).findFirst();
        return outside.map(
                        p -> new Result(
                                ProbeStatus.FAIL,
                                "Pod " + p.key() + " was started behind the agent of its node, and is "
                                        + (view.ciliumEndpoint(p).isEmpty()
                                                ? "no endpoint of Cilium"
                                                : "an endpoint with the address "
                                                        + p.address().orElse("?") + ", which is none of the VPC"),
                                "see /etc/cni/net.d of node " + p.node().orElse("?")
                                        + ": 05-cilium.conflist has to name aws-cni and then cilium-cni; restart the agent, then resume"))
                .orElseGet(() -> new Result(
                        ProbeStatus.PASS,
                        Count.of(restarted.size(), "pod that started anew is", "pods that started anew are")
                                + " chained",
                        ""));
    }

    private static boolean restarted(View view, Pod pod) {
        return pod.workload()
                .flatMap(view::workload)
                .map(Workload::templateAnnotations)
                .filter(a -> a.containsKey(RestartWorkloads.ANNOTATION))
                .isPresent();
    }

    private static boolean taken(View view, Pod pod) {
        return view.ciliumEndpoint(pod).isPresent()
                && pod.address()
                        .filter(a -> view.vpc().cidrs().stream()
                                .anyMatch(c -> c.cidr().contains(a)))
                        .isPresent();
    }
}
