package io.cnishift.strategy.overlay;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.roll.MaxPodsRule;
import io.cnishift.api.roll.NewNodes;
import io.cnishift.api.roll.RollWords;
import io.cnishift.cilium.EniPool;
import io.cnishift.cilium.Migration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** New nodes, which Cilium owns from their first start. */
record CiliumNodes(Site site) implements NewNodes {

    /** Overlay pods are one hop further from the metadata service than pods of the VPC CNI, which need 2. */
    private static final int OVERLAY_HOPS = 3;

    private static final int VPC_CNI_HOPS = 2;

    static final Taint NOT_READY = new Taint(
            Migration.AGENT_NOT_READY_TAINT,
            Migration.AGENT_NOT_READY_TAINT_VALUE,
            Migration.AGENT_NOT_READY_TAINT_EFFECT);

    @Override
    public String strategy() {
        return site.options().strategy();
    }

    @Override
    public String prefix() {
        return Code.PREFIX;
    }

    @Override
    public RollWords words() {
        return new RollWords(
                site.overlay()
                        ? "kubelet's limit does not rise by itself"
                        : "kubelet's limit has to be what Cilium's interfaces carry",
                "nodes that join with the label belong to Cilium from the start; the taint keeps pods off until it is ready",
                "its nodes belong to Cilium from the start",
                site.overlay()
                        ? "pods get overlay addresses only on nodes that Cilium owned before them; each node is replaced,"
                                + " none converted"
                        : "two CNIs must not manage the interfaces of one instance; each node is replaced, none converted",
                "an old group that launches a node after the fence would give it no CNI at all; a new one that evens out its"
                        + " zones ends a node undrained",
                "an empty group that can still launch nodes without a CNI",
                "what was held while two CNIs coexisted gets its recorded value back",
                "while two CNIs coexist",
                "join with Cilium",
                "with the VPC CNI",
                Docs.CILIUM_MIGRATION);
    }

    @Override
    public String label() {
        return Migration.CILIUM_NODE_LABEL;
    }

    @Override
    public String labelValue() {
        return Migration.CILIUM_NODE_LABEL_VALUE;
    }

    @Override
    public Set<String> without() {
        return Set.of(Migration.AWS_NODE_LABEL);
    }

    @Override
    public List<Taint> taints() {
        return List.of(NOT_READY);
    }

    @Override
    public Optional<Cidr> podRange() {
        return site.options().overlay().map(OverlayOptions::podCidr);
    }

    @Override
    public boolean apart() {
        return site.apart();
    }

    @Override
    public Gate gate() {
        return new Gate(List.of("CILIUM-SETTLED", "CILIUM-IPAM", "DNS-READY"), 2);
    }

    @Override
    public int maxPods(NodeGroup group, List<Node> nodes) {
        Optional<EniOptions> interfaces = site.options().interfaces();
        if (interfaces.isPresent()) {
            return EniPool.maxPods(group, nodes, interfaces.get().prefixDelegation());
        }
        if (nodes.isEmpty()) {
            return group.maxPods().orElseGet(() -> MaxPodsRule.byInterfaces(group));
        }
        int busiest = MaxPodsRule.busiest(nodes, site.view()::podsOn);
        return busiest > MaxPodsRule.of(nodes) ? MaxPodsRule.admitted(nodes) : MaxPodsRule.of(nodes);
    }

    /** One, its own, with an overlay; else those that the interfaces hold which Cilium manages. */
    @Override
    public int addresses(Node node) {
        return site.options()
                .interfaces()
                .map(options -> EniPool.held(site.view(), node, options.prefixDelegation()))
                .orElse(1);
    }

    @Override
    public boolean judgesAddresses() {
        return !site.overlay();
    }

    /** An overlay decouples them first, and with interfaces there is a finding of its own. */
    @Override
    public boolean keepsPodTargets() {
        return false;
    }

    @Override
    public OptionalInt hopLimit(OptionalInt now) {
        if (site.options().imdsHopLimit().isPresent()) {
            return site.options().imdsHopLimit();
        }
        return site.overlay() && now.equals(OptionalInt.of(VPC_CNI_HOPS))
                ? OptionalInt.of(OVERLAY_HOPS)
                : OptionalInt.empty();
    }
}
