package io.cnishift.simulator.aws;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Namespace;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.plan.Target;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ServiceRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A cluster that nobody has made yet, in the VPC of another one: what it will be once EKS is asked for it, under a status that no cluster
 * of EKS has. Until then its world has the VPC and no cluster.
 */
public final class Unmade {

    static final String STATUS = "ABSENT";

    private static final Set<Part> SHARED = EnumSet.of(Part.VPC, Part.SUBNETS, Part.ROUTE_TABLES);
    private static final String SYSTEM = "kube-system";
    private static final List<String> NAMESPACES = List.of("default", "kube-node-lease", "kube-public", SYSTEM);

    /** What EKS takes for Services of IPv6 clusters is like this. */
    static final Cidr SERVICES = Cidr.parse("fd4c:e185:1f20::/108");

    private Unmade() {}

    /** One of that name beside a cluster. */
    public static ClusterSnapshot beside(ClusterSnapshot first, String name) {
        Cluster like = first.cluster();
        List<Resource> resources = new ArrayList<>();
        resources.add(cluster(like, name));
        first.resources().filter(r -> SHARED.contains(r.part())).forEach(resources::add);
        // what it uses and who its members are is its own; the groups of the other one are those of the VPC
        resources.addAll(first.securityGroups());
        first.services().stream()
                .filter(s -> s.key().equals("default/kubernetes"))
                .forEach(resources::add);
        NAMESPACES.forEach(n ->
                resources.add(new Namespace(n, uid(name + "/" + n), Map.of("kubernetes.io/metadata.name", n), false)));
        return ClusterSnapshot.of("new:" + name, first.takenAt(), resources, List.of());
    }

    /** The one that a plan for that cluster makes; empty when it makes none. */
    public static Optional<ClusterSnapshot> in(MigrationPlan plan, ClusterSnapshot first) {
        return plan.second().filter(Target::made).map(target -> beside(first, target.name()));
    }

    /** Whether that is one. */
    public static boolean is(ClusterSnapshot snapshot) {
        return snapshot.cluster().status().equals(STATUS);
    }

    private static Cluster cluster(Cluster like, String name) {
        String id = uid(name).replace("-", "").toUpperCase(Locale.ROOT);
        String eks = like.region() + ".eks.amazonaws.com";
        return new Cluster(
                name,
                like.arn().replaceFirst("cluster/.*$", "cluster/" + name),
                like.account(),
                like.region(),
                like.kubernetesVersion(),
                STATUS,
                "https://" + id + ".gr7." + eks,
                like.publicEndpoint(),
                like.privateEndpoint(),
                like.serviceCidr(),
                like.ipFamily(),
                // one that knew aws-auth alone would take no access entries
                like.authenticationMode().equals("API") ? "API" : "API_AND_CONFIG_MAP",
                false,
                false,
                List.of(),
                like.controlPlaneSubnets(),
                "sg-0" + id.substring(0, 16).toLowerCase(Locale.ROOT),
                like.vpcId(),
                uid(name + "/" + SYSTEM),
                Optional.of("https://oidc.eks." + like.region() + ".amazonaws.com/id/" + id),
                false,
                Map.of(),
                like.nodeLimit());
    }

    /** Gives a world Services of another range: that range, and the first of them, which there is before anybody makes one. */
    static void ofServices(Kernel kernel, Cluster made) {
        Cidr range = made.serviceCidr();
        ServiceRange.of(kernel).range(range);
        kernel.objects()
                .update(
                        "Service",
                        "default",
                        "kubernetes",
                        "kube-apiserver",
                        s -> Trees.with(
                                Trees.with(s, range.address(1), "spec", "clusterIP"),
                                List.of(made.ipFamily() == IpFamily.IPV6 ? "IPv6" : "IPv4"),
                                "spec",
                                "ipFamilies"));
    }

    /** The security group that EKS makes with it. */
    static SecurityGroup securityGroup(Cluster cluster) {
        String id = cluster.clusterSecurityGroup();
        List<SecurityGroup.Rule> out = new ArrayList<>();
        out.add(new SecurityGroup.Rule("sgr-1" + id.substring(4), "-1", -1, -1, "0.0.0.0/0", ""));
        if (cluster.ipFamily() == IpFamily.IPV6) {
            out.add(new SecurityGroup.Rule("sgr-2" + id.substring(4), "-1", -1, -1, "::/0", ""));
        }
        return new SecurityGroup(
                id,
                "eks-cluster-sg-" + cluster.name(),
                List.of(new SecurityGroup.Rule("sgr-0" + id.substring(4), "-1", -1, -1, id, "")),
                out,
                Map.of("aws:eks:cluster-name", cluster.name(), "kubernetes.io/cluster/" + cluster.name(), "owned"));
    }

    static Cluster in(Cluster old, String status, String version, List<String> subnets, Map<String, String> tags) {
        return in(old, status, version, subnets, old.fargateProfiles(), tags);
    }

    /** The same without a Fargate profile. */
    static Cluster without(Cluster old, String profile) {
        return in(
                old,
                old.status(),
                old.kubernetesVersion(),
                old.controlPlaneSubnets(),
                old.fargateProfiles().stream().filter(p -> !p.equals(profile)).toList(),
                old.tags());
    }

    private static Cluster in(
            Cluster old,
            String status,
            String version,
            List<String> subnets,
            List<String> profiles,
            Map<String, String> tags) {
        return new Cluster(
                old.name(),
                old.arn(),
                old.account(),
                old.region(),
                version,
                status,
                old.endpoint(),
                old.publicEndpoint(),
                old.privateEndpoint(),
                old.serviceCidr(),
                old.ipFamily(),
                old.authenticationMode(),
                old.autoMode(),
                old.hybridNodes(),
                profiles,
                subnets,
                old.clusterSecurityGroup(),
                old.vpcId(),
                old.kubeSystemUid(),
                old.oidcIssuer(),
                old.deletionProtection(),
                tags,
                old.nodeLimit());
    }

    private static String uid(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
