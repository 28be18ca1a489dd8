package io.cnishift.simulator.net;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.cni.CniKind;
import io.cnishift.simulator.cni.Dataplane;
import io.cnishift.simulator.cni.PodWiring;
import io.cnishift.simulator.kube.NodesByInstance;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the ends of conversations as they are now. */
public final class Ends {

    private static final String CONTROL_PLANE = "Amazon EKS ";

    private final Kernel kernel;
    private final Cloud cloud;
    private final Dataplane dataplane;
    private final ObjectIndex podsByAddress;
    private final NodesByInstance nodes;

    private Ends(Kernel kernel) {
        this.kernel = kernel;
        cloud = Cloud.of(kernel);
        dataplane = Dataplane.of(kernel);
        podsByAddress = kernel.objects()
                .statusIndex(
                        "Pod",
                        p -> Tree.text(p, "status", "podIP").map(List::of).orElse(List.of()));
        nodes = NodesByInstance.of(kernel);
    }

    /** The ends of that world. */
    public static Ends of(Kernel kernel) {
        return kernel.shared(Ends.class, Ends::new);
    }

    /** A pod that runs; empty when it does not, or has no address. */
    public Optional<End> pod(String namespace, String name) {
        return kernel.objects().get("Pod", namespace, name).flatMap(this::pod);
    }

    /** The same, of a pod tree. */
    public Optional<End> pod(Map<String, Object> pod) {
        Optional<String> node = Tree.text(pod, "spec", "nodeName");
        Optional<String> address = Tree.text(pod, "status", "podIP");
        boolean runs =
                Tree.text(pod, "status", "phase").filter("Running"::equals).isPresent();
        if (node.isEmpty() || address.isEmpty() || !runs) {
            return Optional.empty();
        }
        String namespace = Tree.text(pod, "metadata", "namespace").orElse("");
        String name = Tree.text(pod, "metadata", "name").orElse("");
        if (Tree.flag(pod, "spec", "hostNetwork")) {
            return host(node.get()).map(h -> named(h, namespace + "/" + name));
        }
        return dataplane.wiring(namespace, name).map(w -> pod(namespace + "/" + name + " (" + w.by() + ")", w));
    }

    /** The pod, not of the host's network, that has an address; its tree. */
    public Optional<Map<String, Object>> podAt(String address) {
        return podsByAddress.of(address).stream()
                .filter(p -> !Tree.flag(p, "spec", "hostNetwork"))
                .findFirst();
    }

    /** A pod that would be made on a node now; empty when it would get no network. */
    public Optional<End> newPod(String node) {
        if (kernel.podNetwork().notReadyReason(node).isPresent()) {
            return Optional.empty();
        }
        return dataplane
                .newPods(node)
                .filter(kind -> kind != CniKind.VPC_CNI || Dataplane.holdsAddresses(kernel, node))
                .flatMap(kind -> host(node)
                        .map(h -> new End(
                                kind == CniKind.CILIUM ? End.Kind.OVERLAY_POD : End.Kind.VPC_POD,
                                "a new pod on " + node + " (" + kind + ")",
                                Optional.of(node),
                                dataplane
                                        .podCidr(node)
                                        .filter(c -> kind == CniKind.CILIUM)
                                        .map(c -> c.address(Math.min(c.size() - 1, 2)))
                                        .orElse(h.address()),
                                h.securityGroups(),
                                true)));
    }

    /** The network of a node. */
    public Optional<End> host(String node) {
        return kernel.objects().get("Node", "", node).map(n -> {
            String address = Tree.known(n, Inside.class, Inside::read).address();
            return new End(End.Kind.HOST, node, Optional.of(node), address, groups(n, address), false);
        });
    }

    private List<String> groups(Map<String, Object> node, String address) {
        Optional<String> instance = NodesByInstance.instance(node);
        if (instance.isPresent()) {
            for (NetworkInterface face : cloud.interfacesOf(instance.get())) {
                if (face.addresses().contains(address)) {
                    return face.securityGroups();
                }
            }
        }
        return List.of();
    }

    /** The address of a node in the VPC, read once of each version of it. */
    private record Inside(String address) {
        private static Inside read(Map<String, ?> node) {
            return new Inside(Tree.maps(node, "status", "addresses").stream()
                    .filter(a -> "InternalIP".equals(a.get("type")))
                    .flatMap(a -> Tree.text(a, "address").stream())
                    .findFirst()
                    .orElse(""));
        }
    }

    /** The name of the node of an instance. */
    public Optional<String> nodeOf(String instance) {
        return nodes.first(instance);
    }

    /** The instance of a node. */
    public Optional<String> instanceOf(String node) {
        return kernel.objects().get("Node", "", node).flatMap(NodesByInstance::instance);
    }

    /** The API servers: the interfaces that EKS put into the VPC. */
    public End controlPlane() {
        for (NetworkInterface face : cloud.interfacesOfServices()) {
            if (face.description().startsWith(CONTROL_PLANE)) {
                return controlPlane(face.addresses().get(0), face.securityGroups());
            }
        }
        return controlPlane("", List.of(cloud.view().cluster().clusterSecurityGroup()));
    }

    private static End controlPlane(String address, List<String> groups) {
        return End.away(End.Kind.CONTROL_PLANE, "the control plane", address, groups);
    }

    private End pod(String name, PodWiring wiring) {
        boolean overlay = wiring.by() == CniKind.CILIUM && !wiring.chained();
        return new End(
                overlay ? End.Kind.OVERLAY_POD : End.Kind.VPC_POD,
                name,
                Optional.of(wiring.node()),
                wiring.address(),
                securityGroups(wiring),
                wiring.secondaryEni());
    }

    /** Those of the interface that holds the address; for an overlay pod those of its node, by which it leaves. */
    private List<String> securityGroups(PodWiring wiring) {
        Optional<NetworkInterface> branch = cloud.branchAt(wiring.address());
        if (branch.isPresent()) {
            return branch.get().securityGroups();
        }
        Optional<String> instance = instanceOf(wiring.node());
        if (instance.isPresent()) {
            for (NetworkInterface face : cloud.interfacesOf(instance.get())) {
                if (holds(face, wiring.address())) {
                    return face.securityGroups();
                }
            }
        }
        return host(wiring.node()).map(End::securityGroups).orElse(List.of());
    }

    private static boolean holds(NetworkInterface face, String address) {
        if (face.addresses().contains(address)) {
            return true;
        }
        for (Cidr prefix : face.prefixes()) {
            if (prefix.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static End named(End host, String pod) {
        return new End(host.kind(), pod + " (host network)", host.node(), host.address(), host.securityGroups(), false);
    }
}
