package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.AccessEntry;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The move from clean-cluster to a second cluster that the plan makes, by the engine. */
final class MadeClusterSimulationTest {

    private final Engine engine = new Engine();
    private final Simulation simulation = Simulation.pair(
            Asked.scenario("clean-cluster"),
            Unmade.beside(Asked.scenario("clean-cluster"), "clean-cluster-green"),
            new Settings(1, Map.of()));
    private final World second = simulation.world().second().orElseThrow();
    private final Journal journal = Journal.inMemory("m1");

    private RunRequest request(Map<String, Object> options) {
        MigrationPlan plan = Asked.plan(
                        new NewClusterStrategy(), Asked.scenario("clean-cluster"), options, Accepted.MADE, engine::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
        return RunRequest.of(StoredPlan.of(plan, new PlanFiles(engine.codec())), journal, simulation.world())
                .within(RunLimits.THROUGH);
    }

    private RunReport run(String step) {
        RunRequest all = request(Map.of());
        return engine.runner()
                .apply(all.within(RunLimits.THROUGH.lastStep(step)))
                .report();
    }

    private List<Resource> left() {
        return second.aws()
                .read(EnumSet.of(
                        Part.CLUSTER, Part.NODE_GROUPS, Part.NETWORK_INTERFACES, Part.ADDONS, Part.ACCESS_ENTRIES))
                .resources();
    }

    @Test
    void workloadsMoveToAClusterThatWasNotThere() {
        RunReport report = engine.runner().apply(request(Map.of())).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(report.services())
                .isNotEmpty()
                .allMatch(s -> s.secondsBelowMinimum().isZero());
        assertThat(report.notModelled()).isEmpty();
        assertThat(second.kubernetes().read(Set.of(Part.NODES)).resources())
                .hasSize(4)
                .allMatch(n -> ((Node) n).ready());
        assertThat(left())
                .filteredOn(Addon.class::isInstance)
                .isNotEmpty()
                .allMatch(a -> "m1".equals(((Addon) a).tags().get("cnishift.io/migration")));
    }

    @Test
    void whoMayComeIntoTheFirstMayComeInThereAsSoonAsItIsThere() {
        RunReport report = run("make-access");

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.PAUSED);
        AccessEntry shop = Asked.scenario("clean-cluster").accessEntries().get(1);
        assertThat(second.aws().read(Set.of(Part.ACCESS_ENTRIES)).resources())
                .map(AccessEntry.class::cast)
                .filteredOn(e -> !e.principal().endsWith("role/cnishift"))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.principal()).isEqualTo(shop.principal());
                    assertThat(e.groups()).isEqualTo(shop.groups());
                    assertThat(e.policies()).containsExactlyInAnyOrderElementsOf(shop.policies());
                    assertThat(e.tags()).containsEntry("team", "shop").containsEntry("cnishift.io/migration", "m1");
                });
    }

    @Test
    void whoIsGoneFromTheAccountHoldsUpNobodyElse() {
        ClusterSnapshot clean = Asked.scenario("clean-cluster");
        AccessEntry shop = clean.accessEntries().get(1);
        AccessEntry left = new AccessEntry(
                shop.principal().replace("teams/shop", "a-leaver"), "STANDARD", "left", List.of(), List.of(), Map.of());
        ClusterSnapshot first = ClusterSnapshot.of(
                clean.source(),
                clean.takenAt(),
                Stream.concat(Stream.of(left), clean.resources()).toList(),
                List.of());
        Simulation pair = Simulation.pair(
                first,
                Unmade.beside(first, "clean-cluster-green"),
                new Settings(1, Map.of("principal-gone", "role/a-leaver")));
        MigrationPlan plan = Asked.plan(new NewClusterStrategy(), first, Map.of(), Accepted.MADE, engine::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });

        RunReport report = engine.runner()
                .apply(RunRequest.of(StoredPlan.of(plan, new PlanFiles(engine.codec())), journal, pair.world())
                        .within(RunLimits.THROUGH.lastStep("make-access")))
                .report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.PAUSED);
        assertThat(report.reason()).isEqualTo("step make-access is done");
        assertThat(report.steps())
                .filteredOn(s -> s.id().equals("make-access"))
                .singleElement()
                .satisfies(s -> assertThat(s.detail()).contains("role/a-leaver"));
        assertThat(pair.world()
                        .second()
                        .orElseThrow()
                        .aws()
                        .read(Set.of(Part.ACCESS_ENTRIES))
                        .resources())
                .extracting(Resource::key)
                .contains(shop.principal())
                .doesNotContain(left.principal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"eni", "vpc-cni-prefix"})
    void podsHaveAddressesOfTheVpcWhereThatIsWanted(String network) {
        RunReport report = engine.runner().apply(request(with(network))).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(report.services())
                .isNotEmpty()
                .allMatch(s -> s.secondsBelowMinimum().isZero());
        assertThat(report.notModelled()).isEmpty();
        Cidr vpc = Cidr.parse("10.20.0.0/16");
        assertThat(second.kubernetes().read(Set.of(Part.PODS)).resources())
                .isNotEmpty()
                .allMatch(p -> ((Pod) p).address().filter(vpc::contains).isPresent());
        assertThat(second.kubernetes().read(Set.of(Part.NODES)).resources())
                .hasSize(4)
                .allMatch(n -> ((Node) n).maxPods() == (network.equals("eni") ? 15 : 110));
    }

    @Test
    void podsAndServicesHaveIpv6AddressesWhereThatIsWanted() {
        RunReport report = engine.runner().apply(request(with("vpc-cni-ipv6"))).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(report.services())
                .isNotEmpty()
                .allMatch(s -> s.secondsBelowMinimum().isZero());
        assertThat(report.notModelled()).isEmpty();
        Cidr vpc = Cidr.parse("2001:db8:14e4:a00::/56");
        assertThat(second.kubernetes().read(Set.of(Part.PODS)).resources())
                .map(Pod.class::cast)
                .filteredOn(p -> !p.hostNetwork())
                .isNotEmpty()
                .allMatch(p -> p.address().filter(vpc::contains).isPresent())
                .extracting(Pod::address)
                .doesNotHaveDuplicates();
        Cidr range =
                ((Cluster) second.aws().read(Set.of(Part.CLUSTER)).resources().get(0)).serviceCidr();
        assertThat(second.kubernetes().read(Set.of(Part.SERVICES)).resources())
                .map(Service.class::cast)
                .extracting(s -> s.clusterIp().orElseThrow())
                .contains(range.address(1), range.address(10))
                .hasSizeGreaterThan(2)
                .allMatch(range::contains);
        assertThat(second.kubernetes().read(Set.of(Part.NODES)).resources())
                .hasSize(4)
                .allMatch(n -> ((Node) n).maxPods() == 110);
    }

    private static Map<String, Object> with(String network) {
        return network.equals("eni")
                ? Map.of("network", network, "operatorRole", "arn:aws:iam::444455556666:role/cilium-operator")
                : Map.of("network", network);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "eni", "vpc-cni-prefix", "vpc-cni-ipv6"})
    void takenBackItIsGoneAndTheFirstAsItWas(String network) {
        ClusterState start = ClusterState.of(simulation);
        RunRequest request = request(with(network));
        engine.runner().apply(request);

        RunReport back = new Rollbacks(engine.runner()).turn(request).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(left()).isEmpty();
        assertThat(start.differences(ClusterState.of(simulation))).isEmpty();
        assertThat(journal.lines().toString()).contains("DeleteOidcProvider");
    }

    @Test
    void takenBackItStaysWhereThePlanSaysSo() {
        RunRequest request = request(Map.of("deleteGreen", "false"));
        engine.runner().apply(request);

        RunReport back = new Rollbacks(engine.runner()).turn(request).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(left()).anyMatch(Cluster.class::isInstance);
    }

    @Test
    void itIsNotDeletedUnderOthers() {
        RunRequest request = request(Map.of());
        engine.runner().apply(request.within(RunLimits.THROUGH.lastStep("make-addons")));
        second.kubernetes()
                .perform(new CreateObject(
                        Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "theirs"))));

        RunReport back = new Rollbacks(engine.runner()).turn(request).report();

        assertThat(back.findings()).extracting(f -> f.code()).containsExactly("NEW-SECOND-IN-USE");
        assertThat(left()).anyMatch(Cluster.class::isInstance);
    }

    @Test
    void aWorkloadOfOthersInTheDefaultNamespaceKeepsItToo() {
        RunRequest request = request(Map.of());
        engine.runner().apply(request.within(RunLimits.THROUGH.lastStep("make-addons")));
        second.kubernetes().perform(new CreateObject(deployment("default", "theirs")));

        RunReport back = new Rollbacks(engine.runner()).turn(request).report();

        assertThat(back.findings()).extracting(f -> f.subject()).containsExactly("Deployment default/theirs");
        assertThat(left()).anyMatch(Cluster.class::isInstance);
    }

    @Test
    void itsOwnNetworkIsNobodysUse() {
        RunRequest request = request(Map.of());
        engine.runner().apply(request.within(RunLimits.THROUGH.lastStep("make-addons")));
        for (String own : List.of("cilium-secrets", "certificates")) {
            second.kubernetes()
                    .perform(new CreateObject(Map.of(
                            "apiVersion",
                            "v1",
                            "kind",
                            "Namespace",
                            "metadata",
                            Map.of(
                                    "name",
                                    own,
                                    "labels",
                                    Map.of(
                                            "app.kubernetes.io/part-of", "cilium",
                                            "app.kubernetes.io/managed-by", "Helm")))));
        }

        RunReport back = new Rollbacks(engine.runner()).turn(request).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(left()).isEmpty();
    }

    private static Map<String, Object> deployment(String namespace, String name) {
        Map<String, Object> labels = Map.of("app", name);
        return Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                Map.of("namespace", namespace, "name", name),
                "spec",
                Map.of(
                        "replicas",
                        1,
                        "selector",
                        Map.of("matchLabels", labels),
                        "template",
                        Map.of(
                                "metadata",
                                Map.of("labels", labels),
                                "spec",
                                Map.of("containers", List.of(Map.of("name", name, "image", "registry.example/x:1"))))));
    }

    @Test
    void noOwnerIsAskedForWhatIsMadeAndCopied() {
        RunReport report = engine.runner()
                .apply(request(Map.of("executor", "owner")).within(RunLimits.THROUGH.lastStep("copy-policies")))
                .report();

        assertThat(report.reason()).isEqualTo("step copy-policies is done");
        assertThat(journal.lines()).noneMatch(l -> l.record() instanceof JournalRecord.OwnerAsked);
    }

    @Test
    void nothingIsKnownOfItBeforeItIsThere() {
        RunReport report = run("make-cluster");

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.PAUSED);
        assertThat(report.durationSeconds().toMinutes()).isBetween(9L, 12L);
        assertThat(left())
                .filteredOn(Cluster.class::isInstance)
                .singleElement()
                .satisfies(c -> assertThat(((Cluster) c).status()).isEqualTo("ACTIVE"));
    }
}
