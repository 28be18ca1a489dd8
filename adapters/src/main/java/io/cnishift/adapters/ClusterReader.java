package io.cnishift.adapters;

import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a world into a snapshot. Every port is asked for every part, since a part may have two sources: node groups come from
 * AWS, and from the API server where they are NodePools.
 *
 * <p>A cluster does not stand still while it is read: of a large one, nodes are listed a minute before the pods that by then
 * run on newer nodes. Parts that something names in vain are therefore read once more, and what is missing then is unknown.
 * What could not be read is in the snapshot as unknown. Only the cluster itself must be there.
 */
public final class ClusterReader {

    private ClusterReader() {}

    /**
     * Reads everything.
     *
     * @param source what the snapshot says that it was read from: {@code eks:NAME}
     * @throws MigrationException when the cluster itself cannot be read
     */
    public static ClusterSnapshot read(World world, String source) {
        Instant takenAt = world.time().now();
        Reading all = settled(world, everyPort(world, EnumSet.allOf(Part.class)));
        List<Resource> resources = withDistinctGroups(all.resources());
        List<Unknown> unknown = new ArrayList<>(new LinkedHashSet<>(all.unknown()));
        strangers(resources).ifPresent(unknown::add);
        unknown.addAll(LooseEnds.of(resources, unknown).gaps());
        if (only(resources, Vpc.class).isEmpty()) {
            resources.add(new Vpc(
                    only(resources, Cluster.class).stream()
                            .map(Cluster::vpcId)
                            .findFirst()
                            .orElse(""),
                    List.of(),
                    List.of()));
        }
        return ClusterSnapshot.of(source, takenAt, resources, unknown);
    }

    private static Reading everyPort(World world, Set<Part> parts) {
        Reading all = new Reading(List.of(), List.of());
        for (Port port : world.ports()) {
            all = all.and(port.read(parts));
        }
        return all;
    }

    /** What both readings know; of a thing that both have, the later one's word. */
    private static Reading settled(World world, Reading first) {
        Set<Part> missed = LooseEnds.of(first.resources(), first.unknown()).parts();
        if (missed.isEmpty()) {
            return first;
        }
        Reading second = everyPort(world, missed);
        Map<List<Object>, Resource> known = new LinkedHashMap<>();
        Stream.concat(first.resources().stream(), second.resources().stream())
                .forEach(resource -> known.put(List.of(resource.part(), resource.key()), resource));
        return new Reading(List.copyOf(known.values()), first.and(second).unknown());
    }

    /** Gives a NodePool another name when a group in AWS has the same: groups are told apart by name. */
    private static List<Resource> withDistinctGroups(List<Resource> resources) {
        Set<String> inAws = only(resources, NodeGroup.class).stream()
                .filter(group -> group.kind() != NodeGroup.Kind.KARPENTER)
                .map(NodeGroup::name)
                .collect(Collectors.toSet());
        return resources.stream()
                .map(resource -> resource instanceof NodeGroup group
                                && group.kind() == NodeGroup.Kind.KARPENTER
                                && inAws.contains(group.name())
                        ? renamed(group)
                        : resource)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static NodeGroup renamed(NodeGroup group) {
        return new NodeGroup(
                "karpenter/" + group.name(),
                group.kind(),
                group.status(),
                group.autoScalingGroup(),
                group.minSize(),
                group.maxSize(),
                group.desiredSize(),
                group.instanceTypes(),
                group.amiType(),
                group.capacityType(),
                group.subnets(),
                group.launchTemplate(),
                group.maxPodsBy(),
                group.maxPods(),
                group.labels(),
                group.taints(),
                group.nodeRole(),
                group.autoRepair(),
                group.suspendedProcesses(),
                group.targetGroups(),
                group.issues(),
                group.tags(),
                group.owner());
    }

    /**
     * Two sides of different clusters would make a snapshot of none: with a kubeconfig, nothing else ties the API server to the
     * cluster that AWS knows.
     */
    private static Optional<Unknown> strangers(List<Resource> resources) {
        Set<String> instances = new HashSet<>();
        only(resources, Instance.class).forEach(instance -> instances.add(instance.id()));
        Set<String> ofNodes = only(resources, Node.class).stream()
                .flatMap(node -> node.instance().stream())
                .collect(Collectors.toSet());
        boolean strange =
                !instances.isEmpty() && !ofNodes.isEmpty() && ofNodes.stream().noneMatch(instances::contains);
        return strange
                ? Optional.of(new Unknown(
                        Part.NODES,
                        "whether both sides are one cluster",
                        "no node of the API server is an instance of the cluster in AWS",
                        "check that --context and --cluster name the same cluster"))
                : Optional.empty();
    }

    private static <R extends Resource> List<R> only(List<Resource> resources, Class<R> type) {
        return resources.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
