package io.cnishift.simulator.aws;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Subnet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The addresses of one subnet, every one of them free or used. AWS keeps the first four and the last for itself (VPC user
 * guide, subnet sizing). Single addresses are picked all over the subnet, as EC2 does, which is what fragments it for /28
 * blocks; ranges reserved for prefixes are used for nothing else, and what of a reserved range nobody uses EC2 does not count as
 * free.
 */
final class AddressPool {

    /** Size of a delegated prefix. */
    static final int BLOCK = 16;

    private static final int KEPT_AT_START = 4;

    private final Cidr cidr;
    private final int size;
    private final BitSet used = new BitSet();
    private final BitSet explicit = new BitSet();
    private final BitSet prefixOnly = new BitSet();
    private List<Subnet.Reservation> reservations = List.of();
    private int free;

    AddressPool(Subnet subnet) {
        cidr = subnet.cidr();
        size = Math.toIntExact(cidr.size());
        used.set(0, Math.min(KEPT_AT_START, size));
        used.set(size - 1);
        reserve(subnet.reservations());
    }

    /** These ranges are reserved from now on, and no others. Addresses of them that are in use stay so. */
    void reserve(List<Subnet.Reservation> ranges) {
        reservations = List.copyOf(ranges);
        prefixOnly.clear();
        explicit.clear();
        for (Subnet.Reservation reservation : reservations) {
            int start = Math.toIntExact(cidr.offsetOf(reservation.cidr().network()));
            (reservation.type().equals("prefix") ? prefixOnly : explicit)
                    .set(start, start + Math.toIntExact(reservation.cidr().size()));
        }
        free = size - taken().cardinality();
    }

    /** What is reserved. */
    List<Subnet.Reservation> reservations() {
        return reservations;
    }

    /** Addresses that nobody uses and for which no range is reserved. */
    int free() {
        return free;
    }

    /** Aligned /28 blocks of which no address is used; those that are reserved for single addresses do not count. */
    int freeBlocks() {
        int blocks = 0;
        for (int start = 0; start + BLOCK <= size; start += BLOCK) {
            if (blockFree(start)) {
                blocks++;
            }
        }
        return blocks;
    }

    /** So many free addresses outside of those blocks, all or none; they are not used until {@link #use}. */
    Optional<List<String>> pick(int count, List<Cidr> avoiding, RandomGenerator random) {
        BitSet taken = taken();
        for (Cidr block : avoiding.stream().filter(cidr::contains).toList()) {
            int start = Math.toIntExact(cidr.offsetOf(block.network()));
            taken.set(start, start + Math.toIntExact(block.size()));
        }
        if (size - taken.cardinality() < count) {
            return Optional.empty();
        }
        List<String> picked = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int offset = taken.nextClearBit(random.nextInt(size));
            offset = offset < size ? offset : taken.nextClearBit(0);
            taken.set(offset);
            picked.add(cidr.address(offset));
        }
        return Optional.of(picked);
    }

    /** So many free /28 blocks, all or none, those of reserved ranges first; not used until {@link #use}. */
    Optional<List<Cidr>> pickBlocks(int count) {
        List<Cidr> picked = new ArrayList<>(count);
        for (boolean reserved : new boolean[] {true, false}) {
            for (int start = 0; start + BLOCK <= size && picked.size() < count; start += BLOCK) {
                if (prefixOnly.get(start) == reserved && blockFree(start)) {
                    picked.add(Cidr.around(cidr.address(start), 28));
                }
            }
        }
        return picked.size() == count ? Optional.of(picked) : Optional.empty();
    }

    /** Marks an address as used; an address outside of the subnet is ignored. Answers whether it was free. */
    boolean use(String address) {
        if (!cidr.contains(address)) {
            return false;
        }
        int offset = Math.toIntExact(cidr.offsetOf(address));
        if (used.get(offset)) {
            return false;
        }
        used.set(offset);
        free -= reserved(offset) ? 0 : 1;
        return true;
    }

    /** Marks a block as used; answers whether all of it was free. */
    boolean use(Cidr block) {
        boolean all = true;
        for (long i = 0; i < block.size(); i++) {
            all &= use(block.address(i));
        }
        return all;
    }

    /** Gives an address back. */
    void release(String address) {
        if (cidr.contains(address)) {
            int offset = Math.toIntExact(cidr.offsetOf(address));
            if (used.get(offset)) {
                used.clear(offset);
                free += reserved(offset) ? 0 : 1;
            }
        }
    }

    /** Gives a block back. */
    void release(Cidr block) {
        for (long i = 0; i < block.size(); i++) {
            release(block.address(i));
        }
    }

    /** Uses free addresses from the end of the subnet on until only so many are free: users that nobody named. */
    void fillDownTo(int wanted) {
        for (int offset = size - 1; offset >= 0 && free > wanted; offset--) {
            if (!used.get(offset) && !reserved(offset)) {
                used.set(offset);
                free--;
            }
        }
    }

    private boolean reserved(int offset) {
        return prefixOnly.get(offset) || explicit.get(offset);
    }

    /** What a single address is not picked from. */
    private BitSet taken() {
        BitSet taken = new BitSet();
        taken.or(used);
        taken.or(prefixOnly);
        taken.or(explicit);
        return taken;
    }

    private boolean blockFree(int start) {
        int next = used.nextSetBit(start);
        return (next < 0 || next >= start + BLOCK) && !explicit.get(start);
    }
}
