package io.cnishift.simulator.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.simulator.elb.TargetGroups.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RosterTest {
    private static final Target A = target("a", "healthy");
    private static final Target B = target("b", "initial");
    private static final Target C = target("c", "healthy");

    private final Roster roster = new Roster();
    private final List<String> heard = new ArrayList<>();

    @Test
    void tellsOnlyOfTargetsThatAreNotAsTheyWere() {
        assertThat(told(A, B, C)).containsExactly("a healthy", "b initial", "c healthy");
        assertThat(told(A, B, C)).isEmpty();
        assertThat(told(A, target("b", "healthy"), C)).containsExactly("b healthy");
        assertThat(told(A, C, target("d", "initial"))).containsExactlyInAnyOrder("b gone", "d initial");
        assertThat(told(A, C)).containsExactly("d gone");
        assertThat(told()).containsExactlyInAnyOrder("a gone", "c gone");
    }

    @Test
    void keepsUpWithWhateverBecomesOfAGroup() {
        Random random = new Random(7);
        Map<Member, Target> heardOf = new HashMap<>();
        List<Target> now = new ArrayList<>();
        for (int step = 0; step < 2000; step++) {
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                change(random, now);
            }
            roster.take(
                    List.copyOf(now),
                    (member, target) ->
                            target.ifPresentOrElse(t -> heardOf.put(member, t), () -> heardOf.remove(member)));

            assertThat(heardOf.values()).containsExactlyInAnyOrderElementsOf(now);
            assertThat(now).allMatch(t -> roster.find(Member.of(t)).equals(Optional.of(t)));
            assertThat(now.stream().sorted(Comparator.comparing(t -> roster.order(Member.of(t)))))
                    .as("order after step %s", step)
                    .containsExactlyElementsOf(now);
        }
    }

    private static void change(Random random, List<Target> now) {
        int place = now.isEmpty() ? 0 : random.nextInt(now.size());
        int health = random.nextInt(1000);
        switch (random.nextInt(now.isEmpty() ? 1 : 6)) {
            case 0, 1 -> {
                Target one = target("t" + random.nextInt(12), "h" + health);
                now.removeIf(t -> t.id().equals(one.id()));
                now.add(one);
            }
            case 2 -> now.remove(place);
            case 3 -> Collections.swap(now, place, random.nextInt(now.size()));
            default -> now.set(place, target(now.get(place).id(), "h" + health));
        }
    }

    private List<String> told(Target... targets) {
        heard.clear();
        roster.take(
                List.of(targets),
                (member, now) ->
                        heard.add(member.id() + " " + now.map(Target::health).orElse("gone")));
        return heard;
    }

    private static Target target(String id, String health) {
        return new Target(id, 80, health, "");
    }
}
