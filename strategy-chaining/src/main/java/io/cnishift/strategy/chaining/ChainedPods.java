package io.cnishift.strategy.chaining;

import io.cnishift.api.Probe;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether each running pod beside an agent is an endpoint of Cilium. Those that no restart of a workload reaches are named and
 * passed over: a pod without a controller, of a Job, or of a controller that only its owner can ask. The plan names them too.
 */
final class ChainedPods implements Probe {

    static final String CODE = "CHN-PODS-CHAINED";

    private static final int MOST = 3;

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
        if (!Agents.chained(view)) {
            return Agents.notChained();
        }
        Set<String> nodes = view.podsOf(Chart.AGENTS).stream()
                .flatMap(p -> p.node().stream())
                .collect(Collectors.toSet());
        if (nodes.isEmpty()) {
            return new Result(ProbeStatus.FAIL, "no agent of Cilium runs", "see DaemonSet kube-system/cilium");
        }
        Restarts restarts = new Restarts(view);
        List<Pod> without = nodes.stream()
                .flatMap(node -> view.podsOn(node).stream())
                .filter(p -> p.phase() == Pod.Phase.RUNNING && !p.hostNetwork() && !p.terminating())
                .filter(p -> view.ciliumEndpoint(p).isEmpty())
                .toList();
        List<Pod> forgotten = without.stream()
                .filter(p -> restarts.way(p) == Restarts.Way.RESTART)
                .toList();
        return result(
                nodes.size(),
                forgotten,
                without.stream().filter(p -> !forgotten.contains(p)).toList());
    }

    private static Result result(int nodes, List<Pod> forgotten, List<Pod> left) {
        return forgotten.isEmpty()
                ? new Result(
                        ProbeStatus.PASS,
                        "every pod on " + Count.of(nodes, "node") + " is an endpoint"
                                + (left.isEmpty() ? "" : ", but for those that nobody restarts: " + some(left)),
                        "")
                : new Result(
                        ProbeStatus.FAIL,
                        Count.of(forgotten.size(), "pod is", "pods are") + " none: " + some(forgotten),
                        "restart the workloads of these pods");
    }

    private static String some(List<Pod> pods) {
        int more = pods.size() - MOST;
        return pods.stream().map(Pod::key).sorted().limit(MOST).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
