package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Containers;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.PodNetwork.Wiring;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.aws.AwsBehaviours;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.aws.Interfaces;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A world of AWS and CNIs whose pods are made, run and ended by hand. */
final class CniWorld {

    private static final int PROBES = 10;

    final Kernel kernel;
    final Dataplane plane;

    private CniWorld(ClusterSnapshot snapshot, List<Behaviour> behaviours) {
        kernel = Simulation.open(snapshot, new WorldFactory.Settings(7, Map.of()), behaviours)
                .kernel();
        plane = Dataplane.of(kernel);
    }

    static CniWorld of(ClusterSnapshot snapshot) {
        return new CniWorld(snapshot, behaviours());
    }

    private static List<Behaviour> behaviours() {
        return Stream.concat(AwsBehaviours.all().stream(), CniBehaviours.all().stream())
                .toList();
    }

    /** Lets time pass; every ten seconds the hand plays the kubelet's probes and restarts. */
    void run(int seconds) {
        for (int left = seconds; left > 0; left -= PROBES) {
            kernel.clock().runUntil(kernel.clock().now().plus(Duration.ofSeconds(Math.min(left, PROBES))));
            kernel.objects().list("Pod").stream()
                    .filter(p -> DaemonPods.daemon(p).isPresent() && DaemonPods.runs(p))
                    .toList()
                    .forEach(this::probe);
        }
    }

    private void probe(Map<String, Object> pod) {
        Optional<Containers.Ailment> ailment = kernel.containers().ailment(pod);
        boolean crashed =
                ailment.filter(a -> a.kind() == Containers.Kind.CRASHED).isPresent() && !PodHealth.backsOff(pod);
        Map<String, Object> state =
                crashed ? Map.of("waiting", Map.of("reason", "CrashLoopBackOff")) : Map.of("running", Map.of());
        String ready = ailment.isEmpty() ? "True" : "False";
        kernel.objects().status(ObjectKey.of(pod), "kubelet", s -> {
            Map<String, Object> with = Trees.with(s, List.of(Map.of("type", "Ready", "status", ready)), "conditions");
            return Trees.with(with, List.of(Map.of("name", "main", "state", state)), "containerStatuses");
        });
    }

    /** The first node, and the next ones. */
    String node(int index) {
        return nodes().get(index);
    }

    List<String> nodes() {
        return kernel.objects().list("Node").stream()
                .map(n -> ObjectKey.of(n).name())
                .toList();
    }

    /** A node on which nothing has run yet. */
    String newNode() {
        Map<String, Object> like = kernel.objects().get("Node", "", node(0)).orElseThrow();
        Map<String, Object> metadata = Map.of("name", "zz-new", "labels", Tree.strings(like, "metadata", "labels"));
        kernel.objects()
                .create(
                        Trees.of(
                                "apiVersion",
                                "v1",
                                "kind",
                                "Node",
                                "metadata",
                                metadata,
                                "spec",
                                Map.of("providerID", "aws:///z/i-none"),
                                "status",
                                Tree.map(like, "status")),
                        "kubelet");
        return "zz-new";
    }

    Map<String, Integer> freeAddresses() {
        Map<String, Integer> free = new TreeMap<>();
        Cloud.of(kernel).view().all(Part.SUBNETS, Subnet.class).forEach(s -> free.put(s.id(), s.freeAddresses()));
        return free;
    }

    /** Addresses of subnets that the interfaces of a node hold. */
    int held(String node) {
        return EniPool.of(kernel, node).orElseThrow().attached().stream()
                .mapToInt(i -> i.addresses().size() + 16 * i.prefixes().size())
                .sum();
    }

    /** Takes everything from a node but its primary address. */
    void strip(String node) {
        Interfaces ec2 = new Interfaces(Cloud.of(kernel));
        EniPool pool = EniPool.of(kernel, node).orElseThrow();
        pool.attached().forEach(i -> {
            if (pool.primary(i)) {
                ec2.release(i, i.addresses().subList(1, i.addresses().size()), i.prefixes());
            } else {
                ec2.delete(i.id());
            }
        });
    }

    int enis(String node) {
        List<NetworkInterface> attached = EniPool.of(kernel, node).orElseThrow().attached();
        return attached.size();
    }

    /** What a kubelet does for a new pod of namespace web; a refused one stays Pending. */
    Wiring pod(String name, String node) {
        kernel.objects().create(tree("web", name, node, Map.of(), Map.of("containers", List.of())), "test");
        return retry(name);
    }

    Wiring retry(String name) {
        Map<String, Object> pod = kernel.objects().get("Pod", "web", name).orElseThrow();
        Wiring answer = kernel.podNetwork().add(Pods.node(pod).orElseThrow(), pod);
        answer.fold(
                wired -> kernel.objects()
                        .status(
                                ObjectKey.of(pod),
                                "kubelet",
                                s -> Trees.of("phase", "Running", "podIP", wired.address())),
                refused -> Map.of());
        return answer;
    }

    void endAll(String node) {
        kernel.objects().list("Pod").stream()
                .filter(p -> Pods.node(p).filter(node::equals).isPresent() && !Pods.hostNetwork(p))
                .map(ObjectKey::of)
                .toList()
                .forEach(this::end);
    }

    void end(ObjectKey pod) {
        kernel.objects().remove("Pod", pod.namespace(), pod.name());
    }

    /** Ends the pods of a DaemonSet of kube-system on all nodes, as when nothing selects them any more. */
    void endDaemon(String name) {
        kernel.objects().list("Pod").stream()
                .filter(p -> DaemonPods.daemon(p).filter(name::equals).isPresent())
                .map(ObjectKey::of)
                .toList()
                .forEach(this::end);
    }

    /** A running pod of a DaemonSet, as the kubelet would report it: ready at once. */
    void daemon(String name, String node, Map<String, Object> container) {
        Map<String, Object> owner =
                Trees.of("apiVersion", "apps/v1", "kind", "DaemonSet", "name", name, "uid", name, "controller", true);
        Map<String, Object> spec =
                Map.of("hostNetwork", true, "containers", List.of(Trees.with(container, name(name), "name")));
        String pod = name + "-" + node.hashCode() + kernel.objects().resourceVersion();
        Map<String, Object> tree = tree("kube-system", pod, node, Map.of("k8s-app", name), spec);
        kernel.objects().create(Trees.with(tree, List.of(owner), "metadata", "ownerReferences"), "test");
        running(new ObjectKey("Pod", "kube-system", pod));
    }

    /** A running and ready pod of Cilium's operator. */
    void operator() {
        kernel.objects()
                .create(
                        tree(
                                "kube-system",
                                "cilium-operator-1",
                                node(0),
                                Map.of("io.cilium/app", "operator"),
                                Map.of("hostNetwork", true, "containers", List.of())),
                        "test");
        running(new ObjectKey("Pod", "kube-system", "cilium-operator-1"));
    }

    void running(ObjectKey pod) {
        List<Map<String, Object>> ready = List.of(Map.of("type", "Ready", "status", "True"));
        List<Map<String, Object>> containers = List.of(Map.of("name", "main", "ready", true, "restartCount", 0));
        kernel.objects()
                .status(
                        pod,
                        "kubelet",
                        s -> Trees.of("phase", "Running", "conditions", ready, "containerStatuses", containers));
    }

    /** A running aws-node pod with that environment. */
    void awsNode(String node, Map<String, String> env) {
        List<Map<String, Object>> entries = env.entrySet().stream()
                .map(e -> Trees.of("name", e.getKey(), "value", e.getValue()))
                .toList();
        daemon("aws-node", node, Trees.of("image", "amazon-k8s-cni:v1.20.4", "env", entries));
    }

    void agent(String node, String version) {
        daemon("cilium", node, Trees.of("image", "quay.io/cilium/cilium:v" + version));
    }

    Map<String, Object> agentPod(String node) {
        return kernel.objects().list("Pod").stream()
                .filter(p -> DaemonPods.daemon(p).filter("cilium"::equals).isPresent())
                .filter(p -> Pods.node(p).filter(node::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** Writes cilium-config: a pool of 10.244.0.0/16 in tunnel mode, and these keys over it. */
    void ciliumConfig(Map<String, String> more) {
        Map<String, Object> data = new TreeMap<>(Map.of(
                "ipam", "cluster-pool",
                "cluster-pool-ipv4-cidr", "10.244.0.0/16",
                "cluster-pool-ipv4-mask-size", "24",
                "routing-mode", "tunnel",
                "tunnel-protocol", "vxlan",
                "kube-proxy-replacement", "false",
                "unmanaged-pod-watcher-interval", "0"));
        data.putAll(more);
        kernel.objects().remove("ConfigMap", "kube-system", "cilium-config");
        Map<String, Object> metadata = Map.of("namespace", "kube-system", "name", "cilium-config");
        kernel.objects()
                .create(Trees.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", metadata, "data", data), "helm");
    }

    static Set<String> chosen(Wiring wiring) {
        return wiring.fold(w -> Set.of(w.by()), r -> Set.of());
    }

    private static String name(String daemon) {
        return daemon.equals("cilium") ? "cilium-agent" : daemon;
    }

    private static Map<String, Object> tree(
            String namespace, String name, String node, Map<String, ?> labels, Map<String, Object> spec) {
        return Trees.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Trees.of("namespace", namespace, "name", name, "labels", labels),
                "spec",
                Trees.with(spec, node, "nodeName"),
                "status",
                Map.of("phase", "Pending"));
    }
}
