package io.cnishift.simulator.net;

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
            String address = Tree.maps(n, "status", "addresses").stream()
                    .filter(a -> "InternalIP".equals(a.get("type")))
                    .flatMap(a -> Tree.text(a, "address").stream())
                    .findFirst()
                    .orElse("");
            List<String> groups = NodesByInstance.instance(n).stream()
                    .flatMap(i -> cloud.interfacesOf(i).stream())
                    .filter(i -> i.addresses().contains(address))
                    .findFirst()
                    .map(NetworkInterface::securityGroups)
                    .orElse(List.of());
            return new End(End.Kind.HOST, node, Optional.of(node), address, groups, false);
        });
    }

    /** The name of the node of an instance. */
    public Optional<String> nodeOf(String instance) {
        return nodes.named(instance).stream().findFirst();
    }

    /** The instance of a node. */
    public Optional<String> instanceOf(String node) {
        return kernel.objects().get("Node", "", node).flatMap(NodesByInstance::instance);
    }

    /** The API servers: the interfaces that EKS put into the VPC. */
    public End controlPlane() {
        Optional<NetworkInterface> face = cloud.interfacesOfServices().stream()
                .filter(i -> i.description().startsWith(CONTROL_PLANE))
                .findFirst();
        return End.away(
                End.Kind.CONTROL_PLANE,
                "the control plane",
                face.map(i -> i.addresses().get(0)).orElse(""),
                face.map(NetworkInterface::securityGroups)
                        .orElse(List.of(cloud.view().cluster().clusterSecurityGroup())));
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
        return cloud.branchAt(wiring.address())
                .or(() -> instanceOf(wiring.node()).stream()
                        .flatMap(i -> cloud.interfacesOf(i).stream())
                        .filter(i -> i.addresses().contains(wiring.address())
                                || i.prefixes().stream().anyMatch(p -> p.contains(wiring.address())))
                        .findFirst())
                .map(NetworkInterface::securityGroups)
                .orElseGet(() -> host(wiring.node()).map(End::securityGroups).orElse(List.of()));
    }

    private static End named(End host, String pod) {
        return new End(host.kind(), pod + " (host network)", host.node(), host.address(), host.securityGroups(), false);
    }
}
