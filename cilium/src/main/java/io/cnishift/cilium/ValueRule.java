package io.cnishift.cilium;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every rule about chart values, in the order of the alphabet. The code of a rule is its name with {@code CILIUM-} before it
 * and hyphens in it; {@link #explanations()} is what a strategy puts into its descriptor.
 */
public enum ValueRule {
    API_HOST_AUTO("The value k8sServiceHost=auto makes the chart read the API server's address from the ConfigMap"
            + " kube-public/cluster-info. Clusters made by kubeadm have it, EKS clusters do not."),
    API_HOST_FORM("Agents join k8sServiceHost and k8sServicePort to a URL. With a scheme, a path or a port in the host"
            + " the result is no URL, or leads elsewhere, and agents and operator restart for ever."),
    API_HOST_IP("An EKS API endpoint is a name for interfaces that AWS replaces when it scales or upgrades the control"
            + " plane. Agents that were given one address lose the API server then (cilium/cilium#22039)."),
    API_HOST_TWICE("The chart refuses k8sServiceHost together with k8sServiceHostRef."),
    API_PORT("With k8sServiceHost the chart sets both the host and the port of the API server in the agents'"
            + " environment. An empty port makes the Kubernetes client believe that it is not in a cluster."),
    BESIDE_KUBE_PROXY(
            "kubeProxyReplacementHealthzBindAddr makes agents listen where kube-proxy answers for the health of its"
                    + " node, port 10256 as a rule. While kube-proxy runs there, the port is taken and agents exit."),
    BPF_MASQ_INTERFACES("With bpf.masquerade an agent refuses to start when egressMasqueradeInterfaces is set."),
    BPF_MASQ_KPR(
            "Up to 1.18 an agent with bpf.masquerade refuses to start unless kube-proxy is replaced. From 1.19 on the two"
                    + " are independent (cilium/cilium#41380)."),
    BPF_MASQ_OFF("An agent with bpf.masquerade refuses to start when masquerading itself is off."),
    BPF_MASQ_ROUTE("An agent with bpf.masquerade refuses to start with enableMasqueradeRouteSource."),
    CERT_ISSUER("The chart refuses the certificate method certmanager without the issuer that should sign."),
    CHAINING(
            "Chaining behind the VPC CNI works with five values together: chaining mode aws-cni, a shared CNI directory, no"
                    + " masquerading, native routing, and a route for each pod."),
    CHAINING_IPSEC("IPsec is limited when Cilium is chained (cilium/cilium#15596)."),
    CLUSTER_DEFAULT("The chart refuses a cluster.id other than 0 while the cluster is called default."),
    CLUSTER_ID("A cluster.id must fit into the size of the mesh, clustermesh.maxConnectedClusters."),
    CLUSTER_ID_MARK(
            "In ENI mode and behind the VPC CNI one bit of the packet mark has two meanings. Ids 128 to 255 and 384 to"
                    + " 511 set that bit, so chart and agent refuse them (cilium/cilium#21330)."),
    CLUSTER_NAME(
            "A cluster's name has at most 32 lower-case letters, digits and hyphens, with no hyphen at either end."),
    COMPATIBILITY(
            "upgradeCompatibility is the line 1.x that was installed first on the cluster, as text. It keeps defaults of"
                    + " that line; a number such as 1.20 would be read as 1.2."),
    DEFAULT_POOL(
            "Without a pool of its own a cluster gives pods addresses of 10.0.0.0/8. Where a VPC uses part of that range,"
                    + " nodes lose their connection to it."),
    DEVICES(
            "With bpf.masquerade, kube-proxy replacement and exactly one named device, ENI-mode nodes drop what comes and goes"
                    + " by another interface, among it the API server (cilium/cilium#27343)."),
    DIRECT_ROUTES("An agent refuses to start with direct routes between nodes in tunnel mode."),
    ENDPOINT_ROUTES("In tunnel mode beside kube-proxy, endpointRoutes makes policies see the wrong side of Services"
            + " (cilium/cilium#16446)."),
    ENI_OFF(
            "ipam.mode=eni works only with eni.enabled=true, which chooses the operator image that can call EC2. From 1.20 on"
                    + " the chart refuses one without the other."),
    ENI_TUNNEL(
            "In ENI mode pods have VPC addresses, which the VPC routes; tunnels between nodes would hide them from it."),
    HOST_ROUTING(
            "Kube-proxy replacement with bpf.masquerade switches BPF host routing on. The EKS Pod Identity agent, which"
                    + " listens on its node, was unreachable that way with some releases (cilium/cilium#35989, #40273)."),
    HUBBLE_RELAY("The chart refuses Hubble's relay without Hubble."),
    HUBBLE_UI("The chart refuses Hubble's web interface without the relay that feeds it."),
    IP_MASQ_AGENT("Cilium's ip-masq-agent is a part of masquerading in BPF; an agent refuses to start with it alone."),
    KPR_API_HOST(
            "On a node without kube-proxy the address of the kubernetes Service leads nowhere until the agent runs, so the"
                    + " agent needs the API server's own name."),
    KPR_VALUE(
            "kubeProxyReplacement is true or false. The words strict, partial, probe and disabled are of releases before"
                    + " 1.14, and the chart refuses them."),
    MASQ_INTERFACE(
            "Interfaces on Amazon Linux 2023 are called ens5 and so on, not eth0. Masquerading tied to eth0 rewrites"
                    + " nothing, and pods lose the internet."),
    MESH_POLICY("Since 1.19 a policy of a meshed cluster that names no cluster selects pods of its own cluster only."),
    MESH_SIZE("clustermesh.maxConnectedClusters is 255 or 511, the same in every cluster of a mesh."),
    NATIVE_CIDR("With native routing and masquerading, Cilium must know for which destinations source addresses stay."),
    NULL_VALUE("A key without a value makes Helm drop the chart's default. That is nearly always an unfinished line."),
    OWNED_VALUE(
            "A phase of the migration depends on this value, for the reason that the message gives. Values files may set"
                    + " anything else."),
    POOL_BLOCK("The cluster pool is a list of CIDR blocks."),
    POOL_MASK(
            "Each node gets a slice of the cluster pool. It must be smaller than the pool's blocks and leave room for pods."),
    REMOVED_VALUE(
            "The chart had this value once. Depending on the value it now refuses to render, or ignores it silently."),
    SERVICE_MONITOR(
            "The chart makes ServiceMonitor objects only where the Prometheus operator's API is installed, and stops"
                    + " rendering elsewhere."),
    TAINTS("The chart refuses an operator that puts taints on nodes and never takes them off."),
    TPROXY_NETKIT("The chart refuses bpf.tproxy with netkit devices."),
    UNKNOWN_VALUE("The chart accepts any name and ignores those it does not know, so a misspelt value has no effect."),
    VALUE_RANGE("The chart or the agent knows a few words for this value only."),
    VALUE_TYPE(
            "The chart's schema, or the Kubernetes object that the value goes into, takes another type. YAML reads true, on"
                    + " and 1 as something else than text unless they are in quotes.");

    private final String explanation;

    ValueRule(String explanation) {
        this.explanation = explanation;
    }

    /** The stable code. */
    public String code() {
        return "CILIUM-" + name().replace('_', '-');
    }

    /** What is behind the rule, in full sentences. */
    public String explanation() {
        return explanation;
    }

    /** Code to explanation, for every rule. */
    public static Map<String, String> explanations() {
        return Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ValueRule::code, ValueRule::explanation));
    }
}
