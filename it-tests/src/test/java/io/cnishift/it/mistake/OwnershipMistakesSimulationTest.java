package io.cnishift.it.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.api.step.ApplyManifest;
import io.cnishift.api.step.RemoveAddon;
import io.cnishift.cilium.Migration;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.simulator.kit.Clusters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which CNI a node has: mistakes 1, 6, 8, 9, 14 and 21. */
final class OwnershipMistakesSimulationTest {

    private static final RunLimits TO_THE_FENCE = RunLimits.NONE.until("fence");
    private static final ObjectRef AWS_NODE = ObjectRef.of("apps/v1", "DaemonSet", "kube-system", "aws-node");
    private static final String WEB = "Deployment/web/web";
    private static final Duration TWO_DRIFT_ROUNDS = Duration.ofMinutes(31);

    private final Trial trial = new Trial();
    private final ClusterSnapshot cluster = Clusters.healthy();
    private final MigrationPlan plan = trial.plan(cluster);

    // 1: aws-node restricted to labelled nodes before the nodes have the label

    @Test
    void nodesHaveTheLabelBeforeTheFenceSoNoneLosesItsCni() {
        Rehearsed fenced = trial.run(cluster, plan, TO_THE_FENCE);

        assertThat(fenced.nodes()).allMatch(n -> n.labels().containsKey(Migration.AWS_NODE_LABEL));
        assertThat(fenced.awsNode().available()).isEqualTo(3);
        assertThat(fenced.comesBack(WEB)).isTrue();
    }

    @Test
    void withoutTheLabelsTheFenceIsRefused() {
        Rehearsed refused = trial.run(cluster, Edited.without(plan, "label-old-nodes"));

        assertThat(refused.reason()).contains("STEP-NODE-UNLABELLED", "3 nodes");
        assertThat(refused.awsNode().available()).isEqualTo(3);
    }

    @Test
    void aFenceThatDoesNotLookTakesTheCniFromEveryNode() {
        Map<String, Object> selector = Map.of(Migration.AWS_NODE_LABEL, Migration.AWS_NODE_LABEL_VALUE);
        MigrationPlan blind = Edited.instead(
                Edited.without(plan, "label-old-nodes"),
                "fence-aws-node",
                new ApplyManifest(Map.of(
                        "apiVersion",
                        "apps/v1",
                        "kind",
                        "DaemonSet",
                        "metadata",
                        Map.of("name", "aws-node", "namespace", "kube-system"),
                        "spec",
                        Map.of("template", Map.of("spec", Map.of("nodeSelector", selector))))));
        Rehearsed fenced = trial.run(cluster, blind, TO_THE_FENCE);
        fenced.pass(Duration.ofMinutes(1));

        assertThat(fenced.awsNode().desired()).isZero();
        assertThat(fenced.comesBack(WEB)).isFalse();
    }

    // 6: CoreDNS not made again, so that names are not resolved although its pods run

    @Test
    void namesAreResolvedFromEveryNodeAtTheEnd() {
        Rehearsed done = trial.run(cluster, plan);

        assertThat(done.complaints()).isEmpty();
        assertThat(done.unreachable(To.DNS, "kubernetes.default", Protocol.UDP, 53))
                .isEmpty();
        assertThat(done.podsOf("Deployment/kube-system/coredns")).hasSize(2).allMatch(p -> on("10.244.0.0/16", p));
    }

    @Test
    void coreDnsThatStaysAsItIsOnConvertedNodesAnswersNobody() {
        Rehearsed done = trial.run(cluster, Edited.without(converted(), "restart-system-pods"));
        assertThat(done.podsOf("Deployment/kube-system/coredns")).hasSize(2).allMatch(Pod::ready);
        assertThat(done.unreachable(To.DNS, "kubernetes.default", Protocol.UDP, 53))
                .hasSize(3)
                .allMatch(why -> why.contains("has not been made again"));

        Rehearsed refreshed =
                trial.run(cluster, Edited.early(converted(), "restart-system-pods", "restore-autoscaling"));
        assertThat(refreshed.unreachable(To.DNS, "kubernetes.default", Protocol.UDP, 53))
                .isEmpty();
    }

    // 8: aws-node removed while nodes still need it

    @Test
    void awsNodeIsNotRemovedBeforeTheLastNodeIsReplaced() {
        Rehearsed refused = trial.run(cluster, Edited.early(plan, "remove-vpc-cni", "template-workers"));

        assertThat(refused.reason()).contains("STEP-CNI-STILL-NEEDED", "3 nodes lack the label");
        assertThat(refused.comesBack(WEB)).isTrue();
    }

    @Test
    void withoutItsGuardsTheRemovalLeavesPodsOfOldNodesWithoutANetwork() {
        MigrationPlan hasty = Edited.early(unguarded(plan), "remove-vpc-cni", "template-workers");
        Rehearsed removed = trial.run(cluster, hasty, RunLimits.NONE.lastStep("remove-vpc-cni"));

        assertThat(removed.comesBack(WEB)).isFalse();
    }

    // 9: pods that start on a new node before Cilium is ready

    @Test
    void podsThatTolerateEverythingWaitForCiliumOnNewNodes() {
        ClusterSnapshot logged = PodNetworkAgent.on(cluster);
        Rehearsed done = trial.run(logged, trial.plan(logged));

        assertThat(done.complaints()).isEmpty();
        assertThat(done.podsOf(PodNetworkAgent.KEY)).hasSize(3).allMatch(p -> p.ready() && on("10.244.0.0/16", p));
    }

    @Test
    void whatCiliumDoesNotTakeOverIsWiredByTheVpcCniAndFoundOut() {
        MigrationPlan open = Edited.without(plan, "fence-aws-node", "take-over-new-nodes", "remove-takeover");
        Rehearsed stopped = trial.run(cluster, open);

        assertThat(stopped.podsOf(WEB)).allMatch(p -> on("10.0.0.0/16", p));
        assertThat(stopped.reason()).contains("STEP-POD-ADDRESS", "outside 10.244.0.0/16");
    }

    // 14: a managed add-on that takes a change back

    @Test
    void theFenceIsAFieldThatEksLeavesAlone() {
        Rehearsed fenced = trial.run(cluster, plan, TO_THE_FENCE);
        fenced.pass(TWO_DRIFT_ROUNDS);

        assertThat(Tree.strings(fenced.awsNode().podSpec(), "nodeSelector"))
                .containsEntry(Migration.AWS_NODE_LABEL, Migration.AWS_NODE_LABEL_VALUE);
    }

    @Test
    void aFenceInAFieldThatEksOwnsIsGoneWithinMinutes() {
        Map<String, Object> labelled =
                Map.of("key", Migration.AWS_NODE_LABEL, "operator", "In", "values", List.of("true"));
        Map<String, Object> terms = Map.of("nodeSelectorTerms", List.of(Map.of("matchExpressions", List.of(labelled))));
        Map<String, Object> affinity =
                Map.of("nodeAffinity", Map.of("requiredDuringSchedulingIgnoredDuringExecution", terms));
        Rehearsed fenced = trial.run(cluster, Edited.without(plan, "fence-aws-node"), TO_THE_FENCE);
        fenced.act(new PatchObject(
                AWS_NODE,
                PatchType.MERGE,
                Map.of("spec", Map.of("template", Map.of("spec", Map.of("affinity", affinity)))),
                Optional.empty()));
        assertThat(fenced.awsNode().podSpec().toString()).contains(Migration.AWS_NODE_LABEL);
        fenced.pass(TWO_DRIFT_ROUNDS);

        assertThat(fenced.awsNode().podSpec().toString()).doesNotContain(Migration.AWS_NODE_LABEL);
    }

    @Test
    void aNodeSelectorThatEksOwnsRefusesThePlan() {
        ClusterSnapshot owned = Variant.field(
                cluster, "workloads", "aws-node", "eksFields", List.of("spec.template.spec.nodeSelector"));

        assertThat(trial.refusal(owned, Map.of(), Map.of()))
                .singleElement()
                .asString()
                .startsWith("OVL-NODE-SELECTOR-OWNED");
    }

    // 21: an old group that launches a node after the fence

    @Test
    void anOldGroupThatLosesANodeLaunchesNoOther() {
        Rehearsed installed = trial.run(cluster, plan, RunLimits.NONE.until("install"));
        loseANode(installed);

        assertThat(installed.nodes()).hasSize(2).allMatch(Node::ready);
    }

    @Test
    void anOldGroupThatIsNotHeldLaunchesANodeWithoutACni() {
        Rehearsed installed = trial.run(
                cluster,
                Edited.without(plan, "park-autoscaling", "restore-autoscaling"),
                RunLimits.NONE.until("install"));
        loseANode(installed);

        assertThat(installed.nodes()).hasSize(3).filteredOn(n -> !n.ready()).hasSize(1);
    }

    private static void loseANode(Rehearsed run) {
        String instance = run.nodes().get(0).instance().orElseThrow();
        run.act(new TerminateInstance(instance, Clusters.GROUP, false));
        run.pass(Duration.ofMinutes(15));
    }

    private static boolean on(String range, Pod pod) {
        return pod.address().filter(Cidr.parse(range)::contains).isPresent();
    }

    /** The plan of somebody who converts nodes in place, with nothing that would make CoreDNS again by itself. */
    private MigrationPlan converted() {
        MigrationPlan inPlace = Edited.without(
                unguarded(plan),
                "take-over-new-nodes",
                "template-workers",
                "group-workers",
                "canary-workers",
                "roll-workers",
                "prove-new-side",
                "remove-takeover",
                "prove-steady",
                "remove-workers");
        return Edited.value(inPlace, "steady-cilium", false, "operator", "unmanagedPodWatcher", "restart");
    }

    /** The plan with a removal of the VPC CNI that looks at nothing. */
    private static MigrationPlan unguarded(MigrationPlan plan) {
        return Edited.with(
                plan,
                "remove-vpc-cni",
                RemoveAddon.class,
                r -> new RemoveAddon(r.addon(), List.of(), r.objects(), "kubernetes.io/os"));
    }
}
