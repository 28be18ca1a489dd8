package io.cnishift.simulator.aws;

import io.cnishift.api.act.CreateCluster;
import io.cnishift.api.act.CreateOidcProvider;
import io.cnishift.api.act.DeleteCluster;
import io.cnishift.api.act.DeleteFargateProfile;
import io.cnishift.api.act.DeleteOidcProvider;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.Slices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Clusters come and go. One that is asked for is CREATING for about ten minutes, then ACTIVE, with network interfaces of its control
 * plane in two zones; without addresses for these it is FAILED. One with node groups, Fargate profiles or deletion protection is not deleted,
 * and with one that is gone its API server is.
 */
public final class ClusterLifeApi implements Behaviour {

    private static final Duration LEAST = Duration.ofMinutes(9);
    private static final int SPREAD_SECONDS = 120;
    private static final Duration GOING = Duration.ofMinutes(4);
    private static final int ZONES = 2;
    private static final String OF_CONTROL_PLANE = "Amazon EKS ";

    /** What ends with it. */
    private static final List<Part> OF_IT =
            List.of(Part.ADDONS, Part.POD_IDENTITIES, Part.ACCESS_ENTRIES, Part.RELEASES);

    /** Minor versions behind the other cluster's that EKS still makes. */
    private static final int SUPPORTED = 6;

    @Override
    public String id() {
        return "cluster-life-api";
    }

    @Override
    public String source() {
        return "AWS SDK: eks CreateCluster, DeleteCluster, iam CreateOpenIDConnectProvider; EKS user guide: network requirements; domain.md 8.1, 9.2";
    }

    @Override
    public void install(Kernel kernel) {
        Acts acts = AwsApi.acts(kernel);
        Cloud cloud = Cloud.of(kernel);
        Cluster planned = kernel.snapshot().cluster();
        if (Unmade.is(kernel.snapshot())) {
            cloud.remove(Part.CLUSTER, planned.name());
        }
        // what was under way when the snapshot was taken goes on
        if (planned.status().equals("CREATING")) {
            kernel.clock().after(LEAST, () -> ready(kernel, cloud, planned));
        }
        if (planned.status().equals("DELETING")) {
            kernel.clock().after(GOING, () -> gone(cloud, planned));
        }
        acts.on(CreateCluster.class, a -> before(cloud, a.name()), a -> create(kernel, cloud, planned, a));
        acts.on(DeleteCluster.class, a -> before(cloud, a.name()), a -> delete(kernel, cloud, a.name()));
        acts.on(DeleteFargateProfile.class, a -> Map.of(), a -> deleteProfile(kernel, cloud, planned.name(), a.name()));
        acts.on(CreateOidcProvider.class, a -> Map.of(), a -> issuer(cloud, a.cluster()));
        acts.on(DeleteOidcProvider.class, a -> Map.of(), a -> Acts.done());
    }

    /** Whether the API server of that world answers. */
    public static boolean answers(Kernel kernel) {
        Optional<Cluster> cluster =
                find(Cloud.of(kernel), kernel.snapshot().cluster().name());
        // one that was there is served to the end of its deletion, and whatever else is changed about it
        return Unmade.is(kernel.snapshot())
                ? cluster.filter(c -> c.status().equals("ACTIVE")).isPresent()
                : cluster.isPresent();
    }

    private static ActResult create(Kernel kernel, Cloud cloud, Cluster planned, CreateCluster act) {
        Optional<ActResult> refusal = refusal(cloud, planned, act);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<Cidr> services = act.family() == IpFamily.IPV6 ? Optional.of(Unmade.SERVICES) : act.services();
        Cluster like = services.map(range -> planned.with(act.family(), range)).orElse(planned);
        Cluster made = Unmade.in(like, "CREATING", act.version(), act.subnets(), act.tags());
        if (services.isPresent()) {
            Unmade.ofServices(kernel, made);
        }
        cloud.put(made);
        cloud.put(Unmade.securityGroup(made));
        Duration takes = LEAST.plusSeconds(kernel.random("cluster").nextInt(SPREAD_SECONDS));
        kernel.clock().after(takes, () -> ready(kernel, cloud, made));
        return Acts.done("name", act.name());
    }

    private static Optional<ActResult> refusal(Cloud cloud, Cluster planned, CreateCluster act) {
        if (find(cloud, act.name()).isPresent() || !act.name().equals(planned.name())) {
            return Optional.of(
                    Acts.no(Reason.EXISTS, "ResourceInUseException: Cluster already exists with name: " + act.name()));
        }
        if (!supported(planned.kubernetesVersion(), act.version())) {
            return Optional.of(invalid("unsupported Kubernetes version " + act.version()));
        }
        List<Subnet> subnets = act.subnets().stream()
                .flatMap(id -> cloud.view().subnet(id).stream())
                .toList();
        if (subnets.size() < act.subnets().size()) {
            return Optional.of(invalid("The subnet ID does not exist: " + act.subnets()));
        }
        if (subnets.stream().map(Subnet::availabilityZone).distinct().count() < ZONES) {
            return Optional.of(invalid("Subnets specified must be in at least two different AZs"));
        }
        Optional<Subnet> without = subnets.stream()
                .filter(s -> act.family() == IpFamily.IPV6 && s.ipv6().isEmpty())
                .findFirst();
        if (without.isPresent()) {
            return without.map(s -> invalid("The subnet " + s.id() + " has no IPv6 CIDR block associated"));
        }
        return subnets.stream()
                .filter(s -> cloud.free(s.id()) < SubnetMath.CONTROL_PLANE_FREE)
                .findFirst()
                .map(s -> invalid("Atleast one subnet in each AZ should have " + SubnetMath.CONTROL_PLANE_FREE
                        + " free IPs. Invalid AZs: " + s.availabilityZone()));
    }

    private static boolean supported(String like, String version) {
        if (!version.matches("1\\.[0-9]{1,3}")) {
            return false;
        }
        int behind = minor(like) - minor(version);
        return behind >= 0 && behind <= SUPPORTED;
    }

    private static int minor(String version) {
        return Integer.parseInt(version.substring(version.indexOf('.') + 1));
    }

    private static ActResult invalid(String message) {
        return Acts.no(Reason.INVALID, "InvalidParameterException: " + message);
    }

    private static void ready(Kernel kernel, Cloud cloud, Cluster made) {
        if (find(cloud, made.name()).filter(c -> c.status().equals("CREATING")).isEmpty()) {
            return;
        }
        Map<String, String> byZone = new TreeMap<>();
        made.controlPlaneSubnets()
                .forEach(id -> cloud.view().subnet(id).ifPresent(s -> byZone.putIfAbsent(s.availabilityZone(), id)));
        Interfaces interfaces = new Interfaces(cloud);
        List<String> zones = new ArrayList<>(byZone.values()).subList(0, ZONES);
        long there = zones.stream()
                .filter(subnet -> interfaces
                        .create(new Interfaces.Wanted(
                                subnet,
                                "interface",
                                OF_CONTROL_PLANE + made.name(),
                                Optional.empty(),
                                0,
                                0,
                                List.of(made.clusterSecurityGroup())))
                        .isPresent())
                .count();
        cloud.put(Unmade.in(
                made,
                there < ZONES ? "FAILED" : "ACTIVE",
                made.kubernetesVersion(),
                made.controlPlaneSubnets(),
                made.tags()));
        cloud.put(AccessEntryApi.ofMaker(made));
        serve(kernel, cloud, made.name());
    }

    /** An API server tells pods its addresses as endpoints of the Service kubernetes. */
    private static void serve(Kernel kernel, Cloud cloud, String name) {
        List<Map<String, Object>> endpoints = cloud.interfacesOfServices().stream()
                .filter(i -> i.description().equals(OF_CONTROL_PLANE + name))
                .map(i -> Trees.of(
                        "addresses",
                        List.of(i.addresses().get(0)),
                        "conditions",
                        Trees.of("ready", true, "serving", true, "terminating", false)))
                .toList();
        kernel.objects()
                .get("Service", "default", "kubernetes")
                .ifPresent(service -> kernel.objects()
                        .create(Slices.slice(service, Slices.ports(service, Map.of()), endpoints), "apiserver"));
    }

    private static ActResult delete(Kernel kernel, Cloud cloud, String name) {
        Optional<Cluster> cluster = find(cloud, name);
        if (cluster.isEmpty() || cluster.get().status().equals("DELETING")) {
            return Acts.done();
        }
        if (!cloud.view().nodeGroups().isEmpty()) {
            return Acts.no(Reason.BUSY, "ResourceInUseException: Cluster has nodegroups attached");
        }
        if (!cluster.get().fargateProfiles().isEmpty()) {
            return Acts.no(Reason.BUSY, "ResourceInUseException: Cluster has Fargate profiles attached");
        }
        if (cluster.get().deletionProtection()) {
            return Acts.no(
                    Reason.INVALID, "InvalidRequestException: Cluster " + name + " has deletion protection enabled");
        }
        if (cluster.get().status().equals("CREATING")) {
            return Acts.no(Reason.BUSY, "ResourceInUseException: Cluster is CREATING");
        }
        Cluster old = cluster.get();
        cloud.put(Unmade.in(old, "DELETING", old.kubernetesVersion(), old.controlPlaneSubnets(), old.tags()));
        kernel.clock().after(GOING, () -> gone(cloud, old));
        return Acts.done();
    }

    private static ActResult deleteProfile(Kernel kernel, Cloud cloud, String cluster, String name) {
        GoingProfiles going = kernel.shared(GoingProfiles.class, k -> new GoingProfiles());
        if (!profiles(cloud, cluster).contains(name) || going.names.contains(name)) {
            return Acts.done();
        }
        if (!going.names.isEmpty()) {
            return Acts.no(Reason.BUSY, "ResourceInUseException: Fargate profile " + going.names + " is DELETING");
        }
        going.names.add(name);
        kernel.clock().after(GOING, () -> {
            going.names.remove(name);
            find(cloud, cluster).ifPresent(c -> cloud.put(Unmade.without(c, name)));
        });
        return Acts.done();
    }

    private static List<String> profiles(Cloud cloud, String cluster) {
        return find(cloud, cluster).map(Cluster::fargateProfiles).orElse(List.of());
    }

    /** Fargate profiles on their way out; they are listed meanwhile. */
    private static final class GoingProfiles {
        private final Set<String> names = new TreeSet<>();
    }

    private static void gone(Cloud cloud, Cluster old) {
        List.copyOf(cloud.interfacesOfServices()).stream()
                .filter(i -> i.description().equals(OF_CONTROL_PLANE + old.name()))
                .forEach(i -> cloud.remove(Part.NETWORK_INTERFACES, i.id()));
        cloud.remove(Part.SECURITY_GROUPS, old.clusterSecurityGroup());
        for (Part part : OF_IT) {
            List.copyOf(cloud.view().all(part, Resource.class)).forEach(r -> cloud.remove(part, r.key()));
        }
        cloud.remove(Part.CLUSTER, old.name());
    }

    private static ActResult issuer(Cloud cloud, String name) {
        return find(cloud, name).filter(c -> c.oidcIssuer().isPresent()).isPresent()
                ? Acts.done()
                : Acts.no(Reason.GONE, "ResourceNotFoundException: No cluster found for name: " + name);
    }

    private static Optional<Cluster> find(Cloud cloud, String name) {
        return cloud.view().get(Part.CLUSTER, Cluster.class, name);
    }

    private static Map<String, Object> before(Cloud cloud, String name) {
        return find(cloud, name)
                .map(c -> Trees.of("name", c.name(), "status", c.status(), "version", c.kubernetesVersion()))
                .orElse(Map.of());
    }
}
