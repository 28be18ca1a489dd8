package io.cnishift.api.cluster;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Everything read from one cluster and its VPC at one time: "one cluster config". All else works from it, offline.
 *
 * <p>What could not be read is in {@link #unknown()} with the reason; an empty list whose part is unknown says nothing.
 * Lists are sorted by key, so equal clusters give equal files.
 *
 * @param format version of this document
 * @param source where it was read: {@code eks:NAME}, {@code sim:NAME}
 */
public record ClusterSnapshot(
        int format,
        String source,
        Instant takenAt,
        Cluster cluster,
        Vpc vpc,
        List<Addon> addons,
        List<Subnet> subnets,
        List<NetworkInterface> networkInterfaces,
        List<RouteTable> routeTables,
        List<NetworkAcl> networkAcls,
        List<SecurityGroup> securityGroups,
        List<NodeGroup> nodeGroups,
        List<TemplateVersion> launchTemplates,
        List<Instance> instances,
        List<LoadBalancer> loadBalancers,
        List<TargetGroup> targetGroups,
        List<PodIdentity> podIdentities,
        List<AccessEntry> accessEntries,
        List<Role> roles,
        List<DnsRecord> dnsRecords,
        List<Neighbour> neighbours,
        List<Release> releases,
        List<Namespace> namespaces,
        List<Node> nodes,
        List<Workload> workloads,
        List<Pod> pods,
        List<Service> services,
        List<Endpoints> endpoints,
        List<Ingress> ingresses,
        List<TargetGroupBinding> targetGroupBindings,
        List<Budget> budgets,
        List<ControlPlaneCall> controlPlaneCalls,
        List<AdmissionPolicy> admissionPolicies,
        List<NetworkPolicy> networkPolicies,
        List<PolicyEndpoint> policyEndpoints,
        List<SecurityGroupPolicy> securityGroupPolicies,
        List<Volume> volumes,
        List<EniConfig> eniConfigs,
        List<NodePool> nodePools,
        List<NodeClass> nodeClasses,
        List<CiliumNode> ciliumNodes,
        List<CiliumEndpoint> ciliumEndpoints,
        List<CiliumNodeConfig> ciliumNodeConfigs,
        List<ConfigMap> configMaps,
        List<Application> applications,
        List<NamedObject> objects,
        List<Unknown> unknown) {

    /** The format written by this version. */
    public static final int FORMAT = 1;

    public ClusterSnapshot {
        if (format != FORMAT) {
            throw new IllegalArgumentException("snapshot format " + format + " is not " + FORMAT
                    + "; read the cluster again with this version of cnishift");
        }
        Objects.requireNonNull(source);
        Objects.requireNonNull(takenAt);
        Objects.requireNonNull(cluster);
        Objects.requireNonNull(vpc);
        addons = sorted(addons);
        subnets = sorted(subnets);
        networkInterfaces = sorted(networkInterfaces);
        routeTables = sorted(routeTables);
        networkAcls = sorted(networkAcls);
        securityGroups = sorted(securityGroups);
        nodeGroups = sorted(nodeGroups);
        launchTemplates = sorted(launchTemplates);
        instances = sorted(instances);
        loadBalancers = sorted(loadBalancers);
        targetGroups = sorted(targetGroups);
        podIdentities = sorted(podIdentities);
        accessEntries = sorted(accessEntries);
        roles = sorted(roles);
        dnsRecords = sorted(dnsRecords);
        neighbours = sorted(neighbours);
        releases = sorted(releases);
        namespaces = sorted(namespaces);
        nodes = sorted(nodes);
        workloads = sorted(workloads);
        pods = sorted(pods);
        services = sorted(services);
        endpoints = sorted(endpoints);
        ingresses = sorted(ingresses);
        targetGroupBindings = sorted(targetGroupBindings);
        budgets = sorted(budgets);
        controlPlaneCalls = sorted(controlPlaneCalls);
        admissionPolicies = sorted(admissionPolicies);
        networkPolicies = sorted(networkPolicies);
        policyEndpoints = sorted(policyEndpoints);
        securityGroupPolicies = sorted(securityGroupPolicies);
        volumes = sorted(volumes);
        eniConfigs = sorted(eniConfigs);
        nodePools = sorted(nodePools);
        nodeClasses = sorted(nodeClasses);
        ciliumNodes = sorted(ciliumNodes);
        ciliumEndpoints = sorted(ciliumEndpoints);
        ciliumNodeConfigs = sorted(ciliumNodeConfigs);
        configMaps = sorted(configMaps);
        applications = sorted(applications);
        objects = sorted(objects);
        unknown = List.copyOf(unknown);
    }

    /** A snapshot of these resources, which must hold exactly one cluster and one VPC. */
    public static ClusterSnapshot of(
            String source, Instant takenAt, Collection<? extends Resource> resources, List<Unknown> unknown) {
        Parts parts = new Parts(resources);
        return new ClusterSnapshot(
                FORMAT,
                source,
                takenAt,
                parts.one(Cluster.class),
                parts.one(Vpc.class),
                parts.all(Addon.class),
                parts.all(Subnet.class),
                parts.all(NetworkInterface.class),
                parts.all(RouteTable.class),
                parts.all(NetworkAcl.class),
                parts.all(SecurityGroup.class),
                parts.all(NodeGroup.class),
                parts.all(TemplateVersion.class),
                parts.all(Instance.class),
                parts.all(LoadBalancer.class),
                parts.all(TargetGroup.class),
                parts.all(PodIdentity.class),
                parts.all(AccessEntry.class),
                parts.all(Role.class),
                parts.all(DnsRecord.class),
                parts.all(Neighbour.class),
                parts.all(Release.class),
                parts.all(Namespace.class),
                parts.all(Node.class),
                parts.all(Workload.class),
                parts.all(Pod.class),
                parts.all(Service.class),
                parts.all(Endpoints.class),
                parts.all(Ingress.class),
                parts.all(TargetGroupBinding.class),
                parts.all(Budget.class),
                parts.all(ControlPlaneCall.class),
                parts.all(AdmissionPolicy.class),
                parts.all(NetworkPolicy.class),
                parts.all(PolicyEndpoint.class),
                parts.all(SecurityGroupPolicy.class),
                parts.all(Volume.class),
                parts.all(EniConfig.class),
                parts.all(NodePool.class),
                parts.all(NodeClass.class),
                parts.all(CiliumNode.class),
                parts.all(CiliumEndpoint.class),
                parts.all(CiliumNodeConfig.class),
                parts.all(ConfigMap.class),
                parts.all(Application.class),
                parts.all(NamedObject.class),
                unknown);
    }

    /** All resources, part by part. */
    public Stream<Resource> resources() {
        Stream<List<? extends Resource>> lists = Stream.of(
                List.of(cluster),
                List.of(vpc),
                addons,
                subnets,
                networkInterfaces,
                routeTables,
                networkAcls,
                securityGroups,
                nodeGroups,
                launchTemplates,
                instances,
                loadBalancers,
                targetGroups,
                podIdentities,
                accessEntries,
                roles,
                dnsRecords,
                neighbours,
                releases,
                namespaces,
                nodes,
                workloads,
                pods,
                services,
                endpoints,
                ingresses,
                targetGroupBindings,
                budgets,
                controlPlaneCalls,
                admissionPolicies,
                networkPolicies,
                policyEndpoints,
                securityGroupPolicies,
                volumes,
                eniConfigs,
                nodePools,
                nodeClasses,
                ciliumNodes,
                ciliumEndpoints,
                ciliumNodeConfigs,
                configMaps,
                applications,
                objects);
        return lists.flatMap(List::stream);
    }

    /** Whether that part was read without gaps. */
    public boolean known(Part part) {
        return unknown.stream().noneMatch(u -> u.part() == part);
    }

    private static <R extends Resource> List<R> sorted(List<R> resources) {
        return resources.stream().sorted(Comparator.comparing(Resource::key)).toList();
    }
}
