package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.roll.AddressDraft;
import io.cnishift.api.step.TagSubnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which subnets nodes are to discover: those that are there, where each zone of nodes has one with room, else new ones.
 *
 * @param made the new ones; none where those that are there serve
 */
record Discovery(View view, SubnetDiscoveryOptions options, PodSubnets made) {

    static Discovery of(Request request) {
        View view = request.view();
        SubnetDiscoveryOptions options = request.options(SubnetDiscoveryOptions.class);
        boolean existing = options.podCidr().isEmpty()
                && AddressUse.ofNodeSubnets(view).stream()
                        .allMatch(use -> other(view, use).isPresent());
        return new Discovery(
                view, options, existing ? PodSubnets.none(view) : PodBlock.choose(request, options.podCidr()));
    }

    /** Whether the subnets that are there serve. */
    boolean existing() {
        return made.block().isEmpty() && made.findings().isEmpty();
    }

    /** Blocks of the subnets to tag, by name for the step; those that are tagged are left. */
    Map<String, Cidr> toTag() {
        Map<String, Cidr> tag = new TreeMap<>();
        if (existing()) {
            AddressUse.ofNodeSubnets(view).stream()
                    .flatMap(use -> other(view, use).stream())
                    .map(AddressUse::subnet)
                    .filter(s -> !serves(s))
                    .forEach(s -> tag.put(s.id(), s.cidr()));
        } else {
            tag.putAll(made.shares());
        }
        return tag;
    }

    /** The variable to set, when discovery is switched off. */
    Map<String, String> env() {
        return VpcCni.of(view)
                .filter(cni -> "false".equalsIgnoreCase(cni.env().get("ENABLE_SUBNET_DISCOVERY")))
                .map(cni -> Map.of("ENABLE_SUBNET_DISCOVERY", "true"))
                .orElse(Map.of());
    }

    /** Addresses by zone that further interfaces could take. */
    Map<String, Integer> further() {
        Map<String, Integer> byZone = new TreeMap<>();
        if (existing()) {
            AddressUse.ofNodeSubnets(view).stream()
                    .flatMap(use -> other(view, use).stream())
                    .distinct()
                    .forEach(use -> byZone.merge(use.subnet().availabilityZone(), room(view, use), Integer::sum));
        } else {
            made.budgets(id -> 0).forEach(b -> byZone.merge(b.availabilityZone(), b.usable(), Integer::sum));
        }
        return byZone;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(made.findings());
        Optional<VpcCni> cni = VpcCni.of(view);
        cni.filter(c -> c.on("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG"))
                .ifPresent(c -> findings.add(Code.CUSTOM_NETWORKING_ON.of(
                        "DaemonSet kube-system/aws-node",
                        "custom networking is on, and subnets are not discovered then",
                        "give the ENIConfigs other subnets, or switch custom networking off first")));
        if (toTag().isEmpty() && env().isEmpty() && made.findings().stream().noneMatch(Finding::stops)) {
            findings.add(Code.NOTHING_TO_SET.of(
                    "subnets of the nodes' zones",
                    "each zone has a tagged one with room",
                    "give a block with --set podCidr= for further addresses, or choose another strategy"));
        }
        made.block().ifPresent(block -> {
            findings.addAll(made.obstacles());
            findings.addAll(PodNetwork.rules(view, block));
            findings.addAll(new PodAcls(view, made, block).findings());
        });
        cni.filter(c -> c.on("AWS_VPC_K8S_CNI_EXTERNALSNAT"))
                .filter(c -> !existing())
                .ifPresent(c -> PodSubnets.publicNodeSubnets(view).forEach(s -> findings.add(Code.noNat(s))));
        return findings;
    }

    /**
     * A subnet of the same zone without nodes, with room for as many addresses as the nodes hold now: one that is tagged, or one
     * that leads the same way and is not excluded by its tag.
     */
    private static Optional<AddressUse> other(View view, AddressUse use) {
        return AddressUse.of(view).stream()
                .filter(o -> o.nodes() == 0)
                .filter(o -> o.subnet().availabilityZone().equals(use.subnet().availabilityZone()))
                .filter(o -> room(view, o) >= use.heldByNodes())
                .filter(o -> serves(o.subnet()) || (!excluded(o.subnet()) && leadsAlike(view, o, use)))
                .findFirst();
    }

    /** Free addresses but for those that balancers and the control plane need to find. */
    private static int room(View view, AddressUse use) {
        return Math.max(0, use.free() - AddressDraft.reserve(view, use.subnet().id()));
    }

    /** Whether packets of both go the same way out. */
    private static boolean leadsAlike(View view, AddressUse one, AddressUse other) {
        return view.wayOut(one.subnet()).equals(view.wayOut(other.subnet()));
    }

    private static boolean excluded(Subnet subnet) {
        return "0".equals(subnet.tags().get(TagSubnet.KEY));
    }

    private static boolean serves(Subnet subnet) {
        return "1".equals(subnet.tags().get(TagSubnet.KEY));
    }
}
