package io.cnishift.api.cluster;

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
 * Which target groups have a target. A target group may have a thousand, and changes with the health of each: who its targets
 * are changes far less often, and only then is anything done here.
 */
final class TargetIndex {

    private final Map<String, Set<String>> groups = new HashMap<>();

    /** Keys of the groups that have it, in order. */
    Collection<String> with(String target) {
        return groups.getOrDefault(target, Set.of());
    }

    void changed(@Nullable TargetGroup before, @Nullable TargetGroup now) {
        if (before != null && now != null && sameTargets(before.targets(), now.targets())) {
            return;
        }
        Set<String> gone = new HashSet<>(ids(before));
        for (String id : ids(now)) {
            boolean stays = gone.remove(id);
            if (!stays) {
                groups.computeIfAbsent(id, k -> new TreeSet<>())
                        .add(Objects.requireNonNull(now).key());
            }
        }
        for (String id : gone) {
            left(id, Objects.requireNonNull(before).key());
        }
    }

    private void left(String id, String group) {
        Set<String> keys = groups.getOrDefault(id, new TreeSet<>());
        keys.remove(group);
        if (keys.isEmpty()) {
            groups.remove(id);
        }
    }

    /** Whether the same are there, however healthy. */
    private static boolean sameTargets(List<TargetGroup.Target> one, List<TargetGroup.Target> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!one.get(i).id().equals(other.get(i).id())) {
                return false;
            }
        }
        return true;
    }

    private static List<String> ids(@Nullable TargetGroup group) {
        return group == null
                ? List.of()
                : group.targets().stream().map(TargetGroup.Target::id).toList();
    }
}
