package io.cnishift.api.cluster;

import io.cnishift.api.cluster.TargetGroup.Target;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which target groups have a target. A target group may have a thousand, and changes with the health of each: only those between
 * the targets that stay at both ends of it are looked at.
 */
final class TargetIndex {

    private final Map<String, Set<String>> groups = new HashMap<>();

    /** Keys of the groups that have it, in order. */
    Collection<String> with(String target) {
        return groups.getOrDefault(target, Set.of());
    }

    void changed(@Nullable TargetGroup before, @Nullable TargetGroup now) {
        List<Target> were = before == null ? List.of() : before.targets();
        List<Target> are = now == null ? List.of() : now.targets();
        int most = Math.min(were.size(), are.size());
        int head = 0;
        while (head < most && same(were.get(head), are.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < most - head && same(were.get(were.size() - 1 - tail), are.get(are.size() - 1 - tail))) {
            tail++;
        }
        Set<String> gone = new HashSet<>();
        were.subList(head, were.size() - tail).forEach(t -> gone.add(t.id()));
        for (Target target : are.subList(head, are.size() - tail)) {
            boolean stays = gone.remove(target.id());
            if (!stays) {
                groups.computeIfAbsent(target.id(), k -> new TreeSet<>())
                        .add(Objects.requireNonNull(now).key());
            }
        }
        for (String id : gone) {
            // it may be there at another port
            if (are.stream().noneMatch(t -> t.id().equals(id))) {
                left(id, Objects.requireNonNull(before).key());
            }
        }
    }

    private void left(String id, String group) {
        Set<String> keys = groups.getOrDefault(id, new TreeSet<>());
        keys.remove(group);
        if (keys.isEmpty()) {
            groups.remove(id);
        }
    }

    /** Whether it is the same one, however healthy. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(Target one, Target other) {
        return one == other || one.id().equals(other.id());
    }
}
