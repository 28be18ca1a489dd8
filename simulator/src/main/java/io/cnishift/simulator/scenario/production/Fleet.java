package io.cnishift.simulator.scenario.production;

import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodeGroup.LaunchTemplate;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.TemplateVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The machines: node groups with their launch templates, instances, nodes. */
final class Fleet {

    static final String IMAGE = "ami-0a12023a12023a120";
    private static final String RESERVATION = "cr-0c4a12c4a12c4a120";
    private static final int HOP_LIMIT = 2;
    private static final int TEMPLATE_VERSION = 4;
    private static final String ROLE = "arn:aws:iam::" + Site.ACCOUNT + ":role/prod-nodes";
    /** Instances of a group came one after the other, so none is as old as another one. */
    private static final Duration BETWEEN_LAUNCHES = Duration.ofMinutes(3);

    private final List<Pool> pools;
    private final Map<String, String> templates = new LinkedHashMap<>();
    private final List<Host> hosts = new ArrayList<>();

    Fleet(Shape shape, AddressPlan addresses, Ids ids) {
        pools = Pool.of(shape);
        for (Pool pool : pools) {
            templates.put(pool.name(), ids.next("lt"));
            for (int i = 0; i < pool.nodes(); i++) {
                int zone = pool.zones().get(i % pool.zones().size());
                hosts.add(new Host(
                        hosts.size(),
                        pool,
                        zone,
                        pool.types().get(i % pool.types().size()),
                        ids.next("i"),
                        addresses.take(AddressPlan.nodes(zone))));
            }
        }
    }

    List<Host> hosts() {
        return hosts;
    }

    List<Resource> resources() {
        List<Resource> all = new ArrayList<>();
        for (Pool pool : pools) {
            all.add(group(pool));
            if (pool.kind() != NodeGroup.Kind.KARPENTER) {
                all.add(template(pool));
            }
        }
        all.addAll(KarpenterPools.resources(pools, ROLE));
        for (Host host : hosts) {
            all.add(instance(host));
            all.add(node(host));
        }
        return all;
    }

    private NodeGroup group(Pool pool) {
        boolean karpenter = pool.kind() == NodeGroup.Kind.KARPENTER;
        boolean managed = pool.kind() == NodeGroup.Kind.MANAGED;
        return new NodeGroup(
                pool.name(),
                pool.kind(),
                "ACTIVE",
                karpenter
                        ? Optional.empty()
                        : Optional.of(managed ? "eks-" + pool.name() + "-" + Ids.uid(pool.name()) : pool.name()),
                karpenter ? 0 : Math.min(1, pool.nodes()),
                pool.nodes() + pool.headroom(),
                pool.nodes(),
                pool.types(),
                managed ? amiType(pool) : karpenter ? "AL2023" : "CUSTOM",
                pool.capacity(),
                pool.zones().stream().map(AddressPlan::nodes).toList(),
                karpenter
                        ? Optional.empty()
                        : Optional.of(new LaunchTemplate(
                                templates.getOrDefault(pool.name(), ""),
                                pool.name(),
                                TEMPLATE_VERSION,
                                image(pool),
                                !managed,
                                HOP_LIMIT,
                                true,
                                List.of(),
                                reservation(pool))),
                managed ? NodeGroup.MaxPodsBy.MANAGED_GROUP : NodeGroup.MaxPodsBy.ENI_FORMULA,
                managed ? OptionalInt.of(Host.maxPods(pool.types().get(0))) : OptionalInt.empty(),
                Map.of(Pool.LABEL, pool.label()),
                pool.taints(),
                ROLE,
                false,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                pool.owner());
    }

    private static String amiType(Pool pool) {
        return pool.label().equals("gpu") ? "AL2023_x86_64_NVIDIA" : "AL2023_x86_64_STANDARD";
    }

    private static Optional<NodeGroup.CapacityReservation> reservation(Pool pool) {
        return pool.reserved()
                ? Optional.of(new NodeGroup.CapacityReservation(RESERVATION, OptionalInt.of(0)))
                : Optional.empty();
    }

    /** EKS chooses the image of a managed group; who runs a group of his own names it. */
    private static Optional<String> image(Pool pool) {
        return pool.kind() == NodeGroup.Kind.SELF_MANAGED ? Optional.of(IMAGE) : Optional.empty();
    }

    private TemplateVersion template(Pool pool) {
        boolean own = pool.kind() == NodeGroup.Kind.SELF_MANAGED;
        return new TemplateVersion(
                templates.getOrDefault(pool.name(), ""),
                TEMPLATE_VERSION,
                pool.name(),
                image(pool),
                OptionalInt.empty(),
                HOP_LIMIT,
                own ? Map.of(Pool.LABEL, pool.label()) : Map.of(),
                own ? pool.taints() : List.of(),
                List.of());
    }

    private static Instance instance(Host host) {
        boolean karpenter = host.pool().kind() == NodeGroup.Kind.KARPENTER;
        return new Instance(
                host.instance(),
                host.type(),
                Shape.zone(host.zone()),
                AddressPlan.nodes(host.zone()),
                Optional.of(host.pool().name()),
                "running",
                host.address(),
                IMAGE,
                HOP_LIMIT,
                List.of(Site.CLUSTER_SG),
                since(host),
                karpenter ? OptionalLong.empty() : OptionalLong.of(TEMPLATE_VERSION),
                false,
                false);
    }

    static Instant since(Host host) {
        return Site.CREATED.plus(BETWEEN_LAUNCHES.multipliedBy(host.number()));
    }

    private static Node node(Host host) {
        return new Node(
                host.name(),
                Ids.uid(host.name()),
                String.valueOf(1000 + host.number()),
                Optional.of(host.instance()),
                labels(host),
                Map.of(),
                host.pool().taints(),
                false,
                true,
                host.maxPods(),
                host.limits().vcpus() == 8 ? 7910 : 3920,
                memory(host.type()),
                "6.12.46-66.121.amzn2023.x86_64",
                "amd64",
                "Amazon Linux 2023.9.20261014",
                host.address(),
                since(host));
    }

    private static Map<String, String> labels(Host host) {
        Pool pool = host.pool();
        boolean spot = pool.capacity().equals("spot");
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Pool.LABEL, pool.label());
        labels.put("kubernetes.io/arch", "amd64");
        labels.put("kubernetes.io/hostname", host.name());
        labels.put("kubernetes.io/os", "linux");
        labels.put("node.kubernetes.io/instance-type", host.type());
        labels.put("topology.kubernetes.io/region", Site.REGION);
        labels.put("topology.kubernetes.io/zone", Shape.zone(host.zone()));
        labels.put(
                "vpc.amazonaws.com/has-trunk-attached",
                String.valueOf(host.limits().branchEnis() > 0));
        switch (pool.kind()) {
            case MANAGED -> {
                labels.put("eks.amazonaws.com/nodegroup", pool.name());
                labels.put("eks.amazonaws.com/nodegroup-image", IMAGE);
                labels.put("eks.amazonaws.com/capacityType", spot ? "SPOT" : "ON_DEMAND");
            }
            case KARPENTER -> {
                labels.put("karpenter.sh/nodepool", pool.name());
                labels.put("karpenter.sh/capacity-type", pool.capacity());
                labels.put("karpenter.sh/initialized", "true");
                labels.put("karpenter.sh/registered", "true");
            }
            case SELF_MANAGED -> {
                // its user data gives the pool's label alone
            }
        }
        return labels;
    }

    /** Allocatable memory in MiB: what kubelet and system leave of 8, 16 or 32 GiB. */
    private static long memory(String type) {
        return switch (type) {
            case "m6i.2xlarge", "r6i.xlarge" -> 30_300;
            default -> 14_500;
        };
    }
}
