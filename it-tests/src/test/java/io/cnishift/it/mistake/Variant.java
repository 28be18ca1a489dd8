package io.cnishift.it.mistake;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Tree;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Style;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Clusters that differ from another one in one thing. */
final class Variant {

    private static final String NAME = "variant";

    private Variant() {}

    /** With one more resource. */
    static ClusterSnapshot with(ClusterSnapshot cluster, Resource more) {
        return ClusterSnapshot.of(
                cluster.source(),
                cluster.takenAt(),
                Stream.concat(cluster.resources(), Stream.of(more)).toList(),
                cluster.unknown());
    }

    /** With another value of a field of the one resource of that name, as the file of a snapshot writes it. */
    static ClusterSnapshot field(ClusterSnapshot cluster, String part, String name, String field, Object value) {
        Codec codec = Codec.builder().build();
        @SuppressWarnings("unchecked")
        Map<String, Object> tree = new LinkedHashMap<>((Map<String, Object>)
                Objects.requireNonNull(codec.toTree(ClusterSnapshot.class, cluster, Style.DOCUMENT)));
        List<Object> resources = new ArrayList<>();
        int found = 0;
        for (Map<String, Object> resource : Tree.maps(tree, part)) {
            if (name.equals(resource.get("name"))) {
                Map<String, Object> changed = new LinkedHashMap<>(resource);
                changed.put(field, value);
                resources.add(changed);
                found++;
            } else {
                resources.add(resource);
            }
        }
        if (found != 1) {
            throw new AssertionError(found + " of " + part + " are called " + name);
        }
        tree.put(part, resources);
        return codec.fromTree(ClusterSnapshot.class, tree, NAME)
                .orElseThrow(p -> new IllegalArgumentException(p.toString()));
    }

    /** With every address of its subnets taken by somebody else. */
    static ClusterSnapshot full(ClusterSnapshot cluster) {
        List<Resource> all = new ArrayList<>(cluster.resources().toList());
        for (Subnet subnet : cluster.subnets()) {
            all.remove(subnet);
            all.add(new Subnet(
                    subnet.id(),
                    subnet.name(),
                    subnet.availabilityZone(),
                    subnet.cidr(),
                    0,
                    OptionalInt.of(0),
                    subnet.routeTable(),
                    subnet.publicAddresses(),
                    subnet.reservations(),
                    subnet.tags()));
            Set<String> used = new HashSet<>();
            cluster.networkInterfaces().stream()
                    .filter(i -> i.subnet().equals(subnet.id()))
                    .forEach(i -> used.addAll(i.addresses()));
            for (long offset = 4; offset < subnet.cidr().size() - 1; offset++) {
                String address = subnet.cidr().address(offset);
                if (!used.contains(address)) {
                    all.add(neighbour(subnet, address));
                }
            }
        }
        return ClusterSnapshot.of(cluster.source(), cluster.takenAt(), all, cluster.unknown());
    }

    private static NetworkInterface neighbour(Subnet subnet, String address) {
        return new NetworkInterface(
                "eni-" + address,
                subnet.id(),
                "interface",
                "somebody else",
                Optional.empty(),
                List.of(address),
                List.of(),
                List.of());
    }
}
