package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteCluster;
import io.cnishift.api.act.DeleteFargateProfile;
import io.cnishift.api.act.DeleteNodeGroup;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.DeleteOidcProvider;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.engine.journal.CrashingSink;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.SimulatedCrash;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.PlanFiles;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.rollback.Rollbacks;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.engine.run.Snapshots;
import io.cnishift.engine.verify.BuiltInProbes;
import io.cnishift.engine.verify.Verification;
import io.cnishift.engine.verify.Verifier;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of the first cluster, where it is asked for. */
final class DeletionSimulationTest {

    private static final Map<String, Object> DELETING = Map.of("deleteBlue", "true");

    private final Engine engine = new Engine();
    private final Journal journal = Journal.inMemory("m1");

    private static Simulation pair(ClusterSnapshot first) {
        return Simulation.pair(first, Asked.scenario(first.cluster().name() + "-green"), new Settings(1, Map.of()));
    }

    /** The same cluster with these Fargate profiles, and perhaps deletion protection. */
    private static ClusterSnapshot with(ClusterSnapshot snapshot, List<String> profiles, boolean isProtected) {
        return ClusterSnapshot.of(
                snapshot.source(),
                snapshot.takenAt(),
                snapshot.resources()
                        .map(r -> r instanceof Cluster c ? cluster(c, profiles, isProtected) : r)
                        .toList(),
                List.of());
    }

    private static Cluster cluster(Cluster c, List<String> profiles, boolean isProtected) {
        return new Cluster(
                c.name(),
                c.arn(),
                c.account(),
                c.region(),
                c.kubernetesVersion(),
                c.status(),
                c.endpoint(),
                c.publicEndpoint(),
                c.privateEndpoint(),
                c.serviceCidr(),
                c.ipFamily(),
                c.authenticationMode(),
                c.autoMode(),
                c.hybridNodes(),
                profiles,
                c.controlPlaneSubnets(),
                c.clusterSecurityGroup(),
                c.vpcId(),
                c.kubeSystemUid(),
                c.oidcIssuer(),
                isProtected,
                c.tags(),
                c.nodeLimit());
    }

    private MigrationPlan plan(ClusterSnapshot first) {
        return plan(first, DELETING);
    }

    private MigrationPlan plan(ClusterSnapshot first, Map<String, Object> options) {
        return Asked.plan(
                        new NewClusterStrategy(),
                        first,
                        Asked.scenario(first.cluster().name() + "-green"),
                        options,
                        Accepted.DELETION,
                        engine::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
    }

    private RunRequest request(ClusterSnapshot first, World world) {
        return request(plan(first), world);
    }

    private RunRequest request(MigrationPlan plan, World world) {
        return RunRequest.of(StoredPlan.of(plan, new PlanFiles(engine.codec())), journal, world)
                .within(RunLimits.THROUGH);
    }

    private List<Act> deletions() {
        return journal.lines().stream()
                .map(JournalLine::record)
                .filter(JournalRecord.ActIntended.class::isInstance)
                .map(r -> ((JournalRecord.ActIntended) r).act())
                .filter(a -> a.getClass().getSimpleName().startsWith("Delete"))
                .toList();
    }

    private static List<Resource> clusters(World world) {
        return world.aws().read(Set.of(Part.CLUSTER)).resources();
    }

    @Test
    void theFirstClusterGoesPieceByPieceAndItselfLast() {
        ClusterSnapshot clean = with(Asked.scenario("clean-cluster"), List.of("batch", "night"), false);
        Simulation simulation = pair(clean);

        RunReport report =
                engine.runner().apply(request(clean, simulation.world())).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(deletions())
                .containsExactly(
                        new DeleteNodeGroup("workers"),
                        new DeleteFargateProfile("batch"),
                        new DeleteFargateProfile("night"),
                        new DeleteCluster("clean-cluster"),
                        new DeleteOidcProvider("clean-cluster"));
        assertThat(report.services())
                .isNotEmpty()
                .allMatch(s -> s.secondsBelowMinimum().isZero());
        simulation.kernel().clock().runUntil(simulation.kernel().clock().now().plus(Duration.ofMinutes(5)));
        assertThat(clusters(simulation.world())).isEmpty();
        assertThat(simulation
                        .world()
                        .kubernetes()
                        .perform(new CreateObject(Map.of(
                                "apiVersion",
                                "v1",
                                "kind",
                                "ConfigMap",
                                "metadata",
                                Map.of("namespace", "default", "name", "late")))))
                .isInstanceOfSatisfying(
                        ActResult.Refused.class, r -> assertThat(r.reason()).isEqualTo(ActResult.Reason.UNAVAILABLE));
        assertThat(clusters(simulation.world().second().orElseThrow())).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 10", "1, 0", "1, 10", "3, 0", "3, 10"})
    void whoDiedOnceItWasDeletedIsGoneOnWithToTheEnd(int records, int minutes) {
        ClusterSnapshot clean = Asked.scenario("clean-cluster");
        engine.runner().apply(request(clean, pair(clean).world()));
        long last = journal.lines().stream()
                .filter(l -> l.record() instanceof JournalRecord.ActIntended a && a.act() instanceof DeleteCluster)
                .mapToLong(JournalLine::seq)
                .findFirst()
                .orElseThrow();
        Simulation simulation = pair(clean);
        Journal dying = Journal.inMemory("m2").through(sink -> CrashingSink.before(last + 1 + records, sink));
        RunRequest request = request(clean, simulation.world()).on(dying);
        assertThatThrownBy(() -> engine.runner().apply(request)).isInstanceOf(SimulatedCrash.class);
        simulation.kernel().clock().runUntil(simulation.kernel().clock().now().plus(Duration.ofMinutes(minutes)));

        RunReport report =
                engine.runner().resume(request.on(Journal.inMemory(dying))).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
    }

    @Test
    void noVerificationPassesOnAClusterThatIsBeingDeleted() {
        ClusterSnapshot clean = Asked.scenario("clean-cluster");
        Simulation simulation = pair(clean);
        engine.runner().apply(request(clean, simulation.world()));

        Verification said = new Verifier(BuiltInProbes.all())
                .verify(Snapshots.of(simulation.world(), "its end"), simulation.world());

        assertThat(said.probes())
                .filteredOn(line -> line.code().equals("CLUSTER-ACTIVE"))
                .extracting(Verification.Line::evidence)
                .containsExactly("cluster clean-cluster is DELETING");
    }

    @Test
    void onlyWhatDeletesHasNoWayBack() {
        MigrationPlan plan = plan(Asked.scenario("clean-cluster"));

        assertThat(plan.phases().get(plan.phases().size() - 1).id()).isEqualTo("delete-first");
        assertThat(plan.phases().stream().flatMap(p -> p.steps().stream()).filter(s -> s.pointOfNoReturn()))
                .extracting(s -> s.id())
                .containsExactly("delete-group-workers", "delete-first");
    }

    @Test
    void whatIsDeletedIsNotTakenBack() {
        ClusterSnapshot clean = Asked.scenario("clean-cluster");
        Simulation simulation = pair(clean);
        RunRequest request = request(clean, simulation.world());
        engine.runner().apply(request.within(RunLimits.THROUGH.lastStep("delete-group-workers")));

        RunReport back = new Rollbacks(engine.runner()).turn(request).report();

        assertThat(back.findings()).extracting(Finding::code).containsExactly("STEP-GROUP-NOT-RESTORABLE");
        assertThat(clusters(simulation.world())).hasSize(1);
    }

    @Test
    void theWayBackFromADeletedClusterIsRefusedByName() {
        ClusterSnapshot clean = Asked.scenario("clean-cluster");
        Simulation simulation = pair(clean);
        RunRequest request = request(clean, simulation.world());
        engine.runner().apply(request);

        RunReport back = new Rollbacks(engine.runner()).turn(request).report();

        assertThat(back.findings())
                .extracting(f -> f.code() + " " + f.subject())
                .containsExactly("ROLLBACK-REFUSED cluster clean-cluster");
        assertThat(back.outcome()).isEqualTo(RunOutcome.BLOCKED);
        assertThat(back.wayBack()).isEmpty();
    }

    @Test
    void loadBalancersOfItsOwnGoWhileTheirControllerRuns() {
        ClusterSnapshot minnie = Asked.scenario("minnie-wallace");
        Simulation simulation = pair(minnie);

        RunReport report =
                engine.runner().apply(request(minnie, simulation.world())).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(deletions())
                .filteredOn(DeleteObject.class::isInstance)
                .extracting(Act::target)
                .containsExactlyInAnyOrder("Ingress default/nginx", "Ingress echo/echo", "Ingress httpd/httpd");
        assertThat(balancersOf("minnie-wallace", simulation)).isEmpty();
        assertThat(simulation.world().violations().get()).isEmpty();
        assertThat(records(simulation))
                .extracting(DnsRecord::setIdentifier)
                .containsExactly(Optional.of("minnie-wallace-green"));
    }

    @Test
    void loadBalancersThatForwardedToTheSecondGoToo() {
        ClusterSnapshot minnie = Asked.scenario("minnie-wallace");
        Simulation simulation = pair(minnie);
        List<String> theirs = balancersOf("minnie-wallace", simulation).stream()
                .flatMap(lb -> lb.securityGroups().stream())
                .toList();
        MigrationPlan plan = plan(minnie, Map.of("deleteBlue", "true", "shift", "target-groups"));

        RunReport report =
                engine.runner().apply(request(plan, simulation.world())).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(balancersOf("minnie-wallace", simulation)).isEmpty();
        assertThat(simulation.world().violations().get()).isEmpty();
        assertThat(simulation.world().aws().read(Set.of(Part.TARGET_GROUPS)).resources())
                .extracting(r -> ((TargetGroup) r).name())
                .noneMatch(name -> name.startsWith("cnishift-"));
        assertThat(simulation
                        .world()
                        .second()
                        .orElseThrow()
                        .aws()
                        .read(Set.of(Part.SECURITY_GROUPS))
                        .resources())
                .flatExtracting(r -> ((SecurityGroup) r).ingress())
                .extracting(SecurityGroup.Rule::peer)
                .doesNotContainAnyElementsOf(theirs);
    }

    @Test
    void nodesThatLetTheFirstsLoadBalancerInKeepItFromGoing() {
        ClusterSnapshot minnie = Asked.scenario("minnie-wallace");
        Simulation simulation = pair(minnie);
        RunRequest request =
                request(plan(minnie, Map.of("deleteBlue", "true", "shift", "target-groups")), simulation.world());
        engine.runner().apply(request.within(RunLimits.THROUGH.lastStep("unbind-targets")));
        World second = simulation.world().second().orElseThrow();
        ObjectRef late = ObjectRef.of("elbv2.k8s.aws/v1beta1", "TargetGroupBinding", "httpd", "late");
        Map<String, Object> from = Map.of(
                "securityGroup",
                Map.of(
                        "groupID",
                        balancersOf("minnie-wallace", simulation)
                                .get(0)
                                .securityGroups()
                                .get(0)));
        second.kubernetes()
                .perform(new CreateObject(Map.of(
                        "apiVersion",
                        late.apiVersion(),
                        "kind",
                        late.kind(),
                        "metadata",
                        Map.of("namespace", "httpd", "name", late.name()),
                        "spec",
                        Map.of(
                                "targetGroupARN",
                                "somebody-elses",
                                "serviceRef",
                                Map.of("name", "httpd", "port", 80),
                                "networking",
                                Map.of("ingress", List.of(Map.of("from", List.of(from))))))));

        RunReport stopped = engine.runner().resume(request).report();
        second.kubernetes().perform(new DeleteObject(late, Optional.empty()));
        RunReport resumed = engine.runner().resume(request).report();

        assertThat(stopped.findings())
                .extracting(f -> f.code() + " " + f.subject())
                .containsExactly("NEW-FIRST-IN-USE Ingress default/nginx");
        assertThat(resumed.outcome()).as(resumed.reason()).isEqualTo(RunOutcome.SUCCEEDED);
    }

    @Test
    void aDeletionThatNobodyAnsweredIsNotTakenForNone() {
        Moves move = Moves.of("minnie-wallace", "minnie-wallace-green", Accepted.DELETION)
                .with(DELETING);
        move.dieIn("delete-balancers");

        RunReport back =
                new Rollbacks(move.runner()).turn(move.to("delete-balancers")).report();

        assertThat(back.findings()).extracting(Finding::code).containsExactly("NEW-FIRST-GONE");
    }

    private static void held(World world, Ingress ingress) {
        world.kubernetes()
                .perform(new PatchObject(
                        ObjectRef.of("networking.k8s.io/v1", "Ingress", ingress.namespace(), ingress.name()),
                        PatchType.MERGE,
                        Map.of("metadata", Map.of("finalizers", List.of("example.com/kept"))),
                        Optional.empty()));
    }

    @Test
    void norIsOneThatItsControllerHasYetToFollow() {
        Moves move = Moves.of("minnie-wallace", "minnie-wallace-green", Accepted.DELETION)
                .with(DELETING);
        move.first()
                .kubernetes()
                .read(Set.of(Part.INGRESSES))
                .resources()
                .forEach(i -> held(move.first(), (Ingress) i));
        move.dieIn("delete-balancers");
        move.first().time().await(move.first().time().now().plusSeconds(600));

        RunReport back =
                new Rollbacks(move.runner()).turn(move.to("delete-balancers")).report();

        assertThat(back.findings()).extracting(Finding::code).containsExactly("NEW-FIRST-GONE");
    }

    private static List<LoadBalancer> balancersOf(String cluster, Simulation simulation) {
        return simulation.world().aws().read(Set.of(Part.LOAD_BALANCERS)).resources().stream()
                .map(LoadBalancer.class::cast)
                .filter(lb -> cluster.equals(lb.tags().get("elbv2.k8s.aws/cluster")))
                .toList();
    }

    @Test
    void oneThatNothingInItMakesIsFoundBeforeThePlan() {
        ClusterSnapshot minnie = Asked.scenario("minnie-wallace");
        ClusterSnapshot without = ClusterSnapshot.of(
                minnie.source(),
                minnie.takenAt(),
                minnie.resources().filter(r -> r.part() != Part.INGRESSES).toList(),
                List.of());

        assertThat(Asked.assess(new NewClusterStrategy(), without, Asked.scenario("minnie-wallace-green"), DELETING)
                        .findings())
                .filteredOn(f -> f.code().equals("NEW-FIRST-IN-USE"))
                .extracting(Finding::subject)
                .containsExactly("load balancer k8s-minnie-wallace");
    }

    @Test
    void loadBalancersThatAreGoneAreNotTakenBack() {
        ClusterSnapshot minnie = Asked.scenario("minnie-wallace");
        Simulation simulation = pair(minnie);
        RunRequest request = request(minnie, simulation.world());
        engine.runner().apply(request.within(RunLimits.THROUGH.lastStep("delete-balancers")));

        RunReport back = new Rollbacks(engine.runner()).turn(request).report();

        assertThat(back.findings())
                .extracting(f -> f.code() + " " + f.subject())
                .containsExactly("NEW-FIRST-GONE load balancers of cluster minnie-wallace");
    }

    @Test
    void itsOwnerDeletesItPieceByPieceToo() {
        ClusterSnapshot minnie = with(Asked.scenario("minnie-wallace"), List.of("batch", "night"), false);
        Simulation simulation = pair(minnie);
        MigrationPlan plan = plan(minnie, Map.of("deleteBlue", "true", "executor", Map.of("delete-first", "owner")));

        RunReport report =
                engine.runner().apply(request(plan, simulation.world())).report();

        assertThat(report.outcome()).as(report.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(deletions()).isEmpty();
        assertThat(balancersOf("minnie-wallace", simulation)).isEmpty();
    }

    @Test
    void recordsThatWereDroppedAreMadeAgainOnTheWayBack() {
        ClusterSnapshot minnie = Asked.scenario("minnie-wallace");
        Simulation simulation = pair(minnie);
        RunRequest request = request(minnie, simulation.world());
        List<DnsRecord> before = records(simulation);
        engine.runner().apply(request.within(RunLimits.THROUGH.lastStep("drop-names")));
        assertThat(records(simulation)).hasSize(1).doesNotContainAnyElementsOf(before);

        RunReport back = new Rollbacks(engine.runner()).turn(request).report();

        assertThat(back.outcome()).as(back.reason()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(records(simulation)).containsExactlyElementsOf(before);
    }

    private static List<DnsRecord> records(Simulation simulation) {
        return simulation.world().aws().read(Set.of(Part.DNS_RECORDS)).resources().stream()
                .map(DnsRecord.class::cast)
                .toList();
    }

    @Test
    void whatIsProtectedIsNotPlannedToGo() {
        ClusterSnapshot kept = with(Asked.scenario("clean-cluster"), List.of(), true);

        assertThat(Asked.codes(
                        Asked.assess(new NewClusterStrategy(), kept, Asked.scenario("clean-cluster-green"), DELETING)
                                .findings()))
                .contains("NEW-DELETION-PROTECTED");
    }

    @Test
    void whoKeepsItDoesNotDeleteIt() {
        assertThat(Asked.codes(Asked.assess(
                                new NewClusterStrategy(),
                                Asked.scenario("clean-cluster"),
                                Asked.scenario("clean-cluster-green"),
                                Map.of("deleteBlue", "true", "retire", "false"))
                        .findings()))
                .contains("NEW-DELETE-NOTHING");
    }

    @Test
    void whoHasItInCodeIsNamed() {
        ClusterSnapshot clean = Asked.scenario("clean-cluster");
        ClusterSnapshot written = ClusterSnapshot.of(
                clean.source(),
                clean.takenAt(),
                clean.resources().map(DeletionSimulationTest::ofTerraform).toList(),
                List.of());

        assertThat(Asked.assess(new NewClusterStrategy(), written, Asked.scenario("clean-cluster-green"), DELETING)
                        .findings())
                .filteredOn(f -> f.code().equals("NEW-DELETE") && f.message().startsWith("terraform "))
                .extracting(Finding::subject)
                .containsExactly("node group workers");
    }

    private static Resource ofTerraform(Resource resource) {
        return resource instanceof NodeGroup g
                ? new NodeGroup(
                        g.name(),
                        g.kind(),
                        g.status(),
                        g.autoScalingGroup(),
                        g.minSize(),
                        g.maxSize(),
                        g.desiredSize(),
                        g.instanceTypes(),
                        g.amiType(),
                        g.capacityType(),
                        g.subnets(),
                        g.launchTemplate(),
                        g.maxPodsBy(),
                        g.maxPods(),
                        g.labels(),
                        g.taints(),
                        g.nodeRole(),
                        g.autoRepair(),
                        g.suspendedProcesses(),
                        g.targetGroups(),
                        g.issues(),
                        g.tags(),
                        new Owner(Owner.Kind.TERRAFORM, "prod"))
                : resource;
    }
}
