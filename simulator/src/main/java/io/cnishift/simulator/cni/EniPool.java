package io.cnishift.simulator.cni;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses of one instance's interfaces, as ipamd sees them: given to pods, free, or cooling down. What is attached stands
 * in {@link Cloud}; what is given stands in {@link Wirings}.
 */
final class EniPool {

    /** An address is not given again for so long after its pod has gone (ipamd addressCoolingPeriod). */
    static final Duration COOLDOWN = Duration.ofSeconds(30);

    /** Addresses of a delegated prefix. */
    static final int PREFIX = 16;

    private final Cloud cloud;
    private final Wirings wirings;
    private final SubnetRoles roles;
    private final String node;
    private final Instance instance;
    private final InstanceLimits limits;
    private final Map<String, Instant> cooling = new HashMap<>();
    private final Map<String, Instant> attached = new LinkedHashMap<>();

    private EniPool(Kernel kernel, String node, Instance instance, InstanceLimits limits) {
        cloud = Cloud.of(kernel);
        wirings = NodeCnis.of(kernel).wirings();
        roles = SubnetRoles.of(kernel);
        this.node = Objects.requireNonNull(node, "node");
        this.instance = Objects.requireNonNull(instance, "instance");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /** The pool of a node; empty for one that is no EC2 instance of a known type. */
    static Optional<EniPool> of(Kernel kernel, String node) {
        return kernel.objects()
                .get("Node", "", node)
                .flatMap(n -> Tree.text(n, "spec", "providerID"))
                .map(id -> id.substring(id.lastIndexOf('/') + 1))
                .flatMap(id -> Cloud.of(kernel).instance(id))
                .flatMap(i -> InstanceTable.embedded().find(i.type()).map(l -> new EniPool(kernel, node, i, l)));
    }

    /** An address for a pod. */
    record Lease(String address, boolean secondaryEni) {}

    InstanceLimits limits() {
        return limits;
    }

    Instance instance() {
        return instance;
    }

    /** Every interface of the instance: the primary one first, then as they were attached. */
    List<NetworkInterface> attached() {
        List<NetworkInterface> all = new ArrayList<>(cloud.interfacesOf(instance.id()));
        all.sort(Comparator.comparing((NetworkInterface i) -> !primary(i))
                .thenComparing(i -> attached.getOrDefault(i.id(), Instant.MIN))
                .thenComparing(NetworkInterface::id));
        return all;
    }

    /** Those whose addresses pods may get; with custom networking not the primary one, else none of an excluded subnet. */
    List<NetworkInterface> usable(boolean customNetworking) {
        return attached().stream()
                .filter(i -> i.type().equals("interface"))
                .filter(i -> customNetworking ? !primary(i) : !roles.excluded(i.subnet()))
                .toList();
    }

    /** Secondary ones of which pods may not get addresses any more, for their subnet is excluded. */
    List<NetworkInterface> excluded() {
        return attached().stream()
                .filter(i -> i.type().equals("interface") && !primary(i) && roles.excluded(i.subnet()))
                .toList();
    }

    boolean primary(NetworkInterface networkInterface) {
        return networkInterface.addresses().stream()
                .findFirst()
                .filter(instance.privateAddress()::equals)
                .isPresent();
    }

    /** Says since when an interface hangs there; ipamd leaves young ones alone. */
    void attachedAt(String id, Instant when) {
        attached.put(id, when);
    }

    Instant attachedAt(String id) {
        return attached.getOrDefault(id, Instant.MIN);
    }

    /** The addresses that pods of the node have. */
    Set<String> given() {
        Set<String> given = new HashSet<>();
        wirings.on(node).forEach(w -> given.add(w.address()));
        return given;
    }

    /** Whether nobody has it and its cooldown is over. */
    boolean freeable(String address, Set<String> given, Instant now) {
        return !given.contains(address)
                && !cooling.getOrDefault(address, Instant.MIN).isAfter(now);
    }

    /** The end of the last cooldown, if one lasts. */
    Optional<Instant> coolUntil(Instant now) {
        cooling.values().removeIf(until -> !until.isAfter(now));
        return cooling.values().stream().min(Comparator.naturalOrder());
    }

    /** Single addresses, or prefixes, that an interface could still get. */
    int room(NetworkInterface networkInterface) {
        int used = networkInterface.addresses().size()
                - 1
                + networkInterface.prefixes().size();
        return limits.slotsPerEni() - used;
    }

    /** The addresses for pods that an interface carries in that mode. */
    static List<String> addresses(NetworkInterface networkInterface, boolean prefixes) {
        if (!prefixes) {
            List<String> all = networkInterface.addresses();
            return all.subList(Math.min(1, all.size()), all.size());
        }
        List<String> all = new ArrayList<>();
        networkInterface.prefixes().forEach(p -> all.addAll(addresses(p)));
        return all;
    }

    static List<String> addresses(Cidr prefix) {
        List<String> all = new ArrayList<>();
        for (long i = 0; i < prefix.size(); i++) {
            all.add(prefix.address(i));
        }
        return all;
    }

    /** A free address, from the first interface that has one. */
    Optional<Lease> lease(boolean customNetworking, boolean prefixes, Instant now) {
        Set<String> given = given();
        for (NetworkInterface networkInterface : usable(customNetworking)) {
            for (String address : addresses(networkInterface, prefixes)) {
                if (freeable(address, given, now)) {
                    return Optional.of(new Lease(address, !primary(networkInterface)));
                }
            }
        }
        return Optional.empty();
    }

    /** Takes an address back from a pod. */
    void cool(String address, Instant now) {
        cooling.put(address, now.plus(COOLDOWN));
    }

    /** Whether an address is on another interface than the primary one; empty when it is on none. */
    Optional<Boolean> onSecondary(String address) {
        return attached().stream()
                .filter(i ->
                        i.addresses().contains(address) || i.prefixes().stream().anyMatch(p -> p.contains(address)))
                .findFirst()
                .map(i -> !primary(i));
    }
}
