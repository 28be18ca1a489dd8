package io.cnishift.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.adapters.reading.PartReader;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodePoolProjection;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.Reading;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GroupsOfBothSidesTest {

    private static final NodeGroup POOL =
            NodePoolProjection.group(Map.of("metadata", Map.of("name", "default")), Map.of());

    private static Set<Part> read(Set<Part> parts, PartReader pools) {
        return Set.copyOf(new GroupsOfBothSides(new ReadablePort(p -> new Reading(List.of(), List.of())), pools)
                .read(parts).resources().stream().map(r -> r.part()).toList());
    }

    @Test
    void nodePoolsAreAmongTheGroupsThatAreReadAgain() {
        assertThat(read(Set.of(Part.NODE_GROUPS), parts -> new Reading(List.of(POOL), List.of())))
                .containsExactly(Part.NODE_GROUPS);
    }

    @Test
    void theClusterIsNotAskedForWhatAwsAloneKnows() {
        assertThat(read(Set.of(Part.SUBNETS), parts -> {
                    throw new AssertionError("asked for " + parts);
                }))
                .isEmpty();
    }
}
