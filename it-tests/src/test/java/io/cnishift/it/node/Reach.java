package io.cnishift.it.node;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.it.node.Networks.Cni;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether packets of a pod arrive: by the VPC between addresses of the VPC, by the tunnel between agents to and from the overlay, by
 * kube-proxy's rules to Services. Security groups, routes and load balancers are the emulator's and not looked at.
 */
record Reach(Scene scene, List<Service> services, Networks networks, Cilium cilium) {

    private static final String TIMEOUT = "TIMEOUT";
    private static final String DNS = "kube-dns";
    private static final String API_SERVER = "kubernetes";

    /** Why a connection fails, in agnhost's words; empty when it stands. */
    Optional<String> broken(Pod from, String name, int port) {
        boolean address = name.matches("[0-9.]+");
        if (!address && services.stream().noneMatch(s -> is(s, DNS) && serves(from, s))) {
            return Optional.of("DNS: lookup " + name + ": i/o timeout");
        }
        return address && !toAddress(from, name) ? Optional.of(TIMEOUT) : Optional.empty();
    }

    private boolean toAddress(Pod from, String address) {
        Optional<Service> service = services.stream()
                .filter(s -> address.equals(s.getSpec().getClusterIP()))
                .findFirst();
        return service.isPresent()
                ? serves(from, service.get())
                : scene.podAt(address).filter(to -> path(from, to)).isPresent()
                        || scene.nodes().values().stream()
                                .anyMatch(n -> Scene.address(n).equals(address) && Scene.ready(n));
    }

    private static boolean is(Service service, String name) {
        return service.getMetadata().getName().equals(name);
    }

    /** Rules of kube-proxy on the node, and a pod behind them that can be reached; the API server is beyond all nodes. */
    private boolean serves(Pod from, Service service) {
        if (scene.daemon("kube-proxy", node(from)).isEmpty()) {
            return false;
        }
        Map<String, String> selector = service.getSpec().getSelector();
        return is(service, API_SERVER)
                || scene.pods().stream()
                        .filter(Scene::runs)
                        .filter(p -> selects(selector, p) && path(from, p))
                        .findFirst()
                        .isPresent();
    }

    private static boolean selects(Map<String, String> selector, Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return selector != null && labels != null && labels.entrySet().containsAll(selector.entrySet());
    }

    private boolean path(Pod from, Pod to) {
        if (!overlay(from) && !overlay(to)) {
            return true;
        }
        return node(from).equals(node(to))
                ? routes(from, to) && routes(to, from)
                : agent(from) && agent(to) && routes(from, to) && routes(to, from);
    }

    private boolean overlay(Pod pod) {
        return networks.wiring(pod).filter(w -> w.cni() == Cni.CILIUM).isPresent();
    }

    private boolean agent(Pod pod) {
        return scene.daemon(Cilium.AGENT, node(pod)).filter(cilium::ready).isPresent();
    }

    /** A pod of the VPC CNI takes the table of its interface, unless aws-node says that the other's range is not behind it. */
    private boolean routes(Pod pod, Pod other) {
        boolean vpc = networks.wiring(pod).filter(w -> w.cni() == Cni.VPC).isPresent();
        return !vpc || !overlay(other) || excepted(node(pod), other.getStatus().getPodIP());
    }

    private boolean excepted(String node, String address) {
        return scene.daemon(Kubelets.VPC_CNI, node).stream()
                .flatMap(p -> p.getSpec().getContainers().get(0).getEnv().stream())
                .filter(e -> e.getName().equals("AWS_EXTERNAL_SERVICE_CIDRS") && e.getValue() != null)
                .flatMap(e -> Arrays.stream(e.getValue().split("[, ]+")))
                .filter(range -> !range.isEmpty())
                .anyMatch(range -> Cidr.parse(range).contains(address));
    }

    private static String node(Pod pod) {
        return Scene.node(pod).orElse("");
    }
}
