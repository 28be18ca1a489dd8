package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NamedObject;
import io.cnishift.api.cluster.Namespace;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.codec.Style;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.PlanFiles;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.simulator.aws.Unmade;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.kit.ClusterState;
import io.cnishift.simulator.world.Simulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** minnie-wallace, whose controller of load balancers runs in a namespace of its owner's. */
final class ElsewhereControllerTest {

    private static final String CONTROLLER = "aws-load-balancer-controller";
    private static final Map<String, String> LABELS = Map.of("kubernetes.io/metadata.name", "edge", "team", "edge");

    private final Engine engine = new Engine();
    private final ClusterSnapshot first = moved();
    private final Simulation simulation =
            Simulation.pair(first, Unmade.beside(first, "minnie-wallace-green"), new Settings(1, Map.of()));
    private final Journal journal = Journal.inMemory("m1");

    private ClusterSnapshot moved() {
        String text = engine.codec()
                .text(ClusterSnapshot.class, Asked.scenario("minnie-wallace"), Format.YAML, Style.DOCUMENT);
        String there = Arrays.stream(text.split("(?=\n  - )"))
                .map(item -> item.contains("aws-load-balancer")
                        ? item.replaceFirst("namespace: kube-system", "namespace: edge")
                                .replace("kube-system/aws-load-balancer", "edge/aws-load-balancer")
                        : item)
                .collect(Collectors.joining());
        ClusterSnapshot read = engine.codec()
                .read(ClusterSnapshot.class, Source.text("moved.yaml", there))
                .orElseThrow(problems -> new IllegalStateException(problems.toString()));
        List<Resource> all = new ArrayList<>(read.resources().toList());
        all.add(new Namespace("edge", "u-edge", LABELS, false));
        return ClusterSnapshot.of(read.source(), read.takenAt(), all, List.of());
    }

    private RunRequest request() {
        MigrationPlan plan = Asked.plan(new NewClusterStrategy(), first, Map.of(), Accepted.MADE, engine::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
        return RunRequest.of(StoredPlan.of(plan, new PlanFiles(engine.codec())), journal, simulation.world())
                .within(RunLimits.THROUGH);
    }

    private List<Resource> second(Part part) {
        return simulation
                .world()
                .second()
                .orElseThrow()
                .kubernetes()
                .read(Set.of(part))
                .resources();
    }

    @Test
    void itIsInstalledThereForTheSecondClusterAndNotCopied() {
        RunReport report = engine.runner().apply(request()).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(report.services())
                .isNotEmpty()
                .allMatch(s -> s.secondsBelowMinimum().isZero());
        assertThat(report.notModelled()).isEmpty();
        assertThat(second(Part.NAMESPACES))
                .map(Namespace.class::cast)
                .filteredOn(n -> n.name().equals("edge"))
                .singleElement()
                .satisfies(n -> assertThat(n.labels()).containsAllEntriesOf(LABELS));
        assertThat(second(Part.WORKLOADS))
                .map(Workload.class::cast)
                .filteredOn(w -> w.name().equals(CONTROLLER))
                .singleElement()
                .satisfies(w -> assertThat(w.podSpec().toString()).contains("--cluster-name=minnie-wallace-green"));
    }

    @Test
    void takenBackItIsGoneWithItsNamespace() {
        ClusterState start = ClusterState.of(simulation);
        RunRequest request = request();
        engine.runner().apply(request.within(RunLimits.THROUGH.lastStep("copy-policies")));

        RunReport back = new Rollbacks(engine.runner()).turn(request).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(start.differences(ClusterState.of(simulation))).isEmpty();
    }

    @Test
    void theHistoryOfItsReleaseStaysAndThatOfOthersGoesAlong() {
        List<Resource> all = new ArrayList<>(first.resources().toList());
        all.add(new Release("edge", "proxy", "proxy", "1.0.0", "deployed", 1, Map.of()));
        for (String release : List.of(CONTROLLER, "proxy")) {
            all.add(secret("sh.helm.release.v1." + release + ".v3"));
        }
        View view = View.of(ClusterSnapshot.of(first.source(), first.takenAt(), all, List.of()));

        assertThat(new Inventory(view).of(List.of("edge"), List.of("Secret")))
                .extracting(ObjectRef::name)
                .containsExactly("sh.helm.release.v1.proxy.v3");
    }

    private static NamedObject secret(String name) {
        return new NamedObject("v1", "Secret", "edge", name, "u", "helm.sh/release.v1", false);
    }
}
