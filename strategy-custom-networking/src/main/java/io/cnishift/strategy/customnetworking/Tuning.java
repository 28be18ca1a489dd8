package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Finding;
import io.cnishift.api.capacity.WarmIps;
import io.cnishift.api.capacity.WarmPool;
import io.cnishift.api.capacity.WarmPoolSettings;
import io.cnishift.api.cluster.AddressUse;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What the wanted settings change on one cluster: variables of aws-node, and addresses that its nodes give back. */
record Tuning(View view, ServedNodes fleet, VpcCniTuningOptions options) {

    private static final String SNAT = "AWS_VPC_K8S_CNI_EXTERNALSNAT";
    private static final String WARM = "WARM_IP_TARGET";
    private static final String MINIMUM = "MINIMUM_IP_TARGET";

    /** The warm targets that differ from what is set; empty text takes one away. */
    Map<String, String> targets() {
        Map<String, String> wanted = new TreeMap<>();
        wanted.put(WARM, String.valueOf(options.warmIpTarget()));
        wanted.put(
                MINIMUM,
                options.minimumIpTarget().isPresent()
                        ? String.valueOf(options.minimumIpTarget().getAsInt())
                        : "");
        wanted.entrySet().removeIf(e -> env().getOrDefault(e.getKey(), "").equals(e.getValue()));
        return wanted;
    }

    /** The SNAT variable, when it is to change. */
    Map<String, String> snat() {
        boolean external = options.snat() == VpcCniTuningOptions.Snat.EXTERNAL;
        boolean now = "true".equalsIgnoreCase(env().getOrDefault(SNAT, "false"));
        return options.snat() == VpcCniTuningOptions.Snat.KEEP || external == now
                ? Map.of()
                : Map.of(SNAT, String.valueOf(external));
    }

    /** Subnet id to the count of free addresses once the nodes have given theirs back; subnets that gain none are left out. */
    Map<String, Integer> freeAfter() {
        Map<String, Integer> free = new TreeMap<>();
        for (AddressUse use : AddressUse.of(view)) {
            int freed = freed(use);
            if (freed > 0) {
                free.put(use.subnet().id(), use.free() + freed);
            }
        }
        return free;
    }

    /**
     * Counts only what nodes give back for certain: pods spread over interfaces may keep one from being freed, and in a full subnet
     * nodes did not get all that their targets ask for.
     */
    int freed(AddressUse use) {
        List<ServedNodes.Member> there = fleet.members().stream()
                .filter(m -> m.subnet().equals(use.subnet().id()))
                .toList();
        int promised = there.stream().mapToInt(this::givenBack).sum();
        int least = there.stream().mapToInt(this::least).sum();
        return Math.min(promised, Math.max(0, use.heldByNodes() - least));
    }

    /** Addresses that a node gives back for certain. */
    int givenBack(ServedNodes.Member m) {
        return WarmIps.reclaimable(fleet.settings(), wanted(), m.limits(), m.pods(), m.admits())
                .assured();
    }

    /** Where pods would not reach the internet without translation on their node. */
    List<Finding> stranded() {
        return snat().containsValue("true")
                ? PodSubnets.publicNodeSubnets(view).stream().map(Code::noNat).toList()
                : List.of();
    }

    private int least(ServedNodes.Member m) {
        return WarmPool.held(wanted(), m.limits(), m.pods(), m.admits()).subnetAddresses();
    }

    private WarmPoolSettings wanted() {
        return fleet.settings().withIpTargets(OptionalInt.of(options.warmIpTarget()), options.minimumIpTarget());
    }

    private Map<String, String> env() {
        return VpcCni.of(view).map(VpcCni::env).orElse(Map.of());
    }
}
