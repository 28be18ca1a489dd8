package io.cnishift.engine.verify;

import io.cnishift.api.Probe;
import io.cnishift.api.cluster.Part;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All probes that come with cnishift. */
public final class BuiltInProbes {

    private BuiltInProbes() {}

    /** The catalogue, in the order in which a person would look. */
    public static List<Probe> all() {
        return List.of(
                new StaticProbe(
                        "CLUSTER-ACTIVE",
                        "The cluster is there to stay",
                        Set.of(Part.CLUSTER),
                        Complaints::clusterNotActive,
                        "if it is being deleted, verify the cluster that serves instead (--cluster TARGET)"),
                new StaticProbe(
                        "NODES-READY",
                        "Nodes are Ready",
                        Set.of(Part.NODES),
                        Complaints::nodesNotReady,
                        "look at the node's conditions, and mend or replace it"),
                new StaticProbe(
                        "NODE-GROUPS-ACTIVE",
                        "Node groups are active",
                        Set.of(Part.NODE_GROUPS),
                        Complaints::groupsNotActive,
                        "mend what the group's health issues name"),
                new StaticProbe(
                        "ADDONS-ACTIVE",
                        "Add-ons are active",
                        Set.of(Part.ADDONS),
                        Complaints::addonsNotActive,
                        "mend what the add-on's health issues name"),
                new StaticProbe(
                        "VPC-CNI-SETTLED",
                        "aws-node runs where it should",
                        Set.of(Part.WORKLOADS, Part.NODES, Part.PODS),
                        Complaints::vpcCniUnsettled,
                        "wait for its roll to end, or look at the pods that are not ready"),
                new StaticProbe(
                        "POD-SUBNETS",
                        "Nodes find subnets for pods",
                        Set.of(Part.NODES, Part.INSTANCES, Part.SUBNETS, Part.ENI_CONFIGS, Part.WORKLOADS),
                        PodSubnetComplaints::of,
                        "give each zone of nodes a tagged subnet, or an ENIConfig of the name that its nodes ask for",
                        PodSubnetComplaints::none),
                new StaticProbe(
                        "PREFIXES-HELD",
                        "Nodes hold blocks of addresses",
                        Set.of(Part.WORKLOADS, Part.NODES, Part.INSTANCES, Part.NETWORK_INTERFACES),
                        InterfaceComplaints::withoutPrefix,
                        "see the log of aws-node on the node; a subnet without an aligned block of 16 free addresses has none to give",
                        InterfaceComplaints::noPrefixes),
                new StaticProbe(
                        "INTERFACES-ATTACHED",
                        "No interface of the VPC CNI is left behind",
                        Set.of(Part.NETWORK_INTERFACES),
                        InterfaceComplaints::stray,
                        "wait for aws-node to clean up, or delete them"),
                new StaticProbe(
                        "CILIUM-SETTLED",
                        "Cilium runs where it should",
                        Set.of(Part.WORKLOADS, Part.NODES, Part.PODS),
                        Complaints::ciliumUnsettled,
                        "look at the agents that are not ready",
                        Complaints::noCilium),
                new StaticProbe(
                        "CILIUM-IPAM",
                        "Cilium's nodes have addresses for pods",
                        Set.of(Part.CILIUM_NODES, Part.NODES, Part.WORKLOADS),
                        Complaints::poolErrors,
                        "append a block to the pool, or in ENI mode give the subnets addresses and the operator its EC2 rights",
                        Complaints::noCilium),
                new StaticProbe(
                        "PODS-MANAGED",
                        "Cilium wires the pods of its nodes",
                        Set.of(Part.PODS, Part.NODES, Part.CILIUM_NODES, Part.CILIUM_ENDPOINTS, Part.WORKLOADS),
                        Complaints::unmanagedPods,
                        "restart the workloads of these pods",
                        Complaints::noCilium),
                new StaticProbe(
                        "DNS-READY",
                        "Cluster DNS has endpoints",
                        Set.of(Part.SERVICES, Part.ENDPOINTS, Part.PODS),
                        Complaints::dnsNotReady,
                        "look at the pods of CoreDNS"),
                new StaticProbe(
                        "SERVICES-SERVE",
                        "Services with pods have endpoints",
                        Set.of(Part.SERVICES, Part.ENDPOINTS, Part.PODS, Part.WORKLOADS),
                        Complaints::servicesWithoutEndpoints,
                        "look at the pods behind these Services"),
                new NetworkProbe(
                        "DNS-ANSWERS",
                        "Pods resolve names",
                        Questions::dns,
                        "look where the path to CoreDNS breaks; restart CoreDNS last"),
                new NetworkProbe(
                        "API-SERVER",
                        "Pods reach the API server",
                        Questions::apiServer,
                        "look at kube-proxy or its replacement on the node"),
                new NetworkProbe(
                        "CROSS-CNI",
                        "Pods of both CNIs reach each other",
                        Questions::acrossCnis,
                        "check the SNAT exclusion, the agents on the old nodes and UDP 8472 between the node security groups"),
                new NetworkProbe(
                        "EGRESS",
                        "Pods reach the internet",
                        Questions::egress,
                        "check masquerading and the NAT gateway"),
                new NetworkProbe(
                        "LARGE-PACKETS",
                        "Large packets pass between nodes",
                        Questions::largePackets,
                        "set the MTU to what the path carries"),
                new NetworkProbe(
                        "LOAD-BALANCERS",
                        "Load balancers reach their pods",
                        Questions::loadBalancers,
                        "look at the health of the target groups; ip targets do not reach an overlay"),
                new NetworkProbe(
                        "CONTROL-PLANE-CALLS",
                        "The control plane reaches webhooks and APIs",
                        Questions::controlPlaneCalls,
                        "put these pods onto the host network"));
    }

    /** What each code is about, for {@code explain}. */
    public static Map<String, String> explained() {
        return all().stream().collect(Collectors.toUnmodifiableMap(Probe::code, Probe::title));
    }
}
