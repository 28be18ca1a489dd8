package io.cnishift.simulator.cni;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.PodNetwork.Wiring;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.Pods;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cilium's plug-in asks the agent of the node, which must run, for an address (of the node's pod CIDR, in ENI mode of its
 * interfaces, or chained from ipamd) and makes the pod a CiliumEndpoint.
 */
public final class CiliumPlugin implements Behaviour {

    private static final String NO_AGENT =
            "plugin type=\"cilium-cni\" failed (add): unable to connect to Cilium agent: "
                    + "/var/run/cilium/cilium.sock: is the agent running?";

    @Override
    public String id() {
        return "cilium-cni-plugin";
    }

    @Override
    public String source() {
        return "cilium plugins/cilium-cni, pkg/ipam; Documentation/installation/cni-chaining-aws-cni.rst";
    }

    @Override
    public void install(Kernel kernel) {
        CniPlugin.Registry.of(kernel).put(NodeCni.CILIUM_CONF, new Plugin(kernel, new NodeRange()));
    }

    private record Plugin(Kernel kernel, NodeRange range) implements CniPlugin {

        @Override
        public Wiring add(String node, Map<String, Object> pod) {
            NodeCnis nodes = NodeCnis.of(kernel);
            Optional<Map<String, String>> config =
                    nodes.node(node).agent().filter(NodeCni.AgentRun::ready).map(NodeCni.AgentRun::config);
            if (config.isEmpty()) {
                return new Wiring.Refused(NO_AGENT);
            }
            Optional<PodWiring> wiring = wire(node, pod, config.get());
            wiring.ifPresent(w -> {
                nodes.wirings()
                        .add(ObjectKey.of(pod).namespace(), ObjectKey.of(pod).name(), w);
                publish(pod, w);
            });
            return wiring.<Wiring>map(w -> new Wiring.Wired(w.address(), w.by().toString()))
                    .orElseGet(
                            () -> new Wiring.Refused("plugin type=\"cilium-cni\" failed (add): unable to allocate IP "
                                    + "via local cilium agent: "
                                    + (EniSettings.on(config.get()) ? "No more IPs available" : "range is full")));
        }

        private Optional<PodWiring> wire(String node, Map<String, Object> pod, Map<String, String> config) {
            if (config.getOrDefault("cni-chaining-mode", "none").equals("aws-cni")) {
                return AwsCniPlugin.wire(kernel, node, pod, true);
            }
            if (EniSettings.on(config)) {
                return ofInterfaces(node, pod);
            }
            NodeCnis nodes = NodeCnis.of(kernel);
            return nodes.podCidr(node)
                    .flatMap(cidr -> range.next(node, cidr, nodes.wirings().on(node)))
                    .map(address -> new PodWiring(
                            Pods.uid(pod),
                            node,
                            CniKind.CILIUM,
                            address,
                            false,
                            false,
                            kernel.clock().now()));
        }

        private Optional<PodWiring> ofInterfaces(String node, Map<String, Object> pod) {
            EniAgents agents = EniAgents.of(kernel);
            agents.changed(node);
            return agents.free(node)
                    .map(address -> new PodWiring(
                            Pods.uid(pod),
                            node,
                            CniKind.CILIUM_ENI,
                            address,
                            EniPool.of(kernel, node)
                                    .flatMap(p -> p.onSecondary(address))
                                    .orElse(false),
                            false,
                            kernel.clock().now()));
        }

        private void publish(Map<String, Object> pod, PodWiring wiring) {
            String namespace = ObjectKey.of(pod).namespace();
            String name = ObjectKey.of(pod).name();
            kernel.objects().remove("CiliumEndpoint", namespace, name);
            Map<String, Object> owner = Trees.of("apiVersion", "v1", "kind", "Pod", "name", name, "uid", Pods.uid(pod));
            kernel.objects()
                    .create(
                            Trees.of(
                                    "apiVersion",
                                    "cilium.io/v2",
                                    "kind",
                                    "CiliumEndpoint",
                                    "metadata",
                                    Trees.of("namespace", namespace, "name", name, "ownerReferences", List.of(owner)),
                                    "status",
                                    Trees.of(
                                            "state",
                                            "ready",
                                            "networking",
                                            Trees.of("addressing", List.of(Trees.of("ipv4", wiring.address()))))),
                            "cilium-agent");
        }

        @Override
        public void remove(PodWiring wiring) {
            // the address is free once the wiring is forgotten; the endpoint goes with its pod
            if (wiring.by() == CniKind.CILIUM_ENI) {
                EniAgents.of(kernel).changed(wiring.node());
            }
        }
    }
}
