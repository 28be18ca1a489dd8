package io.cnishift.it.mistake;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.World;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.report.RunResult;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A run that has ended or stopped, beside the world that it left. */
record Rehearsed(RunResult result, Simulation simulation) {

    /** All that can be held against the run; empty when the migration is complete and nobody noticed it. */
    List<String> complaints() {
        Stream<String> outcome = result.report().outcome() == RunOutcome.SUCCEEDED
                        && result.report().end().equals(Optional.of(RunEnd.COMPLETE))
                ? Stream.empty()
                : Stream.of("ended " + result.report().outcome() + ": " + reason());
        return Stream.of(outcome, below(), violations().stream(), result.report().notModelled().stream())
                .flatMap(s -> s)
                .toList();
    }

    /** Why it ended where it did: the reason and the findings, in one text. */
    String reason() {
        return result.report().reason() + " " + result.report().findings();
    }

    /** What the world saw go wrong, as {@code code subject: message}. */
    List<String> violations() {
        return simulation.world().violations().get().stream()
                .map(f -> f.code() + " " + f.subject() + ": " + f.message())
                .toList();
    }

    private Stream<String> below() {
        return result.report().services().stream()
                .filter(s -> s.secondsBelowMinimum().compareTo(Duration.ZERO) > 0)
                .map(s -> s.key() + " below its minimum for "
                        + s.secondsBelowMinimum().toSeconds() + " s");
    }

    Answer ask(Question question) {
        return simulation.world().reach().ask(question);
    }

    /** What a new pod on each node hears of that destination: the evidence where it is not reached. */
    List<String> unreachable(Question.To kind, String name, Question.Protocol protocol, int port) {
        return nodes().stream()
                .map(n -> ask(Question.of(Question.From.POD_ON, n.name(), kind, name, protocol, port)))
                .filter(a -> !a.reached())
                .map(Answer::evidence)
                .toList();
    }

    /** Somebody else does this in the cluster. */
    ActResult act(Act act) {
        World world = simulation.world();
        Port port = switch (act.api()) {
            case KUBERNETES -> world.kubernetes();
            case AWS -> world.aws();
            case HELM -> world.helm();
        };
        return port.perform(act);
    }

    /** Lets the world go on by itself. */
    void pass(Duration time) {
        simulation.kernel().clock().pass(time);
    }

    /** Whether a pod of that workload that is deleted comes back. */
    boolean comesBack(String workload) {
        Pod pod = podsOf(workload).get(0);
        simulation.kernel().objects().delete("Pod", pod.namespace(), pod.name(), Optional.of(pod.uid()));
        pass(Duration.ofMinutes(3));
        return podsOf(workload).stream().allMatch(Pod::ready);
    }

    List<Pod> podsOf(String workload) {
        return pods().stream()
                .filter(p -> p.workload().equals(Optional.of(workload)))
                .toList();
    }

    /** Pods that have not finished. */
    List<Pod> pods() {
        return objects("Pod")
                .map(KubeProjection::pod)
                .filter(p -> !p.finished())
                .toList();
    }

    List<Node> nodes() {
        return objects("Node").map(KubeProjection::node).toList();
    }

    NodeGroup group(String name) {
        return simulation.world().aws().read(Set.of(Part.NODE_GROUPS)).resources().stream()
                .map(NodeGroup.class::cast)
                .filter(g -> g.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Workload awsNode() {
        return simulation
                .kernel()
                .objects()
                .get("DaemonSet", "kube-system", "aws-node")
                .map(KubeProjection::workload)
                .orElseThrow();
    }

    private Stream<Map<String, Object>> objects(String kind) {
        return simulation.kernel().objects().list(kind).stream();
    }
}
