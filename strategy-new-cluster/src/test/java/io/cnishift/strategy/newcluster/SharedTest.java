package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.NamedObject;
import java.util.List;
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
    void carriesCustomResourcesThatAreInNoNamespaceButThoseOfTheCluster() {
        assertThat(Shared.carried(named("cert-manager.io/v1", "ClusterIssuer", "letsencrypt", ""), List.of()))
                .isTrue();
        assertThat(Shared.carried(named("karpenter.sh/v1", "NodeClaim", "general-x2x1z", ""), List.of()))
                .isFalse();
        assertThat(Shared.carried(named("flowcontrol.apiserver.k8s.io/v1", "FlowSchema", "exempt", ""), List.of()))
                .isFalse();
    }

    private static NamedObject named(String apiVersion, String kind, String name, String type) {
        return new NamedObject(apiVersion, kind, "", name, "u", type, false);
    }
}
