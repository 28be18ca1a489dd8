package io.cnishift.simulator.aws;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * EC2 calls that make, change and delete network interfaces. All or nothing: a call for more addresses than the subnet has
 * ({@code InsufficientFreeAddressesInSubnet}), or more /28 blocks than it has aligned and free
 * ({@code InsufficientCidrBlocks}), changes nothing and answers empty or false.
 */
public final class Interfaces {

    private final Cloud cloud;

    public Interfaces(Cloud cloud) {
        this.cloud = Objects.requireNonNull(cloud, "cloud");
    }

    /**
     * An interface to make.
     *
     * @param type the EC2 interface type
     * @param instance what it is attached to
     * @param secondary addresses besides the primary one
     * @param prefixes /28 blocks
     */
    public record Wanted(
            String subnet,
            String type,
            String description,
            Optional<String> instance,
            int secondary,
            int prefixes,
            List<String> securityGroups) {
        public Wanted {
            Objects.requireNonNull(subnet, "subnet");
            securityGroups = List.copyOf(securityGroups);
        }
    }

    /** Makes an interface. */
    public Optional<NetworkInterface> create(Wanted wanted) {
        Optional<List<Cidr>> blocks = cloud.pickBlocks(wanted.subnet(), wanted.prefixes());
        Optional<List<String>> addresses =
                cloud.pick(wanted.subnet(), 1 + wanted.secondary(), blocks.orElse(List.of()));
        if (blocks.isEmpty() || addresses.isEmpty()) {
            return Optional.empty();
        }
        NetworkInterface made = new NetworkInterface(
                cloud.ids().next("eni"),
                wanted.subnet(),
                wanted.type(),
                wanted.description(),
                wanted.instance(),
                addresses.get(),
                blocks.get(),
                wanted.securityGroups());
        cloud.put(made);
        return Optional.of(made);
    }

    /** Gives an interface more addresses; answers whether the subnet had them. */
    public boolean addAddresses(NetworkInterface to, int count) {
        Optional<List<String>> picked = cloud.pick(to.subnet(), count, List.of());
        picked.ifPresent(more -> {
            List<String> addresses = new ArrayList<>(to.addresses());
            addresses.addAll(more);
            cloud.put(with(to, addresses, to.prefixes()));
        });
        return picked.isPresent();
    }

    /** Gives an interface more /28 blocks; answers whether the subnet had them. */
    public boolean addPrefixes(NetworkInterface to, int count) {
        Optional<List<Cidr>> picked = cloud.pickBlocks(to.subnet(), count);
        picked.ifPresent(more -> {
            List<Cidr> prefixes = new ArrayList<>(to.prefixes());
            prefixes.addAll(more);
            cloud.put(with(to, to.addresses(), prefixes));
        });
        return picked.isPresent();
    }

    /** Takes secondary addresses and blocks from an interface. */
    public void release(NetworkInterface from, Collection<String> addresses, Collection<Cidr> prefixes) {
        List<String> keptAddresses =
                from.addresses().stream().filter(a -> !addresses.contains(a)).toList();
        List<Cidr> keptPrefixes =
                from.prefixes().stream().filter(p -> !prefixes.contains(p)).toList();
        cloud.put(with(from, keptAddresses, keptPrefixes));
    }

    /** Deletes an interface; its addresses are free at once. */
    public void delete(String id) {
        cloud.remove(Part.NETWORK_INTERFACES, id);
    }

    private static NetworkInterface with(NetworkInterface old, List<String> addresses, List<Cidr> prefixes) {
        return new NetworkInterface(
                old.id(),
                old.subnet(),
                old.type(),
                old.description(),
                old.instance(),
                addresses,
                prefixes,
                old.securityGroups());
    }
}
