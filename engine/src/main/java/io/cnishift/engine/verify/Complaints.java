package io.cnishift.engine.verify;

import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.CiliumEndpoint;
import io.cnishift.api.cluster.CiliumNode;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Endpoints;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be wrong with a cluster as it is read, one sentence each. */
final class Complaints {

    private static final Set<String> SERVING = Set.of("ACTIVE", "UPDATING");
    private static final String DNS = "kube-system/kube-dns";

    private Complaints() {}

    /** One that EKS does not describe has no status to complain of. */
    static List<String> clusterNotActive(View view) {
        return view.all(Part.CLUSTER, Cluster.class).stream()
                .filter(c -> !c.status().isEmpty() && !SERVING.contains(c.status()))
                .map(c -> "cluster " + c.name() + " is " + c.status())
                .toList();
    }

    static List<String> nodesNotReady(View view) {
        return view.nodes().stream()
                .filter(n -> !n.ready())
                .map(n -> "Node " + n.name() + " is not Ready")
                .toList();
    }

    static List<String> groupsNotActive(View view) {
        return view.nodeGroups().stream()
                .filter(g -> !SERVING.contains(g.status()) || !g.issues().isEmpty())
                .map(Complaints::group)
                .toList();
    }

    static List<String> addonsNotActive(View view) {
        return view.all(Part.ADDONS, Addon.class).stream()
                .filter(a -> !a.status().equals("ACTIVE") || !a.issues().isEmpty())
                .map(a -> "add-on " + a.name() + " is " + a.status() + reasons(a.issues()))
                .toList();
    }

    static List<String> vpcCniUnsettled(View view) {
        return unsettled(view.awsNode());
    }

    static List<String> ciliumUnsettled(View view) {
        Optional<Workload> agent = view.workload("DaemonSet/kube-system/cilium");
        Optional<Workload> operator = view.workload("Deployment/kube-system/cilium-operator");
        return agent.isEmpty()
                ? List.of("there is no DaemonSet kube-system/cilium")
                : java.util.stream.Stream.concat(unsettled(agent).stream(), unsettled(operator).stream())
                        .toList();
    }

    static Optional<String> noCilium(View view) {
        return view.workload("DaemonSet/kube-system/cilium").isEmpty()
                        && view.all(Part.CILIUM_NODES, CiliumNode.class).isEmpty()
                ? Optional.of("there is no Cilium here")
                : Optional.empty();
    }

    static List<String> dnsNotReady(View view) {
        int ready = view.endpoints(DNS).map(Endpoints::ready).orElse(0);
        return ready > 0 ? List.of() : List.of("Service " + DNS + " has no ready endpoint");
    }

    static List<String> poolErrors(View view) {
        return view.all(Part.CILIUM_NODES, CiliumNode.class).stream()
                .filter(n -> n.error().isPresent() || !n.provided())
                .map(n -> "CiliumNode " + n.name() + ": "
                        + n.error()
                                .orElse(
                                        n.addresses().isPresent()
                                                ? "it has no address for pods"
                                                : "it has no pod CIDR"))
                .toList();
    }

    /** Pods that run beside a Cilium agent that owns their node's pods, and are not wired by it. */
    static List<String> unmanagedPods(View view) {
        return view.all(Part.CILIUM_NODES, CiliumNode.class).stream()
                .filter(n -> view.node(n.name()).filter(Complaints::ciliumOwns).isPresent())
                .flatMap(n -> view.podsOn(n.name()).stream()
                        .filter(p -> p.phase() == Pod.Phase.RUNNING && !p.hostNetwork())
                        .flatMap(p -> notWired(view, p, n).stream().map(why -> "Pod " + p.key() + why)))
                .toList();
    }

    static List<String> servicesWithoutEndpoints(View view) {
        return view.services().stream()
                .filter(s -> !s.selector().isEmpty() && !view.podsOf(s).isEmpty())
                .filter(s -> view.endpoints(s.key()).map(Endpoints::ready).orElse(0) == 0)
                .map(Service::key)
                .map(key -> "Service " + key + " has pods and no ready endpoint")
                .toList();
    }

    private static boolean ciliumOwns(Node node) {
        return node.labels().containsKey("io.cilium.migration/cilium-default");
    }

    /** In ENI mode a pod's address is one of the VPC's whoever wired it, so only the endpoint tells. */
    private static Optional<String> notWired(View view, Pod pod, CiliumNode node) {
        if (view.get(Part.CILIUM_ENDPOINTS, CiliumEndpoint.class, pod.key()).isEmpty()) {
            return Optional.of(" has no endpoint of Cilium");
        }
        boolean ofNode = pod.address()
                .filter(a ->
                        node.addresses().isPresent() || node.podCidrs().stream().anyMatch(c -> c.contains(a)))
                .isPresent();
        return ofNode
                ? Optional.empty()
                : Optional.of(" has an endpoint of Cilium, and " + pod.address().orElse("no address")
                        + ", which is not of its node's pod CIDR");
    }

    private static List<String> unsettled(Optional<Workload> workload) {
        return workload.filter(w -> !w.settled())
                .map(w -> List.of(w.key() + " has " + w.available() + " of " + w.desired() + " available, "
                        + w.updated() + " updated"))
                .orElse(List.of());
    }

    private static String group(NodeGroup group) {
        return "node group " + group.name() + " is " + group.status() + reasons(group.issues());
    }

    private static String reasons(List<String> issues) {
        return issues.isEmpty() ? "" : ": " + String.join(", ", issues);
    }
}
