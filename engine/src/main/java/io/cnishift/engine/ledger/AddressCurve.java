package io.cnishift.engine.ledger;

import io.cnishift.api.capacity.SubnetMath;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.engine.journal.AddressPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Addresses in use by subnet over time. Every rise is a point, so that the peak is exact; falls are thinned to one in ten
 * seconds, but for the last ones before the points are handed out.
 */
final class AddressCurve {

    private static final Duration THIN = Duration.ofSeconds(10);

    private final Map<String, AddressPoint> last = new HashMap<>();
    private final Map<String, AddressPoint> thinned = new TreeMap<>();
    private final List<AddressPoint> fresh = new ArrayList<>();

    AddressCurve(View view, Instant now) {
        view.subnets().forEach(subnet -> add(point(subnet, now)));
    }

    void accept(Change change, Instant at) {
        if (change.part() != Part.SUBNETS) {
            return;
        }
        change.now().map(Subnet.class::cast).ifPresent(subnet -> {
            AddressPoint point = point(subnet, at);
            AddressPoint before = last.get(point.subnet());
            boolean rises = before == null || point.used() > before.used();
            boolean due = before == null
                    || (point.used() < before.used() && !at.isBefore(before.at().plus(THIN)));
            if (rises || due) {
                add(point);
            } else {
                thinned.put(point.subnet(), point);
            }
        });
    }

    /** The points since the last time this was called. */
    List<AddressPoint> drain() {
        List.copyOf(thinned.values()).stream()
                .filter(point -> point.used()
                        != Objects.requireNonNull(last.get(point.subnet())).used())
                .forEach(this::add);
        List<AddressPoint> points = List.copyOf(fresh);
        fresh.clear();
        return points;
    }

    private void add(AddressPoint point) {
        thinned.remove(point.subnet());
        last.put(point.subnet(), point);
        fresh.add(point);
    }

    private static AddressPoint point(Subnet subnet, Instant at) {
        int usable = Math.toIntExact(SubnetMath.usable(subnet.cidr()));
        return new AddressPoint(at, subnet.id(), Math.max(0, usable - subnet.freeAddresses()));
    }
}
