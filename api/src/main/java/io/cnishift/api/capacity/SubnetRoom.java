package io.cnishift.api.capacity;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many more pods the nodes of one subnet can run: the lesser of what kubelets admit and what the addresses allow.
 *
 * <p>A pod takes a warm address of its node, or a free one of the subnet on an interface of its node, or one on a further
 * interface, which costs an address for itself; with prefixes 16 addresses at a time, for which a free aligned block is
 * needed. Counted is the most: the scheduler puts pods where their addresses are, and warm targets give way when a subnet is
 * empty, as ipamd's do. Source: amazon-vpc-cni-k8s, pkg/ipamd/ipamd.go.
 */
public final class SubnetRoom {

    private final List<Filling> nodes;
    private int free;
    private int blocks;
    private int further;
    private long pods;

    private SubnetRoom(List<NodeRoom> nodes, Supply supply) {
        this.nodes = nodes.stream().map(Filling::new).toList();
        this.free = supply.free();
        this.blocks = supply.blocks().orElse(Integer.MAX_VALUE);
        this.further = supply.further();
    }

    /** What fits on nodes of one subnet. */
    public static Taken fill(List<NodeRoom> nodes, Supply supply) {
        SubnetRoom room = new SubnetRoom(nodes, supply);
        room.nodes.forEach(n -> room.pods += n.takeWarm());
        // First where a further interface would not do, so that those of another subnet are put to use.
        if (room.further > 0) {
            room.nodes.forEach(n -> room.onInterfaces(n, n.beyondFurther()));
        }
        room.nodes.forEach(n -> room.onInterfaces(n, n.open / n.room.unit()));
        room.nodes.forEach(n -> room.onInterfaces(n, n.units()));
        Optional<Filling> next = room.mostUseful();
        while (next.isPresent()) {
            room.furtherInterface(next.get());
            next = room.mostUseful();
        }
        return new Taken(room.pods, supply.further() - room.further);
    }

    private void onInterfaces(Filling node, int wanted) {
        int unit = node.room.unit();
        int units = Math.min(Math.min(wanted, node.units()), Math.min(node.here, free / unit));
        units = unit == 1 ? units : Math.min(units, blocks);
        node.here -= units;
        free -= units * unit;
        blocks -= unit == 1 ? 0 : units;
        pods += node.take(units);
    }

    /** The node whose next interface would serve the most pods; empty when none would serve any. */
    private Optional<Filling> mostUseful() {
        return nodes.stream().filter(n -> n.byFurther() > 0).max(Comparator.comparingInt(Filling::byFurther));
    }

    private void furtherInterface(Filling node) {
        int unit = node.room.unit();
        int wanted = node.unitsOfFurther();
        int own = Math.min(Math.min(wanted, (free - 1) / unit), unit == 1 ? wanted : blocks);
        int other = Math.min(wanted, (further - 1) / unit);
        int units = Math.max(0, Math.max(own, other));
        if (units == 0) {
            node.later = 0;
            return;
        }
        if (own >= other) {
            free -= own * unit + 1;
            blocks -= unit == 1 ? 0 : own;
        } else {
            further -= other * unit + 1;
        }
        // What the subnet could not fill stays empty.
        node.later = Math.max(0, node.later - node.room.perInterface());
        pods += node.take(units);
    }

    /**
     * What the nodes of a subnet can take addresses from.
     *
     * @param free addresses of the subnet
     * @param blocks free aligned /28 blocks of it, when they are known
     * @param further addresses of other subnets, for further interfaces alone
     */
    public record Supply(int free, OptionalInt blocks, int further) {

        public Supply {
            Objects.requireNonNull(blocks, "blocks");
            free = Math.max(0, free);
            further = Math.max(0, further);
        }

        /** The addresses of one subnet. */
        public static Supply of(int free) {
            return new Supply(free, OptionalInt.empty(), 0);
        }
    }

    /**
     * What was filled in.
     *
     * @param pods pods more
     * @param further addresses of other subnets that they took
     */
    public record Taken(long pods, int further) {}

    private static final class Filling {

        private final NodeRoom room;
        private int open;
        private int here;
        private int later;

        Filling(NodeRoom room) {
            this.room = room;
            this.open = room.open();
            this.here = room.onInterfaces();
            this.later = room.onFurther();
        }

        int takeWarm() {
            int taken = Math.min(open, room.warm());
            open -= taken;
            return taken;
        }

        int take(int units) {
            int taken = Math.min(open, units * room.unit());
            open -= taken;
            return taken;
        }

        int units() {
            return (open + room.unit() - 1) / room.unit();
        }

        int beyondFurther() {
            return Math.max(0, units() - later);
        }

        int unitsOfFurther() {
            return Math.min(units(), Math.min(later, room.perInterface()));
        }

        int byFurther() {
            return Math.min(open, unitsOfFurther() * room.unit());
        }
    }
}
