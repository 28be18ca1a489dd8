package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Role;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.step.InstallOnSecond;
import io.cnishift.simulator.kit.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The controller of load balancers in a second cluster that a plan makes. */
final class BalancerControllerTest {

    private static final ClusterSnapshot FIRST = Asked.scenario("minnie-wallace");
    private static final String ROLE = "arn:aws:iam::111122223333:role/lbc";

    private static ClusterSnapshot with(Resource... more) {
        List<Resource> all = new ArrayList<>(FIRST.resources().toList());
        all.addAll(List.of(more));
        return ClusterSnapshot.of(FIRST.source(), FIRST.takenAt(), all, List.of());
    }

    private static ClusterSnapshot without(Part part) {
        return ClusterSnapshot.of(
                FIRST.source(),
                FIRST.takenAt(),
                FIRST.resources().filter(r -> r.part() != part).toList(),
                List.of());
    }

    private static InstallOnSecond install(ClusterSnapshot first, boolean overlay) {
        return (InstallOnSecond) BalancerController.of(View.of(first))
                .orElseThrow()
                .steps("green", overlay, Optional.empty())
                .get(0)
                .params();
    }

    private static List<String> codes(ClusterSnapshot first) {
        return Asked.codes(Asked.assess(new NewClusterStrategy(), first).findings().stream()
                .toList());
    }

    private static Role role() {
        String issuer = FIRST.cluster().oidcIssuer().map(Role::issuer).orElseThrow();
        return new Role(
                "lbc",
                ROLE,
                Map.of(
                        "Version",
                        "2012-10-17",
                        "Statement",
                        List.of(Map.of(
                                "Effect",
                                "Allow",
                                "Principal",
                                Map.of("Federated", "arn:aws:iam::111122223333:oidc-provider/" + issuer),
                                "Action",
                                "sts:AssumeRoleWithWebIdentity",
                                "Condition",
                                Map.of(
                                        "StringEquals",
                                        Map.of(
                                                issuer + ":sub",
                                                "system:serviceaccount:kube-system:aws-load-balancer-controller"))))));
    }

    @Test
    void itIsTheFirstClustersForTheNameOfTheSecond() {
        InstallOnSecond install = install(FIRST, false);

        assertThat(install.chartVersion()).isEqualTo("1.14.1");
        assertThat(install.values())
                .containsEntry("clusterName", "green")
                .containsEntry("region", "ap-south-1")
                .doesNotContainKey("hostNetwork");
        assertThat(Tree.flag(install.values(), "serviceAccount", "create")).isTrue();
    }

    @Test
    void overAnOverlayTheControlPlaneReachesItOnTheHostsNetwork() {
        assertThat(install(FIRST, true).values())
                .containsEntry("hostNetwork", true)
                .containsEntry("dnsPolicy", "ClusterFirstWithHostNet");
    }

    @Test
    void itHasTheRoleThatAdmitsItsServiceAccount() {
        ClusterSnapshot first = with(role());

        assertThat(Tree.text(
                        install(first, true).values(), "serviceAccount", "annotations", "eks.amazonaws.com/role-arn"))
                .contains(ROLE);
        assertThat(codes(first)).doesNotContain("NEW-CONTROLLER-RIGHTS").contains("NEW-TRUST-ROLES");
    }

    @Test
    void aRoleByPodIdentityIsMadeThereToo() {
        assertThat(codes(with(new PodIdentity("kube-system", "aws-load-balancer-controller", ROLE))))
                .doesNotContain("NEW-CONTROLLER-RIGHTS");
        assertThat(codes(FIRST)).contains("NEW-CONTROLLER-RIGHTS");
    }

    @Test
    void withoutAReleaseThereIsNothingToMakeOneAfter() {
        assertThat(Asked.assess(new NewClusterStrategy(), without(Part.RELEASES))
                        .findings())
                .filteredOn(f -> f.code().equals("NEW-NOT-MADE"))
                .extracting(Finding::subject)
                .containsExactly("Ingress default/nginx");
    }

    @Test
    void itComesAlongWhateverItServes() {
        assertThat(BalancerController.of(View.of(without(Part.INGRESSES)))).isPresent();
        assertThat(BalancerController.of(View.of(without(Part.RELEASES)))).isEmpty();
    }
}
