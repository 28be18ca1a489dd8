package io.cnishift.api.capacity;

/** The pool loop of ipamd in its plain form, pass by pass, for comparison with the closed form of {@link WarmPool}. */
final class IpamdLoop {

    private final WarmPoolSettings settings;
    private final int enisForPods;
    private final int slots;
    private final int unit;
    private final int maxPods;
    private int attached;
    private int units;
    private int assigned;

    IpamdLoop(WarmPoolSettings settings, InstanceLimits limits, int maxPods) {
        this.settings = settings;
        this.maxPods = maxPods;
        slots = limits.ipv4PerEni() - 1;
        unit = settings.prefixDelegation() && limits.prefixCapable() ? 16 : 1;
        int enis = Math.min(settings.maxEni().orElse(limits.enis()), limits.enis());
        enis -= settings.podEni() ? 1 : 0;
        enis -= settings.customNetworking() ? 1 : 0;
        // The primary interface is there from the start and carries pods unless they have subnets of their own.
        attached = settings.customNetworking() ? 0 : 1;
        enisForPods = Math.max(enis, attached);
    }

    void addPods(int count) {
        settle();
        for (int pod = 0; pod < count; pod++) {
            assigned = Math.min(assigned + 1, addresses());
            settle();
        }
    }

    /** Pods that wait until the pool has an address for them, looked at once per pass. */
    void addPodsAtOnce(int count) {
        int waiting = count;
        boolean moved = true;
        while (moved) {
            int served = Math.min(waiting, addresses() - assigned);
            waiting -= served;
            assigned += served;
            int needed = addresses() < maxPods ? needed() : 0;
            moved = needed > 0 && grow(needed);
        }
    }

    int addresses() {
        return units * unit;
    }

    private void settle() {
        while (addresses() < maxPods) {
            int needed = needed();
            if (needed == 0 || !grow(needed)) {
                return;
            }
        }
    }

    /** Units that the next pass asks for. */
    private int needed() {
        int available = addresses() - assigned;
        if (settings.warmIp().isPresent() || settings.minimumIp().isPresent()) {
            int shortOfWarm = Math.max(0, settings.warmIp().orElse(0) - available);
            int shortOf = Math.max(shortOfWarm, settings.minimumIp().orElse(0) - addresses());
            return (Math.max(0, shortOf) + unit - 1) / unit;
        }
        int target =
                unit == 1 ? settings.warmEni().orElse(1) : settings.warmPrefix().orElse(0);
        boolean low = available < target * (unit == 1 ? slots : unit) || (target == 0 && available == 0);
        if (!low) {
            return 0;
        }
        int freePrefixes = units - (assigned + unit - 1) / unit;
        return unit == 1 ? slots : Math.max(1, target - freePrefixes);
    }

    private boolean grow(int needed) {
        int room = attached * slots - units;
        if (room > 0) {
            units += Math.min(room, needed);
            return true;
        }
        if (attached >= enisForPods) {
            return false;
        }
        attached++;
        units += Math.min(slots, needed);
        return true;
    }
}
