package io.cnishift.simulator.wrong;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.world.Behaviours;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A whole simulated cluster that is treated through its ports, as a user or the engine would. */
final class TestCluster {

    private final World world;
    private final Kernel kernel;

    private TestCluster(Simulation simulation) {
        world = simulation.world();
        kernel = simulation.kernel();
    }

    /** A cluster with every behaviour but those. */
    static TestCluster without(Set<String> ids, ClusterSnapshot snapshot, Map<String, String> faults) {
        List<Behaviour> behaviours = Behaviours.all();
        for (String id : ids) {
            behaviours = Simulation.without(behaviours, id);
        }
        return new TestCluster(Simulation.open(snapshot, new Settings(7, faults), behaviours));
    }

    /** Does something that the cluster takes. */
    void does(Act act) {
        assertThat(attempt(act)).isInstanceOf(ActResult.Performed.class);
    }

    /** Tries to do something. */
    ActResult attempt(Act act) {
        return port(act).perform(act);
    }

    /** What was answered to something that was refused. */
    static Optional<String> refusal(ActResult result) {
        return result.fold(done -> Optional.empty(), no -> Optional.of(no.reason() + ": " + no.message()));
    }

    void minutes(int count) {
        kernel.clock().runUntil(kernel.clock().now().plus(Duration.ofMinutes(count)));
    }

    void seconds(int count) {
        kernel.clock().runUntil(kernel.clock().now().plus(Duration.ofSeconds(count)));
    }

    /** Lays a strategic merge patch over an object. */
    void patch(ObjectRef object, Map<String, Object> patch) {
        does(new PatchObject(object, PatchType.STRATEGIC, patch, Optional.empty()));
    }

    void label(String node, String key, String value) {
        patch(ObjectRef.of("v1", "Node", node), Map.of("metadata", Map.of("labels", Map.of(key, value))));
    }

    /** Restarts a Deployment as {@code kubectl rollout restart} does. */
    void restart(String namespace, String deployment) {
        template(
                deployment(namespace, deployment),
                Map.of(
                        "metadata",
                        Map.of(
                                "annotations",
                                Map.of("restartedAt", kernel.clock().now().toString()))));
    }

    /** Changes the pod template of a workload. */
    void template(ObjectRef workload, Map<String, Object> patch) {
        patch(workload, Map.of("spec", Map.of("template", patch)));
    }

    static ObjectRef deployment(String namespace, String name) {
        return ObjectRef.of("apps/v1", "Deployment", namespace, name);
    }

    static ObjectRef daemonSet(String name) {
        return ObjectRef.of("apps/v1", "DaemonSet", "kube-system", name);
    }

    /** Installs or upgrades the cilium chart. */
    void cilium(String version, Map<String, Object> values) {
        does(new UpgradeRelease("kube-system", "cilium", "cilium/cilium", version, values));
    }

    /** Deletes the first pod of a workload, whose controller makes another. */
    void replaceOne(String namespace, String app) {
        delete(pods(namespace, app).get(0));
    }

    void delete(Map<String, Object> pod) {
        does(new DeleteObject(ObjectRef.of(pod), Tree.text(pod, "metadata", "uid")));
    }

    Answer ask(Question question) {
        return world.reach().ask(question);
    }

    /** Why something is not reached; empty when it is. */
    Optional<String> lost(Question question) {
        Answer answer = ask(question);
        assertThat(answer.verdict()).as(answer.evidence()).isNotEqualTo(Answer.Verdict.UNKNOWN);
        return Optional.of(answer)
                .filter(a -> a.verdict() == Answer.Verdict.NOT_REACHED)
                .map(Answer::evidence);
    }

    /** What users have suffered, of that code. */
    Optional<String> suffered(String code) {
        return world.violations().get().stream()
                .filter(f -> f.code().equals(code))
                .map(Finding::message)
                .findFirst();
    }

    /** The names of the nodes, in order. */
    List<String> nodes() {
        return trees("Node").stream().map(TestCluster::name).toList();
    }

    Optional<Addon> addon(String name) {
        return world.aws().read(Set.of(Part.ADDONS)).resources().stream()
                .map(Addon.class::cast)
                .filter(a -> a.name().equals(name))
                .findFirst();
    }

    NodeGroup group(String name) {
        return world.aws().read(Set.of(Part.NODE_GROUPS)).resources().stream()
                .map(NodeGroup.class::cast)
                .filter(g -> g.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    String vpc() {
        return Cloud.of(kernel).view().vpc().id();
    }

    /** The id of the subnet of that block. */
    String subnet(Cidr cidr) {
        return Cloud.of(kernel).view().subnets().stream()
                .filter(s -> s.cidr().equals(cidr))
                .findFirst()
                .orElseThrow()
                .id();
    }

    Map<String, Object> tree(ObjectRef object) {
        return kernel.objects()
                .get(object.kind(), object.namespace().orElse(""), object.name())
                .orElseThrow();
    }

    List<Map<String, Object>> trees(String kind) {
        return List.copyOf(kernel.objects().list(kind));
    }

    /** The pods of a workload that are not on their way out. */
    List<Map<String, Object>> pods(String namespace, String app) {
        return kernel.objects().list("Pod", namespace).stream()
                .filter(p -> name(p).startsWith(app + "-"))
                .filter(p -> Tree.text(p, "metadata", "deletionTimestamp").isEmpty())
                .toList();
    }

    /** What keeps a pod of a workload from running, in the words of scheduler or kubelet. */
    Optional<String> stuck(String namespace, String app) {
        return pods(namespace, app).stream()
                .filter(p -> "Pending".equals(Tree.text(p, "status", "phase").orElse("Pending")))
                .map(p -> name(p) + " is pending: " + reasons(p))
                .findFirst();
    }

    private static String reasons(Map<String, Object> pod) {
        Stream<String> scheduler =
                Tree.maps(pod, "status", "conditions").stream().flatMap(c -> Tree.text(c, "message").stream());
        Stream<String> kubelet = Tree.maps(pod, "status", "containerStatuses").stream()
                .flatMap(c -> Tree.text(c, "state", "waiting", "message").stream());
        return Stream.concat(scheduler, kubelet).collect(Collectors.joining(", "));
    }

    /** A node that is not ready for that reason. */
    Optional<String> notReady(String because) {
        return trees("Node").stream()
                .flatMap(n -> Tree.maps(n, "status", "conditions").stream()
                        .filter(c -> "Ready".equals(c.get("type")) && !"True".equals(c.get("status")))
                        .map(c -> name(n) + ": " + c.get("message")))
                .filter(m -> m.contains(because))
                .findFirst();
    }

    static String name(Map<String, Object> object) {
        return Tree.text(object, "metadata", "name").orElse("");
    }

    private Port port(Act act) {
        return switch (act.api()) {
            case KUBERNETES -> world.kubernetes();
            case AWS -> world.aws();
            case HELM -> world.helm();
        };
    }
}
