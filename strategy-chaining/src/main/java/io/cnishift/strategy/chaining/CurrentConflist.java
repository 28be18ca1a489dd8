package io.cnishift.strategy.chaining;

import io.cnishift.api.Probe;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the configuration of each node is made of the one that aws-node writes now. An agent reads 10-aws.conflist when it starts
 * and does not look at it again, so what a later template of aws-node changes in it reaches no pod.
 *
 * <p>The files are not seen, so pods are judged by: aws-node was made anew after the agent of its node had started, and by a
 * template that no aws-node pod had before. On a node that has just joined both are new.
 */
final class CurrentConflist implements Probe {

    static final String CODE = "CHN-CONFLIST-CURRENT";

    private static final String REVISION = "controller-revision-hash";
    private static final Duration JOINING = Duration.ofMinutes(5);

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public String title() {
        return "Agents have read what aws-node writes";
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
        Collection<Pod> all = view.awsNode().map(w -> view.podsOf(w.key())).orElse(List.of());
        List<String> stale = all.stream()
                .filter(p -> !p.terminating() && stale(view, p, all))
                .flatMap(p -> p.node().stream())
                .sorted()
                .toList();
        return stale.isEmpty()
                ? new Result(
                        ProbeStatus.PASS,
                        "no agent is older than the template of the " + Count.of(all.size(), "aws-node pod")
                                + " that it stands behind",
                        "")
                : new Result(
                        ProbeStatus.FAIL,
                        "aws-node has changed on " + Count.of(stale.size(), "node")
                                + " since the agent started, among them " + stale.get(0)
                                + ": new pods are made by the earlier 10-aws.conflist",
                        "restart the agents: kubectl -n kube-system rollout restart daemonset/cilium");
    }

    private static boolean stale(View view, Pod awsNode, Collection<Pod> all) {
        Optional<Pod> agent = Agents.on(view, awsNode).filter(a -> a.createdAt().isBefore(awsNode.createdAt()));
        boolean replaced = awsNode.node()
                .flatMap(view::node)
                .map(Node::createdAt)
                .filter(joined -> awsNode.createdAt().isAfter(joined.plus(JOINING)))
                .isPresent();
        return replaced
                && agent.filter(a -> all.stream()
                                .noneMatch(p -> sameTemplate(p, awsNode)
                                        && !p.createdAt().isAfter(a.createdAt())))
                        .isPresent();
    }

    private static boolean sameTemplate(Pod one, Pod other) {
        return one.labels().getOrDefault(REVISION, "").equals(other.labels().getOrDefault(REVISION, ""));
    }
}
