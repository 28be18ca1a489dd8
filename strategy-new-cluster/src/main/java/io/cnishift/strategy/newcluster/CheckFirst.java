package io.cnishift.strategy.newcluster;

import java.util.List;
import java.util.Objects;

/**
 * Looks whether the first cluster can be deleted, before anything of it is.
 *
 * @param groups node groups that the plan deletes
 * @param profiles Fargate profiles that the plan deletes
 */
record CheckFirst(String name, List<String> groups, List<String> profiles) {
    CheckFirst {
        Objects.requireNonNull(name);
        groups = List.copyOf(groups);
        profiles = List.copyOf(profiles);
    }
}
