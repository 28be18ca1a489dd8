package io.cnishift.api.cluster;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.MaxPods;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A network interface in a subnet: who uses the addresses.
 *
 * @param type the EC2 interface type: interface, network_load_balancer, vpc_endpoint, ...
 * @param addresses IPv4 addresses, the primary one first
 * @param prefixes delegated /28 blocks
 */
public record NetworkInterface(
        String id,
        String subnet,
        String type,
        String description,
        Optional<String> instance,
        List<String> addresses,
        List<Cidr> prefixes,
        List<String> securityGroups)
        implements Resource {

    public NetworkInterface {
        Objects.requireNonNull(id);
        Objects.requireNonNull(subnet);
        addresses = List.copyOf(addresses);
        prefixes = List.copyOf(prefixes);
        securityGroups = List.copyOf(securityGroups);
    }

    /** The addresses of its subnet that it takes, those of its blocks too. */
    public int taken() {
        return addresses.size() + MaxPods.PER_PREFIX * prefixes.size();
    }

    @Override
    public Part part() {
        return Part.NETWORK_INTERFACES;
    }

    @Override
    public String key() {
        return id;
    }
}
