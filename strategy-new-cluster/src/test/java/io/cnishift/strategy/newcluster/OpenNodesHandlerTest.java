package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.AuthorizeIngress;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.View;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whose groups get rules. */
final class OpenNodesHandlerTest {

    private static final OpenNodes PARAMS =
            new OpenNodes(List.of(new OpenNodes.Opening("udp", 8472, 8472, "Cluster Mesh, tunnel")));
    private static final String CLUSTER = View.of(Meshed.first()).cluster().clusterSecurityGroup();

    private static ClusterSnapshot grouped(ClusterSnapshot of, List<String> most, List<String> one) {
        String special = of.resources()
                .filter(Instance.class::isInstance)
                .map(Resource::key)
                .sorted()
                .findFirst()
                .orElseThrow();
        Stream<Resource> shut = of.resources()
                .map(r -> r instanceof Instance i ? in(i, i.id().equals(special) ? one : most) : r)
                .map(r -> r instanceof SecurityGroup g
                        ? new SecurityGroup(g.id(), g.name(), List.of(), g.egress(), g.tags())
                        : r);
        return Meshed.of(of, shut.toList());
    }

    private static Instance in(Instance i, List<String> groups) {
        return new Instance(
                i.id(),
                i.type(),
                i.availabilityZone(),
                i.subnet(),
                i.nodeGroup(),
                i.state(),
                i.privateAddress(),
                i.imageId(),
                i.hopLimit(),
                groups,
                i.launchedAt(),
                i.launchTemplateVersion(),
                i.protectedFromScaleIn(),
                i.publicAddress());
    }

    private static List<Act> acts(View view) {
        return ((StepOutcome.Perform) new OpenNodesHandler().next(view, PARAMS, new Begun())).acts();
    }

    @Test
    void theClustersOwnGroupWhereTheNodeHasItElseTheFirstOne() {
        ClusterSnapshot first =
                grouped(Meshed.first(), List.of("sg-0-shared", CLUSTER), List.of("sg-0-shared", "sg-1"));
        ClusterSnapshot second = grouped(Meshed.second(), List.of(CLUSTER), List.of(CLUSTER));

        assertThat(OpenNodesHandler.receivers(View.of(first))).containsExactlyInAnyOrder(CLUSTER, "sg-0-shared");
        assertThat(acts(View.of(first, second)))
                .filteredOn(AuthorizeIngress.class::isInstance)
                .extracting(act -> ((AuthorizeIngress) act).securityGroup())
                .containsExactlyInAnyOrder(CLUSTER, "sg-0-shared");
    }

    @Test
    void oneThatIsMarkedAsTheNodesOwnComesBeforeTheClustersWhichTheControlPlaneHasToo() {
        ClusterSnapshot first = grouped(Meshed.first(), List.of(CLUSTER, "sg-nodes"), List.of(CLUSTER, "sg-shared"));
        SecurityGroup nodes = new SecurityGroup(
                "sg-nodes",
                "nodes",
                List.of(),
                List.of(),
                Map.of("kubernetes.io/cluster/" + View.of(first).cluster().name(), "owned"));
        SecurityGroup shared = new SecurityGroup("sg-shared", "shared", List.of(), List.of(), Map.of());
        ClusterSnapshot marked = Meshed.of(
                first,
                Stream.concat(first.resources(), Stream.of(nodes, shared)).toList());

        assertThat(OpenNodesHandler.receivers(View.of(marked))).containsExactlyInAnyOrder("sg-nodes", CLUSTER);
    }

    @Test
    void groupsInCommonGetARuleOnce() {
        ClusterSnapshot first = grouped(Meshed.first(), List.of(CLUSTER), List.of(CLUSTER, "sg-more"));
        ClusterSnapshot second = grouped(Meshed.second(), List.of("sg-red"), List.of("sg-red", "sg-zz"));

        assertThat(acts(View.of(first, second)))
                .map(act -> (AuthorizeIngress) (act instanceof OnSecond on ? on.act() : act))
                .allSatisfy(act -> assertThat(act.rules()).hasSize(1))
                .extracting(
                        AuthorizeIngress::securityGroup,
                        act -> act.rules().get(0).peer())
                .containsExactly(tuple(CLUSTER, "sg-red"), tuple("sg-red", CLUSTER));
    }
}
