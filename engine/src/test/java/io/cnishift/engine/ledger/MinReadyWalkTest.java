package io.cnishift.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.MinReady;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.ViewFeed;
import io.cnishift.api.cluster.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a view has worked out about Services before a change is what a view that never knew anything else works out after it. */
final class MinReadyWalkTest {

    private final ViewFeed feed = new ViewFeed();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverChangesTheAnswerFollows(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 300; step++) {
            Change change = change(random);
            feed.apply(change);

            assertThat(answers(feed.view()))
                    .as("seed %d, step %d: %s", seed, step, change)
                    .isEqualTo(answers(seenAnew(feed.view())));
        }
    }

    private static View seenAnew(View view) {
        ViewFeed anew = new ViewFeed();
        view.all(Part.SERVICES, Service.class).forEach(s -> anew.apply(Change.of(s)));
        view.all(Part.BUDGETS, Budget.class).forEach(b -> anew.apply(Change.of(b)));
        view.all(Part.WORKLOADS, Workload.class).forEach(w -> anew.apply(Change.of(w)));
        view.all(Part.PODS, Pod.class).forEach(p -> anew.apply(Change.of(p)));
        return anew.view();
    }

    private static List<String> answers(View view) {
        List<String> answers = new ArrayList<>();
        for (Service service : view.all(Part.SERVICES, Service.class)) {
            answers.add(service.key() + ": " + MinReady.desired(view, service) + " "
                    + MinReady.whenHealthy(view, service) + " " + MinReady.of(view, service, 3));
        }
        return answers;
    }

    private static Change change(Random random) {
        String name = "x" + random.nextInt(4);
        return switch (random.nextInt(8)) {
            case 0 -> some(random, service(name, app(random)));
            case 1, 2 -> some(random, budget(name, app(random), random));
            case 3 -> some(random, workload(name, random));
            default -> some(random, pod(random.nextInt(8), name, app(random), random));
        };
    }

    private static Change some(Random random, Resource resource) {
        return random.nextInt(4) == 0 ? Change.gone(resource.part(), resource.key()) : Change.of(resource);
    }

    private static Map<String, String> app(Random random) {
        return Map.of("app", "a" + random.nextInt(3), "tier", "t" + random.nextInt(2));
    }

    private static Service service(String name, Map<String, String> labels) {
        return new Service(
                "web",
                name,
                "uid-" + name,
                "1",
                "ClusterIP",
                Optional.empty(),
                Map.of("app", labels.getOrDefault("app", "")),
                List.of(),
                "Cluster",
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Owner.NONE,
                false);
    }

    private static Budget budget(String name, Map<String, String> labels, Random random) {
        int expected = random.nextInt(4);
        return new Budget(
                "web",
                name,
                "uid-" + name,
                Map.of("matchLabels", Map.of("tier", labels.getOrDefault("tier", ""))),
                Optional.of(String.valueOf(random.nextInt(3))).filter(n -> random.nextBoolean()),
                Optional.of(String.valueOf(random.nextInt(3))).filter(n -> random.nextBoolean()),
                random.nextInt(2),
                random.nextInt(4),
                Math.min(expected, random.nextInt(4)),
                expected,
                false);
    }

    private static Workload workload(String name, Random random) {
        Workload like = Shop.deployment(random.nextInt(5), random.nextBoolean() ? "1" : "25%", "1");
        return new Workload(
                "Deployment",
                "web",
                name,
                "uid-" + name,
                "1",
                1,
                1,
                like.desired(),
                random.nextInt(5),
                like.updated(),
                like.available(),
                random.nextBoolean() ? "RollingUpdate" : "Recreate",
                like.maxSurge(),
                like.maxUnavailable(),
                false,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                false,
                List.of(),
                List.of(),
                Owner.NONE);
    }

    private static Pod pod(int number, String workload, Map<String, String> labels, Random random) {
        Map<String, String> all = Map.of(
                "app",
                labels.getOrDefault("app", ""),
                "tier",
                labels.getOrDefault("tier", ""),
                "pod-template-hash",
                "h");
        return new Pod(
                "web",
                "p" + number,
                "uid-p" + number,
                "1",
                Optional.of(new Pod.OwnerRef("ReplicaSet", workload + "-h", "uid-" + workload))
                        .filter(o -> random.nextInt(4) > 0),
                Optional.of("n" + random.nextInt(2)),
                random.nextInt(4) == 0 ? Pod.Phase.SUCCEEDED : Pod.Phase.RUNNING,
                random.nextBoolean(),
                Optional.empty(),
                false,
                List.of(),
                all,
                Map.of(),
                0,
                0,
                List.of(),
                "default",
                30,
                random.nextBoolean(),
                0,
                Optional.empty(),
                Instant.EPOCH);
    }
}
