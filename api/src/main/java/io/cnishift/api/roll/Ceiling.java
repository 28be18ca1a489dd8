package io.cnishift.api.roll;

import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodeGroup.CapacityReservation;
import io.cnishift.api.cluster.NodeGroup.LaunchTemplate;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How many machines can be had beside those that are there, whatever the subnets have room for.
 *
 * @param machines of a group, at one time; the largest number there is without a ceiling
 * @param bound what sets it
 */
public record Ceiling(int machines, Bound bound) {

    /** Nothing is missing. */
    public Ceiling {
        Objects.requireNonNull(bound);
    }

    /** What bounds a surge. */
    public enum Bound {
        /** The subnets' free addresses, where anything does. */
        ADDRESSES,
        /** The capacity reservation that the group launches into. */
        RESERVATION,
        /** The nodes that the cluster may have over all groups. */
        NODE_LIMIT
    }

    /**
     * The ceiling of a group. Groups are replaced one after the other, so each of them finds all the room that the limit leaves,
     * less first new nodes of others.
     *
     * @param others first new nodes of other groups that are there at the same time
     */
    public static Ceiling of(RollSite site, NodeGroup group, int others) {
        int reserved = group.launchTemplate()
                .flatMap(LaunchTemplate::reservation)
                .map(CapacityReservation::free)
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .orElse(Integer.MAX_VALUE);
        OptionalInt limit = site.view().cluster().nodeLimit();
        int room = limit.isEmpty() ? Integer.MAX_VALUE : Math.max(0, limit.getAsInt() - machines(site.view()) - others);
        if (reserved <= room) {
            return new Ceiling(reserved, reserved == Integer.MAX_VALUE ? Bound.ADDRESSES : Bound.RESERVATION);
        }
        return new Ceiling(room, Bound.NODE_LIMIT);
    }

    /** Machines that count against the limit now. */
    public static int machines(View view) {
        return (int) view.all(Part.INSTANCES, Instance.class).stream()
                .filter(i -> i.state().equals("running") || i.state().equals("pending"))
                .count();
    }
}
