package io.cnishift.it.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.simulator.kit.Clusters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Pods with security groups of their own: mistake 26. */
final class PodGroupMistakesSimulationTest {

    private static final String API = "Deployment/web/api";
    private static final String TRUNK = "vpc.amazonaws.com/has-trunk-attached";
    private static final Map<String, Object> LEAVE = Map.of("securityGroupsForPods", "leave");
    private static final Map<String, Object> DROP = Map.of("securityGroupsForPods", "drop");

    /** Pod objects outlive their node by a minute. */
    private static final Duration POD_GARBAGE = Duration.ofMinutes(2);

    private final Trial trial = new Trial();
    private final ClusterSnapshot cluster =
            Clusters.with().podSecurityGroups("standard").build();

    @Test
    void withoutAnOptionThereIsNoPlan() {
        assertThat(trial.refusal(cluster, Map.of(), Map.of()))
                .singleElement()
                .asString()
                .startsWith("OVL-SECURITY-GROUPS-FOR-PODS")
                .contains("2 pods of " + API, Clusters.POD_SG);
    }

    @Test
    void nodesThatCarryThemStayWithTheVpcCniAndNoOther() {
        Rehearsed done = trial.run(cluster, trial.plan(cluster, LEAVE));

        assertThat(done.result().report().outcome()).as(done.reason()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(done.result().report().end()).contains(RunEnd.HYBRID);
        assertThat(done.violations()).isEmpty();
        assertThat(done.result().report().notModelled()).isEmpty();
        done.pass(POD_GARBAGE);
        Set<String> staying = nodes(done.podsOf(API));
        assertThat(staying).hasSize(2);
        assertThat(nodes(done.podsOf("DaemonSet/kube-system/aws-node"))).isEqualTo(staying);
        assertThat(done.result().report().deferred())
                .hasSize(2)
                .allMatch(d -> d.pod().startsWith("web/api-") && staying.contains(d.node()));
        assertThat(done.nodes())
                .allMatch(n -> staying.contains(n.name()) == n.labels().containsKey(TRUNK))
                .noneMatch(Node::unschedulable);
    }

    @Test
    void newPodsOfTheirsStartOnNodesThatStay() {
        Rehearsed done = trial.run(cluster, trial.plan(cluster, LEAVE));
        Set<String> staying = nodes(done.podsOf(API));

        assertThat(done.comesBack(API)).isTrue();
        assertThat(nodes(done.podsOf(API))).isSubsetOf(staying);
        assertThat(done.violations()).isEmpty();
    }

    @Test
    void podsThatStayReachTheOverlay() {
        Rehearsed done = trial.run(cluster, trial.plan(cluster, LEAVE));
        Pod pod = done.podsOf(API).get(0);

        assertThat(done.ask(Question.of(From.POD, pod.key(), To.DNS, "web.web", Protocol.UDP, 53)))
                .matches(a -> a.reached(), "names are resolved");
    }

    @Test
    void inModeStrictThereIsNoPlanThatLeavesThem() {
        assertThat(trial.refusal(Clusters.with().podSecurityGroups("strict").build(), LEAVE, Map.of()))
                .singleElement()
                .asString()
                .startsWith("OVL-POD-GROUPS-CUT-OFF")
                .contains("POD_SECURITY_GROUP_ENFORCING_MODE is strict");
    }

    @Test
    void droppedTheyMoveAsOthers() {
        Rehearsed done = trial.run(cluster, trial.plan(cluster, DROP));

        assertThat(done.complaints()).isEmpty();
        assertThat(done.podsOf(API)).hasSize(2).allMatch(Pod::ready);
    }

    @Test
    void whileAPolicySelectsThemTheyFindNoPlaceOnNewNodes() {
        MigrationPlan hasty = Edited.without(trial.plan(cluster, DROP), "drop-web.api");
        Rehearsed stopped = trial.run(cluster, hasty);
        stopped.pass(Duration.ofMinutes(5));

        assertThat(stopped.result().report().outcome()).isNotEqualTo(RunOutcome.SUCCEEDED);
        assertThat(stopped.podsOf(API)).anyMatch(p -> !p.ready() && p.node().isEmpty());
    }

    private static Set<String> nodes(List<Pod> pods) {
        return pods.stream().map(p -> p.node().orElseThrow()).collect(Collectors.toSet());
    }
}
