package io.cnishift.simulator.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Application;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ArgoCdTest {

    private static final Map<String, Object> HEALING = Map.of("automated", Map.of("selfHeal", true));
    private static final Map<String, Object> BY_HAND = Map.of();
    private static final Owner SET = new Owner(Owner.Kind.OPERATOR, "ApplicationSet/teams");
    private static final ObjectKey SHOP = new ObjectKey("Application", "argocd", "shop");

    @Test
    void anApplicationThatDoesNotHealLeavesChangesAndTellsOfThem() {
        Kernel kernel = world(app("shop", Map.of("automated", Map.of("prune", true)), Owner.NONE));
        scale(kernel);

        assertThat(replicas(kernel)).isEqualTo(7);
        assertThat(shop(kernel).outOfSync()).containsExactly("Deployment/web/api");
        assertThat(shop(kernel).comparedAt()).isPresent();
    }

    @Test
    void oneThatHealsTakesThemBackAndIsInSync() {
        Kernel kernel = world(app("shop", HEALING, Owner.NONE));
        scale(kernel);

        assertThat(replicas(kernel)).isEqualTo(2);
        assertThat(shop(kernel).outOfSync()).isEmpty();
    }

    @Test
    void whatWasLeftIsTakenBackOnceItHealsAgain() {
        Kernel kernel = world(app("shop", BY_HAND, Owner.NONE));
        scale(kernel);
        policy(kernel, HEALING);

        assertThat(replicas(kernel)).isEqualTo(2);
    }

    @Test
    void anApplicationSetSwitchesSyncOnAgain() {
        Kernel kernel = world(app("shop", HEALING, SET), set(List.of()));
        policy(kernel, BY_HAND);

        assertThat(shop(kernel).syncs()).isTrue();
    }

    @Test
    void oneThatIgnoresTheFieldDoesNot() {
        Kernel kernel = world(app("shop", HEALING, SET), set(List.of("shop")));
        policy(kernel, BY_HAND);

        assertThat(shop(kernel).syncs()).isFalse();
    }

    @Test
    void aParentThatHealsSwitchesSyncOnAgainUnlessItIgnoresTheField() {
        Owner parent = new Owner(Owner.Kind.ARGO_CD, "root");
        Kernel kernel = world(app("shop", HEALING, parent), app("root", HEALING, Owner.NONE));
        policy(kernel, BY_HAND);
        assertThat(shop(kernel).syncs()).isTrue();

        Map<String, Object> respecting =
                Map.of("automated", Map.of("selfHeal", true), "syncOptions", List.of("RespectIgnoreDifferences=true"));
        Kernel ignored = world(
                app("shop", HEALING, parent),
                new Application(
                        "Application",
                        "argocd",
                        "root",
                        respecting,
                        Owner.NONE,
                        List.of("*"),
                        false,
                        false,
                        List.of(),
                        Optional.empty()));
        policy(ignored, BY_HAND);
        assertThat(shop(ignored).syncs()).isFalse();
    }

    @Test
    void aSyncUnderWayWritesItsSourceWhateverBecomesOfThePolicy() {
        Application running = new Application(
                "Application",
                "argocd",
                "shop",
                BY_HAND,
                Owner.NONE,
                List.of("*"),
                false,
                true,
                List.of(),
                Optional.empty());
        Kernel kernel = world(running);
        scale(kernel);
        assertThat(replicas(kernel)).isEqualTo(7);
        assertThat(shop(kernel).underWay()).isTrue();
        run(kernel, 60);

        assertThat(replicas(kernel)).isEqualTo(2);
        assertThat(shop(kernel).underWay()).isFalse();
    }

    @Test
    void recordsComeBackAsTheyWere() {
        Application set = set(List.of("a", "b"));
        Application shop = app("shop", HEALING, SET);
        Kernel kernel = world(shop, set);

        assertThat(shop(kernel)).isEqualTo(shop);
        assertThat(KubeProjection.application(kernel.objects()
                        .get("ApplicationSet", "argocd", "teams")
                        .orElseThrow()))
                .isEqualTo(set);
    }

    private static Application app(String name, Map<String, Object> policy, Owner owner) {
        List<String> leaves = policy.containsKey("automated") ? List.of() : List.of(Application.ALL);
        return new Application(
                "Application", "argocd", name, policy, owner, leaves, false, false, List.of(), Optional.empty());
    }

    private static Application set(List<String> leaves) {
        return new Application(
                "ApplicationSet",
                "argocd",
                "teams",
                Map.of(),
                Owner.NONE,
                leaves,
                false,
                false,
                List.of(),
                Optional.empty());
    }

    private static Kernel world(Application... applications) {
        Clusters clusters = Clusters.with().ownedBy(new Owner(Owner.Kind.ARGO_CD, "shop"));
        for (Resource application : applications) {
            clusters.beside(application);
        }
        List<Behaviour> behaviours =
                new ArrayList<>(List.of(new GitOpsReverts(), new ApplicationMakers(), new SyncUnderWay()));
        return Simulation.open(clusters.build(), new Settings(1, Map.of()), behaviours)
                .kernel();
    }

    private static void scale(Kernel kernel) {
        kernel.objects().update("Deployment", "web", "api", "somebody", d -> Trees.with(d, 7, "spec", "replicas"));
        run(kernel, 10);
    }

    private static void policy(Kernel kernel, Map<String, Object> policy) {
        kernel.objects()
                .update("Application", "argocd", "shop", "somebody", a -> Trees.with(a, policy, "spec", "syncPolicy"));
        run(kernel, 15);
    }

    private static void run(Kernel kernel, int seconds) {
        kernel.clock().runUntil(kernel.clock().now().plus(Duration.ofSeconds(seconds)));
    }

    private static Application shop(Kernel kernel) {
        return KubeProjection.application(kernel.objects().get(SHOP).orElseThrow());
    }

    private static long replicas(Kernel kernel) {
        return Tree.number(kernel.objects().get("Deployment", "web", "api").orElseThrow(), 0, "spec", "replicas");
    }
}
