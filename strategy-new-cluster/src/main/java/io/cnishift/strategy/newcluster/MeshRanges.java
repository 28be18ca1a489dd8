package io.cnishift.strategy.newcluster;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.CiliumNode;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TakenRanges;
import io.cnishift.api.cluster.View;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ranges of addresses of two clusters that a mesh must be able to tell apart. */
final class MeshRanges {

    /** Those that EKS gives by itself come first, for people know them. */
    private static final List<Cidr> SERVICES = Stream.concat(
                    Stream.of("10.100.0.0/16", "172.20.0.0/16"),
                    IntStream.range(101, 110).mapToObj(i -> "10." + i + ".0.0/16"))
            .map(Cidr::parse)
            .toList();

    private MeshRanges() {}

    /** A range for Services of a second cluster that nothing of the first one and no pod of the second has; empty where none is left. */
    static Optional<Cidr> services(View first, Cidr pods) {
        List<Cidr> taken = Stream.of(
                        TakenRanges.of(first).stream().map(TakenRanges.Taken::cidr),
                        pods(first).stream(),
                        Stream.of(pods))
                .flatMap(ranges -> ranges)
                .toList();
        return SERVICES.stream()
                .filter(range -> taken.stream().noneMatch(range::overlaps))
                .findFirst();
    }

    /** Those of pods: what the release says, and what nodes got. */
    static List<Cidr> pods(View view) {
        return Stream.concat(
                        MeshRelease.of(view).flatMap(MeshRelease::member).stream()
                                .flatMap(m -> m.pods().stream()),
                        view.all(Part.CILIUM_NODES, CiliumNode.class).stream().flatMap(n -> n.podCidrs().stream()))
                .distinct()
                .toList();
    }

    /** Two ranges of pods that overlap, in words. */
    static Optional<String> overlap(View one, View other) {
        return pods(one).stream()
                .flatMap(a -> pods(other).stream().filter(a::overlaps).map(b -> a + " of the first cluster and " + b))
                .findFirst();
    }
}
