package io.cnishift.simulator.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.simulator.elb.TargetGroups.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class BoundTest {

    private static final int PORT = 30080;
    private static final int SEVERAL = 8;

    private final Bound bound = new Bound();
    private final TreeSet<String> instances = new TreeSet<>();
    private final List<Target> targets = new ArrayList<>();

    @Test
    void findsWhatWouldBeFoundByLookingAtAll() {
        Random random = new Random(3);
        for (int step = 0; step < 2000; step++) {
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                change(random);
            }
            bound.group(group());
            bound.nodePort(PORT);
            Predicate<Member> wanted = m -> m.port() == PORT && instances.contains(m.id());
            List<Member> missing = bound.missing(wanted, Comparator.comparing(Member::id));
            List<Member> surplus = bound.surplus(wanted);
            bound.looked(missing, surplus);

            List<Member> serving = targets.stream()
                    .filter(t -> !t.health().equals("draining"))
                    .map(Member::of)
                    .toList();
            assertThat(missing)
                    .as("missing after step %s", step)
                    .containsExactlyElementsOf(instances.stream()
                            .map(id -> new Member(id, PORT))
                            .filter(m -> !serving.contains(m))
                            .toList());
            assertThat(surplus)
                    .as("surplus after step %s", step)
                    .containsExactlyElementsOf(
                            serving.stream().filter(wanted.negate()).toList());
        }
    }

    @Test
    void anotherPortIsAnotherBindingAndTheSameIsNot() {
        assertThat(bound.isNew(Map.of("kind", "a"), Map.of("port", 80L))).isTrue();
        assertThat(bound.isNew(Map.of("kind", "a"), Map.of("port", 80L))).isFalse();
        assertThat(bound.isNew(Map.of("kind", "a"), Map.of("port", 81L))).isTrue();
    }

    @Test
    void podsThatCameAndWentAreLookedAt() {
        List<Member> now = List.of(new Member("10.0.0.1", 80), new Member("10.0.0.2", 80));
        bound.pods(now);
        assertThat(bound.missing(now::contains, Comparator.comparingInt(now::indexOf)))
                .isEqualTo(now);
        bound.looked(List.of(), List.of());
        bound.pods(now);
        assertThat(bound.still()).isTrue();

        targets.add(new Target("10.0.0.1", 80, "healthy", ""));
        bound.group(group());
        bound.looked(List.of(), List.of());
        bound.pods(List.of());
        assertThat(bound.surplus(m -> false)).containsExactly(now.get(0));
    }

    private void change(Random random) {
        String id = "i-" + random.nextInt(SEVERAL);
        switch (random.nextInt(4)) {
            case 0 -> {
                instances.add(id);
                bound.instance(id);
            }
            case 1 -> {
                instances.remove(id);
                bound.instance(id);
            }
            case 2 -> targets.removeIf(t -> t.id().equals(id));
            default -> {
                targets.removeIf(t -> t.id().equals(id));
                targets.add(new Target(id, PORT, random.nextBoolean() ? "healthy" : "draining", ""));
            }
        }
    }

    private TargetGroup group() {
        return new TargetGroup("arn", "web", "instance", "HTTP", PORT, 15, 2, 300, targets, Optional.empty(), Map.of());
    }
}
