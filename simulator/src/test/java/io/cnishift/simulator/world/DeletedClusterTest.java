package io.cnishift.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteCluster;
import io.cnishift.api.act.DeleteFargateProfile;
import io.cnishift.api.act.DeleteNodeGroup;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.kit.Clusters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A cluster that EKS is asked to delete. */
final class DeletedClusterTest {

    private static final Act OBJECT = new CreateObject(
            Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", Map.of("namespace", "default", "name", "a")));

    private static Simulation simulation(List<String> profiles, boolean isProtected) {
        ClusterSnapshot healthy = Clusters.healthy();
        return Simulation.open(
                ClusterSnapshot.of(
                        healthy.source(),
                        healthy.takenAt(),
                        healthy.resources()
                                .map(r -> r instanceof Cluster c ? cluster(c, profiles, isProtected) : r)
                                .toList(),
                        List.of()),
                new Settings(1, Map.of()));
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

    private static void pass(Simulation simulation, int minutes) {
        simulation.kernel().clock().runUntil(simulation.kernel().clock().now().plus(Duration.ofMinutes(minutes)));
    }

    private static ActResult delete(Simulation simulation) {
        return simulation
                .world()
                .aws()
                .perform(new DeleteCluster(
                        simulation.kernel().snapshot().cluster().name()));
    }

    private static void withoutGroups(Simulation simulation) {
        simulation.kernel().snapshot().nodeGroups().stream()
                .map(NodeGroup::name)
                .forEach(g -> assertThat(simulation
                                .world()
                                .aws()
                                .perform(new DeleteNodeGroup(g))
                                .done())
                        .isTrue());
        pass(simulation, 20);
    }

    private static void refused(ActResult result, Reason reason, String words) {
        assertThat(result).isInstanceOfSatisfying(ActResult.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.message()).contains(words);
        });
    }

    @Test
    void staysWhileItHasNodeGroups() {
        refused(delete(simulation(List.of(), false)), Reason.BUSY, "nodegroups attached");
    }

    @Test
    void staysWhileItHasProfilesWhichGoOneAtATime() {
        Simulation simulation = simulation(List.of("batch", "night"), false);
        withoutGroups(simulation);
        refused(delete(simulation), Reason.BUSY, "Fargate profiles attached");
        assertThat(simulation
                        .world()
                        .aws()
                        .perform(new DeleteFargateProfile("batch"))
                        .done())
                .isTrue();
        refused(
                simulation.world().aws().perform(new DeleteFargateProfile("night")),
                Reason.BUSY,
                "ResourceInUseException");
        pass(simulation, 5);
        assertThat(simulation
                        .world()
                        .aws()
                        .perform(new DeleteFargateProfile("night"))
                        .done())
                .isTrue();
        pass(simulation, 5);
        assertThat(delete(simulation).done()).isTrue();
    }

    @Test
    void staysWhileItIsProtected() {
        Simulation simulation = simulation(List.of(), true);
        withoutGroups(simulation);
        refused(delete(simulation), Reason.INVALID, "deletion protection");
    }

    @Test
    void itsApiServerGoesWithIt() {
        Simulation simulation = simulation(List.of(), false);
        withoutGroups(simulation);
        assertThat(delete(simulation).done()).isTrue();
        pass(simulation, 1);
        assertThat(simulation.world().kubernetes().perform(OBJECT).done()).isTrue();
        pass(simulation, 5);
        refused(simulation.world().kubernetes().perform(OBJECT), Reason.UNAVAILABLE, "no API server");
    }
}
