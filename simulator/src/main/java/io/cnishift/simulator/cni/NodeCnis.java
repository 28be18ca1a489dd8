package io.cnishift.simulator.cni;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The CNI state of every node, and the wiring of every pod. One per world; the behaviours of this package write it. */
final class NodeCnis implements Dataplane {

    private static final int VXLAN_PORT = 8472;
    private static final int GENEVE_PORT = 6081;

    private final ObjectStore store;
    private final Map<String, NodeCni> nodes = new TreeMap<>();
    private final Wirings wirings = new Wirings();
    private final Map<String, Long> changes = new HashMap<>();
    private final List<Consumer<String>> listeners = new ArrayList<>();
    private final NavigableMap<String, Integer> tunnelPorts = new TreeMap<>();

    private NodeCnis(ObjectStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    static NodeCnis of(Kernel kernel) {
        return kernel.shared(NodeCnis.class, k -> new NodeCnis(k.objects()));
    }

    /** The state of a node, empty at first. */
    NodeCni node(String name) {
        return nodes.computeIfAbsent(name, n -> new NodeCni(() -> changed(n)));
    }

    Wirings wirings() {
        return wirings;
    }

    /** Forgets a node that is gone, with its pods. */
    void forget(String node) {
        nodes.remove(node);
        wirings.forgetNode(node);
        changed(node);
    }

    private void changed(String node) {
        changes.merge(node, 1L, Long::sum);
        OptionalInt port = known(node).map(NodeCnis::tunnelPort).orElse(OptionalInt.empty());
        if (port.isPresent()) {
            tunnelPorts.put(node, port.getAsInt());
        } else {
            tunnelPorts.remove(node);
        }
        listeners.forEach(l -> l.accept(node));
    }

    @Override
    public Optional<PodWiring> wiring(String namespace, String pod) {
        return wirings.of(namespace, pod);
    }

    @Override
    public Optional<CniKind> newPods(String node) {
        return known(node).flatMap(n -> n.activeConf().map(conf -> kind(conf, n.loadedConfig())));
    }

    private static CniKind kind(String conf, Optional<Map<String, String>> agent) {
        if (conf.equals(NodeCni.AWS_CONF)
                || agent.filter(c -> "aws-cni".equals(c.get("cni-chaining-mode")))
                        .isPresent()) {
            return CniKind.VPC_CNI;
        }
        return agent.filter(c -> "eni".equals(c.get("ipam"))).isPresent() ? CniKind.CILIUM_ENI : CniKind.CILIUM;
    }

    @Override
    public Optional<Map<String, String>> agentConfig(String node) {
        return known(node).flatMap(NodeCni::loadedConfig);
    }

    @Override
    public boolean agentReady(String node) {
        return known(node)
                .flatMap(NodeCni::agent)
                .filter(NodeCni.AgentRun::ready)
                .isPresent();
    }

    @Override
    public Optional<Map<String, String>> awsNodeEnv(String node) {
        return known(node).flatMap(NodeCni::awsNode).map(NodeCni.AwsNodeRun::env);
    }

    @Override
    public boolean awsSnatRules(String node) {
        return known(node).filter(NodeCni::snatRules).isPresent();
    }

    @Override
    public ServiceRules services(String node) {
        return known(node).map(NodeCni::services).orElseGet(() -> ServiceRules.absent("there is no node " + node));
    }

    @Override
    public Optional<Cidr> podCidr(String node) {
        return store.get("CiliumNode", "", node).flatMap(n -> {
            List<String> cidrs = Tree.texts(n, "spec", "ipam", "podCIDRs");
            return cidrs.stream().findFirst().map(Cidr::parse);
        });
    }

    @Override
    public void listen(Consumer<String> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public long changes(String node) {
        return changes.getOrDefault(node, 0L);
    }

    @Override
    public OptionalInt tunnelPort() {
        return tunnelPorts.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(tunnelPorts.firstEntry().getValue());
    }

    /** The port of the tunnel that a node keeps. */
    private static OptionalInt tunnelPort(NodeCni node) {
        return node.loadedConfig()
                .filter(c -> c.getOrDefault("routing-mode", "tunnel").equals("tunnel"))
                .map(c -> OptionalInt.of(port(c)))
                .orElse(OptionalInt.empty());
    }

    private static int port(Map<String, String> config) {
        String port = config.getOrDefault("tunnel-port", "0");
        if (!port.equals("0")) {
            return Integer.parseInt(port);
        }
        return config.getOrDefault("tunnel-protocol", "vxlan").equals("geneve") ? GENEVE_PORT : VXLAN_PORT;
    }

    private Optional<NodeCni> known(String node) {
        return Optional.ofNullable(nodes.get(node));
    }
}
