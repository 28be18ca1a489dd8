package io.cnishift.adapters.aws;

import io.cnishift.adapters.reading.Collected;
import io.cnishift.adapters.reading.KubernetesFacts;
import io.cnishift.adapters.reading.PartReader;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.Reading;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.VpcConfigResponse;

/**
 * Reads the AWS side of one cluster.
 *
 * <p>It starts with DescribeCluster. If that fails, the read ends with one exception, unless the API server is reached
 * without EKS: then the cluster is what the API server tells of itself, what hangs on its VPC is unknown, and what AWS finds
 * by the cluster's name is still asked for. Everything else is tolerant: what fails is noted as unknown with the IAM action
 * that is missing, and the rest is read. Requests grow with groups, target groups and pages, never with nodes.
 */
final class AwsReader implements PartReader {

    private static final Set<Part> GROUPS = EnumSet.of(Part.NODE_GROUPS, Part.LAUNCH_TEMPLATES, Part.INSTANCES);
    private static final Set<Part> BALANCERS = EnumSet.of(Part.LOAD_BALANCERS, Part.TARGET_GROUPS);

    private static final Set<Part> OF_VPC = EnumSet.of(
            Part.VPC,
            Part.SUBNETS,
            Part.NETWORK_INTERFACES,
            Part.ROUTE_TABLES,
            Part.NETWORK_ACLS,
            Part.SECURITY_GROUPS,
            Part.LOAD_BALANCERS,
            Part.TARGET_GROUPS);

    private final AwsApis apis;
    private final ClusterLookup lookup;
    private final KubernetesFacts kubernetes;

    AwsReader(AwsApis apis, ClusterLookup lookup, KubernetesFacts kubernetes) {
        this.apis = apis;
        this.lookup = lookup;
        this.kubernetes = kubernetes;
    }

    @Override
    public Reading read(Set<Part> parts) {
        return read(parts, () -> {});
    }

    @Override
    public Reading read(Set<Part> parts, Runnable between) {
        Collected out = new Collected();
        if (parts.stream().noneMatch(part -> part.source() == Part.Source.AWS)) {
            return out.reading();
        }
        Set<Part> known = EnumSet.copyOf(parts);
        AwsRead read = new AwsRead(apis, withVpc(cluster(known, out), out), out);
        eks(read, known);
        between.run();
        network(read, known);
        between.run();
        groupsAndBalancers(read, known);
        return out.reading();
    }

    /** The cluster; of one that EKS does not describe, parts that cannot be found without its VPC are taken out and unknown. */
    private Cluster cluster(Set<Part> parts, Collected out) {
        try {
            return lookup.find();
        } catch (CallFailure failure) {
            Optional<KubernetesFacts.Server> server = out.attempt(
                            Part.CLUSTER, "version of the API server", kubernetes::server)
                    .orElseGet(() -> Optional.of(new KubernetesFacts.Server("", "")));
            if (server.isEmpty()) {
                throw lookup.unreadable(failure);
            }
            Fault fault = failure.fault();
            out.gap(Part.CLUSTER, "all but name, URL and Kubernetes version", fault.reason(), fault.remedy());
            parts.stream()
                    .filter(OF_VPC::contains)
                    .forEach(part -> out.gap(part, "", "the VPC is not known: " + fault.reason(), fault.remedy()));
            parts.removeAll(OF_VPC);
            return ClusterRecords.named(lookup.name(), server.get());
        }
    }

    /** The cluster with its VPC, which some emulators leave out; its subnets know it. */
    private Cluster withVpc(Cluster cluster, Collected out) {
        VpcConfigResponse network = cluster.resourcesVpcConfig();
        if (network == null || network.vpcId() != null || network.subnetIds().isEmpty()) {
            return cluster;
        }
        return out.list(Part.VPC, "VPC of the cluster", () -> apis.network().subnetsById(network.subnetIds())).stream()
                .findFirst()
                .map(subnet -> cluster.toBuilder()
                        .resourcesVpcConfig(
                                network.toBuilder().vpcId(subnet.vpcId()).build())
                        .build())
                .orElse(cluster);
    }

    private void eks(AwsRead read, Set<Part> parts) {
        ClusterSection section = new ClusterSection(read);
        if (parts.contains(Part.CLUSTER)) {
            section.cluster(kubernetes);
        }
        if (parts.contains(Part.ADDONS)) {
            section.addons();
        }
        if (parts.contains(Part.POD_IDENTITIES)) {
            section.podIdentities();
        }
        if (parts.contains(Part.ACCESS_ENTRIES)) {
            section.accessEntries();
        }
        if (parts.contains(Part.ROLES)) {
            section.roles();
        }
        if (parts.contains(Part.DNS_RECORDS)) {
            new RecordSection(read).records();
        }
        if (parts.contains(Part.NEIGHBOURS)) {
            section.neighbours();
        }
    }

    private static void network(AwsRead read, Set<Part> parts) {
        NetworkSection section = new NetworkSection(read);
        if (parts.contains(Part.VPC)) {
            section.vpc();
        }
        if (parts.contains(Part.SUBNETS)) {
            section.subnets();
        }
        if (parts.contains(Part.NETWORK_INTERFACES)) {
            section.interfaces();
        }
        if (parts.contains(Part.ROUTE_TABLES)) {
            section.routeTables();
        }
        if (parts.contains(Part.NETWORK_ACLS)) {
            section.networkAcls();
        }
        if (parts.contains(Part.SECURITY_GROUPS)) {
            section.securityGroups();
        }
    }

    private void groupsAndBalancers(AwsRead read, Set<Part> parts) {
        boolean groups = !Collections.disjoint(parts, GROUPS);
        boolean balancers = !Collections.disjoint(parts, BALANCERS);
        if (!groups && !balancers) {
            return;
        }
        GroupSection section = new GroupSection(read);
        List<GroupSource> sources = section.sources();
        if (groups) {
            section.read(parts, sources);
        }
        if (balancers) {
            new BalancerSection(read).read(parts, section.targetGroups(sources), kubernetes);
        }
    }
}
