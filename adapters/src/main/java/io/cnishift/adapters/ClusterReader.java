package io.cnishift.adapters;

import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.Vpc;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a world into a snapshot. Every port is asked for every part, since a part may have two sources: node groups come from
 * AWS, and from the API server where they are NodePools.
 *
 * <p>A cluster does not stand still while it is read: of a large one, nodes are listed a minute before the pods that by then
 * run on newer nodes. Parts that something names in vain are therefore read again. A pod that still names in vain is left
 * out; what anything else names is then unknown. What could not be read is in the snapshot as unknown. Only the cluster
 * itself must be there.
 */
public final class ClusterReader {

    /** How often parts are read again: a newer node may be on a newer instance, of a newer group. */
    private static final int ROUNDS = 3;

    private static final String REMEDY =
            "read the cluster for the strategy that needs it: 'cnishift inspect --strategy ID --out FILE'";

    private ClusterReader() {}

    /**
     * Reads these parts; the others are unknown, as not asked for.
     *
     * @param source what the snapshot says that it was read from: {@code eks:NAME}
     * @throws MigrationException when the cluster itself cannot be read
     */
    public static ClusterSnapshot read(World world, String source, Set<Part> parts) {
        Instant takenAt = world.time().now();
        Reading all = withoutOrphans(settled(world, parts));
        List<Resource> resources = new ArrayList<>(all.resources());
        List<Unknown> unknown = new ArrayList<>(new LinkedHashSet<>(all.unknown()));
        Arrays.stream(Part.values())
                .filter(part -> !parts.contains(part))
                .forEach(part -> unknown.add(Unknown.notAskedFor(part, REMEDY)));
        strangers(resources).ifPresent(unknown::add);
        unknown.addAll(LooseEnds.of(new Reading(resources, unknown)).gaps());
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

    /** Reads until nothing new is named in vain, and what was asked for and stays away is not asked for again. */
    private static Reading settled(World world, Set<Part> all) {
        Reading read = everyPort(world, all);
        Reading known = withDistinctGroups(read);
        LooseEnds asked = new LooseEnds(Map.of());
        for (int round = 0; round < ROUNDS; round++) {
            LooseEnds missed = LooseEnds.of(known);
            Set<Part> parts = missed.partsBeyond(asked);
            if (parts.isEmpty()) {
                return known;
            }
            read = both(read, everyPort(world, parts));
            known = withDistinctGroups(read);
            asked = missed;
        }
        return known;
    }

    /** What both readings know; of a thing that both have, the later one's word. */
    private static Reading both(Reading first, Reading second) {
        Reading all = first.and(second);
        Map<List<Object>, Resource> known = new LinkedHashMap<>();
        all.resources().forEach(resource -> known.put(identity(resource), resource));
        return new Reading(List.copyOf(known.values()), all.unknown());
    }

    /** A NodePool and a group in AWS may have one name as long as {@link #withDistinctGroups} has not seen them. */
    private static List<Object> identity(Resource resource) {
        return resource instanceof NodeGroup group
                ? List.of(group.part(), group.key(), group.kind())
                : List.of(resource.part(), resource.key());
    }

    /**
     * Leaves out pods on nodes, or in namespaces, that are gone. Both were asked for after the pod was listed, so they are not
     * merely newer than it: nothing runs in such a pod, no step can move it, and the garbage collection of pods is about to
     * remove it. What takes its place is known from its workload. Where nodes could not be read, nobody knows that one is
     * gone, and its pods stay.
     */
    private static Reading withoutOrphans(Reading known) {
        LooseEnds missed = LooseEnds.of(known);
        return new Reading(
                known.resources().stream()
                        .filter(resource -> !(resource instanceof Pod && missed.namedBy(resource)))
                        .toList(),
                known.unknown());
    }

    /** Gives a NodePool another name when a group in AWS has the same: groups are told apart by name. */
    static Reading withDistinctGroups(Reading read) {
        Set<String> inAws = only(read.resources(), NodeGroup.class).stream()
                .filter(group -> group.kind() != NodeGroup.Kind.KARPENTER)
                .map(NodeGroup::name)
                .collect(Collectors.toSet());
        List<Resource> resources = read.resources().stream()
                .map(resource -> resource instanceof NodeGroup group
                                && group.kind() == NodeGroup.Kind.KARPENTER
                                && inAws.contains(group.name())
                        ? renamed(group)
                        : resource)
                .toList();
        return new Reading(resources, read.unknown());
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
