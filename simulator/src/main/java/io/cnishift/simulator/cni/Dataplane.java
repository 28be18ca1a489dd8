package io.cnishift.simulator.cni;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.simulator.Kernel;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What the nodes' network is made of at this moment, for those who decide who reaches whom. Reading changes nothing; nodes and
 * pods that nobody knows have nothing.
 */
public interface Dataplane {

    /** The data plane of that world. */
    static Dataplane of(Kernel kernel) {
        return NodeCnis.of(kernel);
    }

    /** Whether the VPC CNI of a node holds any address for pods, used or not; true where it does not run. */
    static boolean holdsAddresses(Kernel kernel, String node) {
        return Ipamd.Pools.of(kernel).on(node).map(NodePool::holdsAny).orElse(true);
    }

    /** How a pod is wired; empty for pods of the host's network and those without a sandbox. */
    Optional<PodWiring> wiring(String namespace, String pod);

    /** The CNI that wires the pods that are made on a node from now on; empty while it has no configuration. */
    Optional<CniKind> newPods(String node);

    /**
     * The configuration that the Cilium agent of a node runs with: cilium-config with the CiliumNodeConfigs of the node laid
     * over it, as both were when the agent started. Stays when the agent is gone, as its programs in the kernel do, until the
     * node goes; see {@link #agentReady}.
     */
    Optional<Map<String, String>> agentConfig(String node);

    /** Whether the Cilium agent of a node runs and is ready. */
    boolean agentReady(String node);

    /** The environment of the aws-node pod that runs on a node, empty when none runs there. */
    Optional<Map<String, String>> awsNodeEnv(String node);

    /** Whether the rules are there by which the VPC CNI lets its pods out of the VPC by the node's address. */
    boolean awsSnatRules(String node);

    /** Whether Service addresses work on a node. */
    ServiceRules services(String node);

    /** The part of the pool that Cilium's operator gave to a node. */
    Optional<Cidr> podCidr(String node);

    /** Calls this with the name of every node on which anything of the above has changed, but for wirings. */
    void listen(Consumer<String> listener);

    /** How often anything of the above changed on a node, but for wirings; goes on counting when the node is gone. */
    long changes(String node);

    /** The UDP port between the agents' tunnel ends; empty while no agent runs in tunnel mode. */
    OptionalInt tunnelPort();
}
