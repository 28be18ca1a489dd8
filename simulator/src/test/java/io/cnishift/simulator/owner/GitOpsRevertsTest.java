package io.cnishift.simulator.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.ChangeLog;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GitOpsRevertsTest {

    private static final String[] CONTAINERS = {"spec", "template", "spec", "containers"};

    @ParameterizedTest
    @EnumSource(names = {"ARGO_CD", "FLUX"})
    void leavesAloneWhatIsAsItsSourceSays(Owner.Kind kind) {
        Kernel kernel = ownedBy(kind);
        ChangeLog log = kernel.objects().log();
        long start = kernel.objects().resourceVersion();
        run(kernel, 3600);

        assertThat(log.since(start).orElseThrow()).isEmpty();
    }

    @Test
    void argoCdHealsWithinSeconds() {
        Kernel kernel = ownedBy(Owner.Kind.ARGO_CD);
        change(kernel, d -> Trees.with(d, 7, "spec", "replicas"));
        run(kernel, 4);
        assertThat(replicas(kernel)).isEqualTo(7);
        run(kernel, 2);

        assertThat(replicas(kernel)).isEqualTo(2);
    }

    @Test
    void fluxComesByEveryTenMinutes() {
        Kernel kernel = ownedBy(Owner.Kind.FLUX);
        run(kernel, 60);
        change(kernel, d -> Trees.with(d, 7, "spec", "replicas"));
        run(kernel, 500);
        assertThat(replicas(kernel)).isEqualTo(7);
        run(kernel, 60);

        assertThat(replicas(kernel)).isEqualTo(2);
    }

    @Test
    void whatNoSourceStatesStays() {
        Kernel kernel = ownedBy(Owner.Kind.ARGO_CD);
        change(kernel, d -> Trees.with(d, "now", "spec", "template", "metadata", "annotations", "restartedAt"));
        run(kernel, 60);

        assertThat(Tree.text(api(kernel), "spec", "template", "metadata", "annotations", "restartedAt"))
                .contains("now");
    }

    @Test
    void containersAreToldByTheirNames() {
        Kernel kernel = ownedBy(Owner.Kind.ARGO_CD);
        change(
                kernel,
                d -> Trees.with(
                        d,
                        List.of(
                                Map.of("name", "sidecar", "image", "example.org/sidecar:1"),
                                Map.of("name", "api", "image", "example.org/api:2")),
                        CONTAINERS));
        run(kernel, 60);

        List<Map<String, Object>> containers = Tree.maps(api(kernel), CONTAINERS);
        assertThat(containers)
                .extracting(c -> c.get("image"))
                .containsExactly("example.org/sidecar:1", "example.org/api:1");
        assertThat(containers.get(1)).containsKeys("ports", "resources", "readinessProbe");
    }

    @Test
    void makesAgainWhatWasDeleted() {
        Kernel kernel = ownedBy(Owner.Kind.ARGO_CD);
        kernel.objects().delete("Ingress", "web", "web", Optional.empty());
        run(kernel, 10);

        assertThat(kernel.objects().get("Ingress", "web", "web")).isPresent();
    }

    private static Kernel ownedBy(Owner.Kind kind) {
        return Simulation.open(
                        Clusters.with()
                                .ownedBy(new Owner(kind, "flux-system/shop"))
                                .build(),
                        new Settings(1, Map.of()),
                        List.of(new GitOpsReverts()))
                .kernel();
    }

    private static void run(Kernel kernel, int seconds) {
        kernel.clock().runUntil(kernel.clock().now().plus(Duration.ofSeconds(seconds)));
    }

    private static void change(Kernel kernel, UnaryOperator<Map<String, Object>> change) {
        kernel.objects().update("Deployment", "web", "api", "somebody", change);
    }

    private static Map<String, Object> api(Kernel kernel) {
        return kernel.objects().get("Deployment", "web", "api").orElseThrow();
    }

    private static long replicas(Kernel kernel) {
        return Tree.number(api(kernel), 0, "spec", "replicas");
    }
}
