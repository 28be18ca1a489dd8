package io.cnishift.simulator.wrong;

import io.cnishift.api.act.UpdateAddon;
import io.cnishift.simulator.kit.Clusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What goes wrong with blocks of addresses. */
final class PrefixMistakes {

    private PrefixMistakes() {}

    static Stream<Mistake> all() {
        return Stream.of(new Mistake(
                16,
                "prefixes are delegated in a subnet without an aligned block",
                List.of("prefix-blocks"),
                "failed to assign an IP address to container",
                PrefixMistakes::fragmented));
    }

    private static Optional<String> fragmented(Mistake.Opener open) {
        TestCluster cluster = open.open(Clusters.with().fragmented().build());
        cluster.does(new UpdateAddon(
                "vpc-cni", Map.of("env", Map.of("ENABLE_PREFIX_DELEGATION", "true", "WARM_PREFIX_TARGET", "1"))));
        cluster.minutes(10);
        cluster.replaceOne("web", "web");
        cluster.minutes(5);
        return cluster.stuck("web", "web");
    }
}
