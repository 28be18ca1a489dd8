package io.cnishift.it.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.EvictPod;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.Wishes;
import io.cnishift.engine.rehearse.ActTape;
import io.cnishift.engine.rehearse.CheckedStep;
import io.cnishift.engine.rehearse.ServerCheck;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.it.Bench;
import io.cnishift.simulator.world.Simulation;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overlay plan that is rehearsed in the simulator is applied by the same runner over HTTP. */
final class FrontedMigrationIT {

    private static final String SCENARIO = "minnie-wallace";
    private static final int SHOP_REPLICAS = 2;
    private static final int ECHO_REPLICAS = 5;
    private static final int MOST_FOR_A_NODE = 40;

    @TempDir
    private Path folder;

    private static MigrationPlan plan(Bench bench) {
        Wishes wishes =
                new Wishes(bench.intent(SCENARIO, List.of()), Map.of("overlay", Map.of()), Map.of(), List.of(), true);
        return bench.result(bench.scenario(SCENARIO), wishes).fold(PlanResult.Planned::plan, refused -> {
            throw new AssertionError(refused.findings().toString());
        });
    }

    @Test
    void goesThroughAHoldAndPastItWhileTheClusterIsUsed() throws IOException {
        Bench bench = new Bench();
        StoredPlan stored = StoredPlan.of(plan(bench), bench.files());
        Journal journal = Journal.inMemory("m1");
        Requests requests = new Requests();
        try (Fronted fronted = new Fronted(bench.scenario(SCENARIO), folder, List.of(requests))) {
            RunReport held = run(fronted, world -> bench.runner().apply(RunRequest.of(stored, journal, world)));
            assertThat(held.outcome()).as("%s", held.reason()).isEqualTo(RunOutcome.PAUSED);
            assertThat(held.reason()).contains("remove-vpc-cni");
            requireFew(requests, journal, bench.scenario(SCENARIO).nodes().size());

            try (KubernetesClient client = client(fronted)) {
                use(client);
                fronted.advance("5m");
                RunReport done = run(
                        fronted,
                        world -> bench.runner()
                                .resume(RunRequest.of(stored, journal, world)
                                        .within(RunLimits.NONE.past("remove-vpc-cni"))));
                assertThat(done.outcome()).as("%s", done.reason()).isEqualTo(RunOutcome.SUCCEEDED);
                assertThat(done.end()).contains(RunEnd.COMPLETE);
                assertThat(done.violations()).isEmpty();
                requireRunning(client, "default", "shop", SHOP_REPLICAS);
                requireRunning(client, "echo", "echo", ECHO_REPLICAS);
            }
        }
    }

    @Test
    void theFrontSaysOfEachActWhatTheClusterInsideSays() {
        Bench bench = new Bench();
        MigrationPlan plan = plan(bench);
        ActTape tape = new ActTape();
        RunReport rehearsed = bench.rehearsal()
                .run(
                        StoredPlan.of(plan, bench.files()),
                        bench.scenario(SCENARIO),
                        new WorldFactory.Settings(1, Map.of()),
                        tape)
                .report();
        assertThat(rehearsed.outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        Requests requests = new Requests();
        try (Fronted fronted = new Fronted(bench.scenario(SCENARIO), folder, List.of(requests));
                FrontedWorld world = new FrontedWorld(fronted)) {
            List<String> behind = verdicts(new ServerCheck(world.world()).of(plan, tape));
            World inside = Simulation.open(bench.scenario(SCENARIO), new WorldFactory.Settings(1, Map.of()))
                    .world();
            assertThat(behind).isEqualTo(verdicts(new ServerCheck(inside).of(plan, tape)));
            assertThat(behind).anyMatch(line -> line.endsWith("launch template accepted"));
            assertThat(requests.of("POST /cnishift/perform"::equals)).isZero();
        }
    }

    private static List<String> verdicts(List<CheckedStep> steps) {
        return steps.stream()
                .flatMap(step -> step.acts().stream()
                        .map(said -> step.step() + " " + said.act().replaceFirst(" lt-.*", "") + " " + said.verdict()))
                .toList();
    }

    private static RunReport run(Fronted fronted, Function<World, RunResult> run) {
        try (FrontedWorld world = new FrontedWorld(fronted)) {
            return run.apply(world.world()).report();
        }
    }

    private static KubernetesClient client(Fronted fronted) throws IOException {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(fronted.kubeconfig())))
                .build();
    }

    /** What the teams of a cluster do all day: a new Deployment, one more replica, a new version. */
    private static void use(KubernetesClient client) {
        client.resource(Fabric8IT.shop(SHOP_REPLICAS)).create();
        client.apps().deployments().inNamespace("echo").withName("echo").scale(ECHO_REPLICAS);
        client.apps()
                .deployments()
                .inNamespace("httpd")
                .withName("httpd")
                .rolling()
                .restart();
    }

    private static void requireRunning(KubernetesClient client, String namespace, String name, int replicas) {
        assertThat(client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withName(name)
                        .get()
                        .getStatus()
                        .getReadyReplicas())
                .as("%s/%s", namespace, name)
                .isEqualTo(replicas);
    }

    /**
     * Kubernetes is asked for what acts need and for nothing else: a list is read once to follow it and once to begin, as a few
     * ConfigMaps are by name, and however often the run looks at the cluster, an idle look makes no request.
     */
    private static void requireFew(Requests requests, Journal journal, int nodes) {
        List<Act> acts = journal.lines().stream()
                .map(JournalLine::record)
                .filter(JournalRecord.ActIntended.class::isInstance)
                .map(record -> ((JournalRecord.ActIntended) record).act())
                .filter(act -> act.api() == Act.Api.KUBERNETES)
                .toList();
        long evictions = acts.stream().filter(EvictPod.class::isInstance).count();
        long writes = requests.of(k -> k.matches("(PATCH|POST|DELETE) [a-z][a-z/]*"));
        long reads = requests.of(k -> k.matches("GET [a-z]+") && !k.matches("GET (discovery|configmaps)"));
        long looks = requests.of("POST /cnishift/clock"::equals);
        System.out.println("requests to Kubernetes: " + acts.size() + " acts, " + writes + " writes and " + reads
                + " reads for them, " + requests.of(k -> k.startsWith("LIST")) + " lists, "
                + requests.of(k -> k.startsWith("WATCH")) + " watches; to AWS and Helm: "
                + requests.of("POST /cnishift/read"::equals) + " reads, "
                + requests.of("POST /cnishift/perform"::equals) + " acts; for " + nodes + " nodes, in " + looks
                + " waits");
        assertThat(writes).isEqualTo(acts.size());
        assertThat(reads).isLessThanOrEqualTo(acts.size() + evictions);
        assertThat((writes + reads) / nodes).isLessThanOrEqualTo(MOST_FOR_A_NODE);
        assertThat(requests.counts()).allSatisfy((kind, count) -> {
            if (kind.equals("GET configmaps")) {
                assertThat(count).isLessThan(10);
            }
            if (kind.startsWith("LIST")) {
                assertThat(count).as(kind).isLessThanOrEqualTo(2);
            }
            if (kind.startsWith("WATCH")) {
                assertThat(count).as(kind).isEqualTo(1);
            }
        });
        assertThat(looks).isGreaterThan(10L * (writes + reads));
    }
}
