package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.simulator.kit.Asked;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whose security groups and releases a mesh changes. */
final class MeshOwnersTest {

    private static ClusterSnapshot changed(UnaryOperator<Resource> change) {
        ClusterSnapshot first = Meshed.first();
        return Meshed.of(first, first.resources().map(change).toList());
    }

    private static ClusterSnapshot groups(Map<String, String> tags) {
        return changed(r ->
                r instanceof SecurityGroup g ? new SecurityGroup(g.id(), g.name(), g.ingress(), g.egress(), tags) : r);
    }

    private static List<String> findings(ClusterSnapshot first) {
        return Asked.assess(new NewClusterStrategy(), first, Meshed.OPTIONS).findings().stream()
                .filter(f -> f.code().equals("NEW-MESH-OWNER"))
                .map(Finding::message)
                .toList();
    }

    private static List<String> touches(String step) {
        MigrationPlan plan = Asked.plan(
                        new NewClusterStrategy(), Meshed.first(), Meshed.OPTIONS, Accepted.MADE, new Engine()::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
        return plan.phases().stream()
                .flatMap(p -> p.steps().stream())
                .filter(s -> s.id().equals(step))
                .flatMap(s -> s.touches().stream())
                .toList();
    }

    @Test
    void theGroupsThatGetRulesAreNamed() {
        String cluster = View.of(Meshed.first()).cluster().clusterSecurityGroup();

        assertThat(touches("open-nodes"))
                .contains("security-groups/" + cluster, "second-cluster")
                .doesNotContain("security-groups");
        assertThat(touches("close-nodes")).isEqualTo(touches("open-nodes"));
    }

    @Test
    void whatNobodyKeepsInCodeIsNotTalkedOf() {
        assertThat(findings(Meshed.first())).isEmpty();
    }

    @Test
    void codeTakesRulesAndValuesOutMeanwhile() {
        assertThat(findings(Meshed.releaseOf(Owner.Kind.TERRAFORM)))
                .singleElement()
                .asString()
                .contains("release kube-system/cilium is kept by terraform platform/cilium");
        assertThat(findings(groups(Map.of("terraform", "true"))))
                .singleElement()
                .asString()
                .contains("is kept by terraform");
    }

    @Test
    void whoWritesTheValuesItselfNeedsNoWarning() {
        assertThat(findings(Meshed.releaseOf(Owner.Kind.FLUX))).isEmpty();
    }
}
