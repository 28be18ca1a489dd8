package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Origin;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.cilium.MeshMember;
import io.cnishift.cilium.Migration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** From a pod on each of some nodes of either cluster to a pod of the other one. */
final class ProveMeshHandler implements StepHandler<ProveMesh> {

    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final Duration BETWEEN = Duration.ofSeconds(10);
    private static final int NODES = 10;

    @Override
    public StepOutcome next(View view, ProveMesh params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            List<Question> questions = new ArrayList<>(questions(view, second, params));
            boolean one = !questions.isEmpty();
            questions(second, view, params).forEach(q -> questions.add(q.second()));
            boolean both = one && questions.stream().anyMatch(Question::onSecond);
            Urls asked = Urls.asked(questions, progress, progress.underWaySince());
            if (both && asked.reached(params.passes())) {
                return Outcomes.done(
                        "pods on " + Count.of(nodes(questions), "node") + " reach a pod of the other cluster"
                                + (params.servers() ? " and its API server of the mesh" : ""));
            }
            String complaint = both
                    ? asked.complaint().orElse("asking again")
                    : "one of the clusters has no ready node, no pod of kube-dns or of the API server of the mesh that"
                            + " a policy lets the other one ask, or no load balancer of that API server";
            if (!progress.now().isBefore(progress.underWaySince().plus(LIMIT))) {
                return Outcomes.blocked(
                        Code.MESH_NOT_CONNECTED.of(
                                "both clusters",
                                complaint,
                                "'cilium clustermesh status' in both tells what an agent sees, and policies of Cilium's own over pods of"
                                        + " kube-system, which are not read here, may keep these out; then resume, or roll back"));
            }
            return both && asked.due(BETWEEN)
                    ? new StepOutcome.Ask(questions, "whether pods of one cluster reach those of the other")
                    : Outcomes.notYet(10, complaint);
        });
    }

    private static List<Question> questions(View from, View to, ProveMesh params) {
        Optional<String> server =
                to.service(Migration.NAMESPACE + "/" + MeshMember.API_SERVER).flatMap(Service::loadBalancer);
        Optional<MeshTarget> pod = MeshTarget.of(to, MeshRelease.name(from));
        if (pod.isEmpty() || (params.servers() && server.isEmpty())) {
            return List.of();
        }
        return from.nodes().stream()
                .filter(n -> n.ready() && n.linux() && !n.fargate())
                .map(Node::name)
                .sorted()
                .limit(NODES)
                .flatMap(node -> Stream.concat(
                        Stream.of(question(node, pod.get().address(), pod.get().port())),
                        server.filter(at -> params.servers()).stream()
                                .map(at -> question(node, at, MeshMember.API_PORT))))
                .toList();
    }

    private static Question question(String node, String at, int port) {
        return Question.of(From.POD_ON, node, To.ADDRESS, at, Protocol.TCP, port);
    }

    private static int nodes(List<Question> questions) {
        return (int) questions.stream()
                .map(Question::from)
                .map(Origin::name)
                .distinct()
                .count();
    }

    @Override
    public StepOutcome back(View view, ProveMesh params, Progress progress) {
        return Outcomes.done("nothing was changed");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.NODES, Part.PODS, Part.SERVICES, Part.NETWORK_POLICIES, Part.RELEASES);
    }
}
