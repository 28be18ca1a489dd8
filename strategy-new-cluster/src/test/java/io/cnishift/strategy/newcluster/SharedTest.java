package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NamedObject;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.View;
import io.cnishift.simulator.kit.Asked;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What belongs to the whole cluster and goes along. */
final class SharedTest {

    private static final String RBAC = "rbac.authorization.k8s.io/v1";

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "ClusterRole, prometheus, -, true",
                "ClusterRole, system:node, -, false",
                "ClusterRole, eks:addon-manager, -, false",
                "ClusterRole, cluster-admin, -, false",
                "ClusterRoleBinding, developers, -, true",
                "ClusterRoleBinding, prometheus, monitoring, true",
                "ClusterRoleBinding, both, monitoring+shop, true",
                "ClusterRoleBinding, metrics-server, kube-system, false",
                "ClusterRoleBinding, mixed, kube-system+monitoring, false",
                "ClusterRoleBinding, system:node, -, false",
            })
    void carriesRightsOfThoseWhoGoAlong(String kind, String name, String accounts, boolean carried) {
        String type = accounts == null ? "" : accounts.replace('+', ',');
        assertThat(Shared.carried(named(RBAC, kind, name, type), List.of("monitoring", "shop")))
                .isEqualTo(carried);
    }

    @Test
    void leavesWhatIsInNoNamespaceOrStandsForSomethingOutside() {
        assertThat(Shared.carried(named("rds.aws.upbound.io/v1beta1", "Instance", "orders", ""), List.of("shop")))
                .isFalse();
        View view = view(
                in("shop", "rds.services.k8s.aws/v1alpha1", "DBInstance"),
                in("shop", "database.example.crossplane.io/v1", "PostgreSQL"),
                in("shop", "backup.example.com/v1", "Schedule"));
        assertThat(Shared.customKinds(view, List.of("shop"))).containsExactly("Schedule");
    }

    @Test
    void namesBindingsOfWhichOnlySomeAccountsGoAlong() {
        View view = view(
                named(RBAC, "ClusterRoleBinding", "mixed", "kube-system,shop"),
                named(RBAC, "ClusterRoleBinding", "whole", "shop"),
                named(RBAC, "ClusterRoleBinding", "theirs", "kube-system"),
                named(RBAC, "ClusterRoleBinding", "system:mixed", "kube-system,shop"));
        assertThat(Shared.partly(view, List.of("shop"))).containsExactly("mixed");
    }

    private static View view(NamedObject... objects) {
        ClusterSnapshot some = Asked.scenario("clean-cluster");
        List<Resource> all = Stream.concat(some.resources(), Stream.of(objects)).toList();
        return View.of(ClusterSnapshot.of(some.source(), some.takenAt(), all, List.of()));
    }

    private static NamedObject in(String namespace, String apiVersion, String kind) {
        return new NamedObject(apiVersion, kind, namespace, "main", "u", "", false);
    }

    private static NamedObject named(String apiVersion, String kind, String name, String type) {
        return new NamedObject(apiVersion, kind, "", name, "u", type, false);
    }
}
