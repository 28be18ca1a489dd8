package io.cnishift.simulator.kit;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.RouteTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Small clusters for tests: {@link #healthy()}, or that one with changes.
 *
 * <p>The healthy cluster has three m5.large nodes in two zones in one managed group {@code workers} with a launch template of
 * its own, on private /24 subnets with a NAT gateway. Add-ons vpc-cni, kube-proxy, coredns and eks-pod-identity-agent;
 * the AWS Load Balancer Controller with its webhook; Deployment {@code web/web} (3, behind an ALB by Ingress {@code web/web})
 * and {@code web/api} (2, a ClusterIP). Nothing is wrong with it.
 */
public final class Clusters {

    /** When every one of these clusters was read. */
    public static final Instant TAKEN_AT = Instant.parse("2026-11-02T20:00:00Z");

    /** Name of the node group. */
    public static final String GROUP = "workers";

    /** Of pods with security groups of their own. */
    public static final String POD_SG = "sg-0ffffffffffffffff";

    private int nodes = 3;
    private int subnetPrefix = 24;
    private String instanceType = "m5.large";
    private int hopLimit = 2;
    private boolean publicSubnets;
    private boolean selfManaged;
    private boolean spot;
    private boolean wayOut = true;
    private String targetType = "ip";
    private int webReplicas = 3;
    private boolean openToItself = true;
    private Owner owner = Owner.NONE;
    private final List<Extra> extras = new ArrayList<>();
    private final List<Resource> beside = new ArrayList<>();
    private boolean podSecurityGroups;
    private OptionalInt reservedFree = OptionalInt.empty();
    private OptionalInt nodeLimit = OptionalInt.empty();
    private boolean policyEngine;
    private boolean fragmented;
    private final Map<String, String> env = new LinkedHashMap<>(
            Map.of("AWS_VPC_K8S_CNI_EXTERNALSNAT", "false", "WARM_ENI_TARGET", "1", "WARM_PREFIX_TARGET", "1"));

    private Clusters() {}

    /** The healthy cluster. */
    public static ClusterSnapshot healthy() {
        return with().build();
    }

    /** The healthy cluster, to be changed. */
    public static Clusters with() {
        return new Clusters();
    }

    /** So many nodes, spread over two zones. */
    public Clusters nodes(int count) {
        nodes = count;
        return this;
    }

    /** Subnets of that prefix length. */
    public Clusters subnetPrefix(int prefix) {
        subnetPrefix = prefix;
        return this;
    }

    /** Nodes of that type. */
    public Clusters instanceType(String type) {
        instanceType = Objects.requireNonNull(type, "type");
        return this;
    }

    /** That IMDS hop limit in the launch template. */
    public Clusters hopLimit(int limit) {
        hopLimit = limit;
        return this;
    }

    /** Nodes in subnets with public addresses and an internet gateway. */
    public Clusters publicSubnets() {
        publicSubnets = true;
        return this;
    }

    /** No route leads out of the VPC. */
    public Clusters noWayOut() {
        wayOut = false;
        return this;
    }

    /** The group is a self-managed Auto Scaling group. */
    public Clusters selfManaged() {
        selfManaged = true;
        return this;
    }

    /** The instances of the group are Spot instances. */
    public Clusters spot() {
        spot = true;
        return this;
    }

    /** The Ingress has targets of that type, {@code ip} or {@code instance}. */
    public Clusters targetType(String type) {
        targetType = Objects.requireNonNull(type, "type");
        return this;
    }

    /** So many pods of {@code web/web}. */
    public Clusters webReplicas(int replicas) {
        webReplicas = replicas;
        return this;
    }

    /** Nodes have a security group that admits TCP among themselves and nothing else. */
    public Clusters tcpOnlyBetweenNodes() {
        openToItself = false;
        return this;
    }

    /**
     * The Deployments and the Ingress of namespace {@code web} are held by somebody, whose manifests say
     * {@code hostNetwork: false}.
     */
    public Clusters ownedBy(Owner who) {
        owner = Objects.requireNonNull(who, "who");
        return this;
    }

    /** One more thing of the cluster, as it stands. */
    public Clusters beside(Resource thing) {
        beside.add(Objects.requireNonNull(thing, "thing"));
        return this;
    }

    /** One more workload. */
    public Clusters extra(Extra workload) {
        extras.add(Objects.requireNonNull(workload, "workload"));
        return this;
    }

    /**
     * The pods of {@code web/api} have the security group {@link #POD_SG} beside the cluster's own, on branch interfaces; every
     * node has a trunk, and aws-node enforces in that mode, {@code strict} or {@code standard}.
     */
    public Clusters podSecurityGroups(String mode) {
        podSecurityGroups = true;
        return env("ENABLE_POD_ENI", "true").env("POD_SECURITY_GROUP_ENFORCING_MODE", mode);
    }

    /** Nodes come from a capacity reservation that has so many instances left. */
    public Clusters reservedFree(int instances) {
        reservedFree = OptionalInt.of(instances);
        return this;
    }

    /** The cluster may have so many nodes at one time. */
    public Clusters nodeLimit(int most) {
        nodeLimit = OptionalInt.of(most);
        return this;
    }

    /**
     * A policy engine, whose webhook {@code web/api} serves, forbids the host's network to pods in all namespaces but
     * kube-system.
     */
    public Clusters policyEngine() {
        policyEngine = true;
        return this;
    }

    /** An environment variable of aws-node. */
    public Clusters env(String name, String value) {
        env.put(name, value);
        return this;
    }

    /** Subnets in which no aligned block of 16 addresses is free, however many single ones are. */
    public Clusters fragmented() {
        fragmented = true;
        return this;
    }

    /** The snapshot. */
    public ClusterSnapshot build() {
        Layout layout = new Layout(
                nodes,
                subnetPrefix,
                instanceType,
                hopLimit,
                publicSubnets,
                selfManaged,
                spot,
                targetType,
                webReplicas,
                openToItself,
                owner,
                reservedFree,
                env,
                extras);
        Placement placement = new Placement(layout);
        List<Resource> all = new ArrayList<>();
        all.add(cluster(nodeLimit));
        new AwsSide(layout, placement).resources().forEach(r -> all.add(wayOut ? r : closed(r)));
        all.addAll(new KubeSide(layout, placement).resources());
        all.addAll(beside);
        if (policyEngine) {
            all.addAll(KubeSide.policyEngine());
        }
        List<Resource> grouped = podSecurityGroups ? new BranchSide(layout).laidOver(all) : all;
        List<Resource> resources = fragmented ? Fragments.laidOver(grouped) : grouped;
        return ClusterSnapshot.of("sim:healthy", TAKEN_AT, resources, List.of());
    }

    private static Resource closed(Resource resource) {
        return resource instanceof RouteTable table
                ? new RouteTable(
                        table.id(),
                        table.main(),
                        table.subnets(),
                        table.routes().stream()
                                .filter(r -> r.target().equals("local"))
                                .toList())
                : resource;
    }

    private static Cluster cluster(OptionalInt nodeLimit) {
        return new Cluster(
                "healthy",
                "arn:aws:eks:" + Layout.REGION + ":111122223333:cluster/healthy",
                "111122223333",
                Layout.REGION,
                "1.33",
                "ACTIVE",
                "https://ABCDEF0123456789.gr7." + Layout.REGION + ".eks.amazonaws.com",
                true,
                true,
                Cidr.parse("10.100.0.0/16"),
                Cluster.IpFamily.IPV4,
                "API_AND_CONFIG_MAP",
                false,
                false,
                List.of(),
                List.of(Layout.subnet(0), Layout.subnet(1)),
                Layout.CLUSTER_SG,
                Layout.VPC,
                "5e9f7c1e-0000-4000-8000-000000000001",
                Optional.of("https://oidc.eks." + Layout.REGION + ".amazonaws.com/id/ABCDEF0123456789"),
                false,
                Map.of(),
                nodeLimit);
    }
}
