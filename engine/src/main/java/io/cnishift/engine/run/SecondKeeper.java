package io.cnishift.engine.run;

import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Part;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Keeps the view of a second cluster, which a plan may have yet to make. Until it is there, only whether it is there is read; once it is,
 * all that was ever asked for is brought in; when it is gone again, so is what was known of it.
 */
final class SecondKeeper {

    private static final Set<Part> ITSELF = Set.of(Part.CLUSTER);
    private static final Set<String> SERVING = Set.of("ACTIVE", "UPDATING");

    private final ViewKeeper keeper;
    private final Set<Part> asked = EnumSet.of(Part.CLUSTER);

    SecondKeeper(ViewKeeper keeper) {
        this.keeper = Objects.requireNonNull(keeper);
    }

    ViewKeeper keeper() {
        return keeper;
    }

    void follow(Set<Part> parts) {
        asked.addAll(parts);
        keeper.follow(ITSELF);
        followIfThere();
    }

    void refresh(Set<Part> wanted) {
        keeper.refresh(there() ? wanted : ITSELF);
        followIfThere();
    }

    Instant nextRefresh(Set<Part> wanted) {
        return keeper.nextRefresh(there() ? wanted : ITSELF);
    }

    private void followIfThere() {
        if (there()) {
            keeper.follow(asked);
        } else {
            keeper.forget(ITSELF);
        }
    }

    private boolean there() {
        return keeper.view().all(Part.CLUSTER, Cluster.class).stream().anyMatch(c -> SERVING.contains(c.status()));
    }
}
