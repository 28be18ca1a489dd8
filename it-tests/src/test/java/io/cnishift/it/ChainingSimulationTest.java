package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.step.RestartWorkloads;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.plan.Wishes;
import io.cnishift.engine.report.RunReport;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Chaining where pods run that no restart of a workload makes endpoints of Cilium. */
final class ChainingSimulationTest {

    private static final String POLICED = "chained-policy";

    private final Bench bench = new Bench();

    /** What a run left. */
    private record Ended(RunReport report, Simulation simulation) {

        long policies() {
            return simulation.kernel().objects().list("NetworkPolicy").size();
        }

        List<Pod> pods(String controller) {
            return Bench.pods(simulation).stream()
                    .filter(p -> p.controller()
                            .filter(c -> c.kind().equals(controller))
                            .isPresent())
                    .toList();
        }
    }

    @Test
    void policiesStayUntilJobsHaveEnded() {
        ClusterSnapshot cluster = withJob(1800);
        int policies = cluster.networkPolicies().size();
        Ended tooLong = run(cluster, Map.of("jobLimit", 600), List.of());
        Ended ended = run(cluster, Map.of(), List.of());

        assertThat(tooLong.report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(tooLong.report().findings())
                .singleElement()
                .satisfies(f -> assertThat(f.code() + " " + f.subject()).isEqualTo("CHN-JOB-GOES-ON Job/shop/import"));
        assertThat(tooLong.policies()).isEqualTo(policies);
        complete(ended);
        assertThat(ended.pods("Job")).isEmpty();
        assertThat(ended.policies()).isEqualTo(policies);
    }

    @Test
    void aJobIsLeftOutWhereItsOwnerSaysSo() {
        ClusterSnapshot cluster = withJob(72_000);
        Map<String, Object> leave = Map.of("jobs", "leave");

        assertThat(stops(cluster, leave)).containsExactly("CHN-JOB-LEFT Job/shop/import");
        Ended ended = run(cluster, leave, List.of("CHN-JOB-LEFT"));
        complete(ended);
        assertThat(ended.pods("Job")).hasSize(1);
        assertThat(ended.policies()).isEqualTo(cluster.networkPolicies().size());
    }

    @Test
    void podsThatOnlyTheirOwnerMakesAnewAreAskedAbout() {
        ClusterSnapshot cluster = bench.edited("clean-cluster", ChainingSimulationTest::cartByItself);

        assertThat(stops(cluster, Map.of())).containsExactly("CHN-OTHER-CONTROLLER ReplicaSet/shop/cart");
        complete(run(cluster, Map.of(), List.of("CHN-OTHER-CONTROLLER")));
    }

    @Test
    void aChainThatDoesNotTakeStopsAfterTheFirstNamespace() {
        ClusterSnapshot cluster = bench.scenario("clean-cluster");
        Ended ended = run(planned(cluster, Map.of("cni", Map.of("customConf", true))), bench.simulate(cluster, 1));

        stopped(ended, "CHN-CHAIN-TAKEN", "no endpoint of Cilium");
        assertThat(restarted(ended)).contains("coredns").doesNotContain("cart", "web");
    }

    @Test
    void agentsThatStandBehindAnEarlierAwsNodeStopTheRun() {
        ClusterSnapshot cluster = bench.scenario("clean-cluster");
        Simulation simulation = bench.simulate(cluster, 1);
        simulation
                .kernel()
                .objects()
                .listen(
                        "DaemonSet",
                        (before, after) -> after.filter(
                                        d -> ObjectKey.of(d).name().equals("cilium") && before.isEmpty())
                                .ifPresent(d -> simulation
                                        .kernel()
                                        .clock()
                                        .after(Duration.ofSeconds(90), () -> lowerMtu(simulation))));

        stopped(run(planned(cluster, Map.of()), simulation), "CHN-CONFLIST-CURRENT", "by the earlier 10-aws.conflist");
    }

    private static void lowerMtu(Simulation simulation) {
        Map<String, Object> mtu = Map.of("name", "AWS_VPC_ENI_MTU", "value", "1500");
        simulation
                .world()
                .kubernetes()
                .perform(new PatchObject(
                        ObjectRef.of("apps/v1", "DaemonSet", "kube-system", "aws-node"),
                        PatchType.STRATEGIC,
                        Map.of(
                                "spec",
                                Map.of(
                                        "template",
                                        Map.of(
                                                "spec",
                                                Map.of(
                                                        "containers",
                                                        List.of(Map.of("name", "aws-node", "env", List.of(mtu))))))),
                        Optional.empty()));
    }

    private static void stopped(Ended ended, String probe, String evidence) {
        assertThat(ended.report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(ended.report().reason() + ended.report().findings()).contains(probe, evidence);
    }

    private static List<String> restarted(Ended ended) {
        return Stream.of("Deployment", "DaemonSet")
                .flatMap(kind -> ended.simulation().kernel().objects().list(kind).stream())
                .map(KubeProjection::workload)
                .filter(w -> w.templateAnnotations().containsKey(RestartWorkloads.ANNOTATION))
                .map(Workload::name)
                .toList();
    }

    private static void complete(Ended ended) {
        assertThat(ended.report().outcome())
                .as(ended.report().reason() + ended.report().findings())
                .isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(ended.report().end()).isEqualTo(Optional.of(RunEnd.COMPLETE));
    }

    private Ended run(ClusterSnapshot cluster, Map<String, Object> options, List<String> accepted) {
        return run(planned(asked(cluster, options, Map.of(), accepted)), bench.simulate(cluster, 1));
    }

    private Ended run(MigrationPlan plan, Simulation simulation) {
        return new Ended(bench.run(plan, simulation).report(), simulation);
    }

    private MigrationPlan planned(ClusterSnapshot cluster, Map<String, Object> values) {
        return planned(asked(cluster, Map.of(), values, List.of()));
    }

    private static MigrationPlan planned(PlanResult result) {
        return result.fold(PlanResult.Planned::plan, refused -> {
            throw new AssertionError(refused.findings().toString());
        });
    }

    private List<String> stops(ClusterSnapshot cluster, Map<String, Object> options) {
        return asked(cluster, options, Map.of(), List.of())
                .fold(PlanResult.Planned::findings, PlanResult.Refused::findings)
                .stream()
                .filter(Finding::stops)
                .map(f -> f.code() + " " + f.subject())
                .toList();
    }

    private PlanResult asked(
            ClusterSnapshot cluster, Map<String, Object> options, Map<String, Object> values, List<String> accepted) {
        List<String> all = new ArrayList<>(accepted);
        all.addAll(List.of("CHN-POLICY-PAUSE", "CHN-POLICIES-BEGIN"));
        return bench.result(
                "chaining",
                cluster,
                new Wishes(bench.intent("clean-cluster", all), Map.of("chaining", options), values, List.of(), false));
    }

    /** With a Job beside cart that takes so many seconds and has just begun. */
    private ClusterSnapshot withJob(int seconds) {
        return bench.edited(POLICED, document -> {
            Map<String, Object> workload = named(document, "workloads", "cart");
            workload.put("kind", "Job");
            workload.put("name", "import");
            workload.put("uid", "0f6e4a10-5c1b-4d0e-8f5a-6a1f00000001");
            workload.put("desired", 1);
            workload.put("ready", 1);
            workload.put("updated", 1);
            Map<String, Object> labels = Map.of("job-name", "import");
            workload.put("selector", Map.of("matchLabels", labels));
            workload.put("templateLabels", labels);
            workload.put("templateAnnotations", Map.of("cnishift.io/run-seconds", String.valueOf(seconds)));
            Map<String, Object> pod = podsOf(document, "cart").get(0);
            pod.put("address", spare(document, pod));
            pod.put("name", "import-x7k2p");
            pod.put("uid", "0f6e4a10-5c1b-4d0e-8f5a-6a1f00000002");
            pod.put("labels", labels);
            pod.put("controller", Map.of("kind", "Job", "name", "import", "uid", workload.get("uid")));
            pod.put("createdAt", document.get("takenAt"));
            add(document, "workloads", workload);
            add(document, "pods", pod);
        });
    }

    /** Cart as a ReplicaSet that no Deployment made. */
    private static void cartByItself(Map<String, Object> document) {
        Map<String, Object> cart = named(document, "workloads", "cart");
        List<Map<String, Object>> pods = podsOf(document, "cart");
        remove(document, "workloads", List.of(cart));
        remove(document, "pods", pods);
        Map<String, Object> labels = Tree.map(cart, "templateLabels");
        cart.put("kind", "ReplicaSet");
        add(document, "workloads", cart);
        for (Map<String, Object> pod : pods) {
            pod.put("controller", Map.of("kind", "ReplicaSet", "name", "cart", "uid", cart.get("uid")));
            pod.put("labels", labels);
            add(document, "pods", pod);
        }
    }

    private static Map<String, Object> named(Map<String, Object> document, String part, String name) {
        return new LinkedHashMap<>(Tree.maps(document, part).stream()
                .filter(m -> name.equals(m.get("name")))
                .findFirst()
                .orElseThrow());
    }

    private static List<Map<String, Object>> podsOf(Map<String, Object> document, String name) {
        return Tree.maps(document, "pods").stream()
                .filter(p -> String.valueOf(p.get("name")).startsWith(name + "-"))
                .<Map<String, Object>>map(LinkedHashMap::new)
                .toList();
    }

    /** An address of the pod's node that no pod has. */
    private static Object spare(Map<String, Object> document, Map<String, Object> pod) {
        String instance = Tree.maps(document, "nodes").stream()
                .filter(n -> Objects.equals(n.get("name"), pod.get("node")))
                .map(n -> String.valueOf(n.get("instance")))
                .findFirst()
                .orElseThrow();
        List<Object> taken =
                Tree.maps(document, "pods").stream().map(p -> p.get("address")).toList();
        return Tree.maps(document, "networkInterfaces").stream()
                .filter(i -> instance.equals(i.get("instance")))
                .flatMap(i -> Tree.texts(i, "addresses").stream())
                .filter(a -> !taken.contains(a))
                .findFirst()
                .orElseThrow();
    }

    private static void add(Map<String, Object> document, String part, Map<String, Object> more) {
        List<Object> all = new ArrayList<>(Tree.maps(document, part));
        all.add(more);
        document.put(part, all);
    }

    private static void remove(Map<String, Object> document, String part, List<Map<String, Object>> gone) {
        List<Object> all = new ArrayList<>(Tree.maps(document, part));
        all.removeAll(gone);
        document.put(part, all);
    }
}
