package io.cnishift.simulator.net;

import io.cnishift.api.cluster.NetworkAcl;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.cni.Dataplane;
import io.cnishift.simulator.cni.ServiceRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The nodes by all that an {@link Obstacle} looks at of the network of a node: hundreds of nodes are of a handful of kinds, and what holds
 * for one of a kind holds for all. An obstacle that looks at more of a node has to have it added to {@link Traits}.
 */
public final class NodeKinds {

    private final Kernel kernel;
    private final Cloud cloud;
    private final Dataplane dataplane;
    private final Faces faces;
    private final Map<Traits, NodeKind> kinds = new HashMap<>();
    private final Map<String, Known> known = new HashMap<>();

    private NodeKinds(Kernel kernel) {
        this.kernel = kernel;
        cloud = Cloud.of(kernel);
        dataplane = Dataplane.of(kernel);
        faces = Faces.of(kernel);
        faces.listen(this::forget, this::forgetAll);
    }

    /** The kinds of nodes of that world. */
    public static NodeKinds of(Kernel kernel) {
        return kernel.shared(NodeKinds.class, NodeKinds::new);
    }

    /**
     * What makes nodes alike.
     *
     * @param groups of the interface that has the address of the node
     * @param blocks those that rules of security groups and network ACLs name and that hold the address
     * @param subnet where network ACLs look at what leaves or enters it
     */
    private record Traits(
            List<String> groups,
            Set<String> blocks,
            Optional<String> subnet,
            boolean powered,
            ServiceRules services,
            Optional<Map<String, String>> agent) {}

    private record Known(Traits traits, NodeKind kind) {}

    /** What a node is like that has the given network. */
    public NodeKind of(String node, End host) {
        Known of = known.get(node);
        if (of == null) {
            faces.watch(node);
            Traits traits = traits(node, host);
            of = new Known(traits, kinds.computeIfAbsent(traits, t -> new NodeKind()));
            of.kind().add(node);
            known.put(node, of);
        }
        return of.kind();
    }

    private Traits traits(String node, End host) {
        boolean acls = !cloud.view().all(Part.NETWORK_ACLS, NetworkAcl.class).isEmpty();
        return new Traits(
                host.securityGroups(),
                blocks(host),
                acls ? NetworkAcls.subnet(cloud, host.address()).map(Subnet::id) : Optional.empty(),
                kernel.powered(node),
                dataplane.services(node),
                dataplane.agentConfig(node));
    }

    private Set<String> blocks(End host) {
        Set<String> blocks = new TreeSet<>();
        for (SecurityGroup group : cloud.view().all(Part.SECURITY_GROUPS, SecurityGroup.class)) {
            group.ingress().forEach(rule -> add(rule.peer(), host, blocks));
            group.egress().forEach(rule -> add(rule.peer(), host, blocks));
        }
        for (NetworkAcl acl : cloud.view().all(Part.NETWORK_ACLS, NetworkAcl.class)) {
            acl.rules().forEach(rule -> add(rule.peer(), host, blocks));
        }
        return blocks;
    }

    private static void add(String peer, End host, Set<String> blocks) {
        if (!blocks.contains(peer) && SecurityGroupRules.inBlock(peer, host)) {
            blocks.add(peer);
        }
    }

    private void forget(String node) {
        Known of = known.remove(node);
        if (of != null && of.kind().remove(node)) {
            kinds.remove(of.traits());
        }
    }

    private void forgetAll() {
        known.clear();
        kinds.clear();
    }
}
