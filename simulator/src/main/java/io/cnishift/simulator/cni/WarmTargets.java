package io.cnishift.simulator.cni;

import io.cnishift.api.capacity.WarmPoolSettings;

/**
 * When ipamd finds a pool too low or too high, and by how much, in units of what it asks EC2 for: addresses, or /28 prefixes.
 * Source: amazon-vpc-cni-k8s pkg/ipamd/ipamd.go, datastoreTargetState and isDatastorePoolTooLow.
 *
 * @param total addresses on the interfaces
 * @param given of them, those that pods have; cooling ones count as free
 * @param freePrefixes prefixes of which no pod has an address
 * @param slots units that fit on one interface
 * @param unit addresses of a unit
 */
record WarmTargets(WarmPoolSettings settings, int total, int given, int freePrefixes, int slots, int unit) {

    private int available() {
        return total - given;
    }

    private boolean prefixes() {
        return unit > 1;
    }

    /** Units that are missing; with whole interfaces, as many as one interface holds. */
    int missing() {
        if (settings.ipTargets()) {
            int byWarm = settings.warmIp().orElse(0) - available();
            int byMinimum = settings.minimumIp().orElse(0) - total;
            return up(Math.max(0, Math.max(byWarm, byMinimum)), unit);
        }
        if (prefixes()) {
            int warm = settings.warmPrefix().orElse(0);
            boolean low = warm == 0 ? available() == 0 : available() < warm * unit;
            return low ? Math.max(1, warm - freePrefixes) : 0;
        }
        int warm = settings.warmEni().orElse(1);
        boolean low = warm == 0 ? available() == 0 : available() < warm * slots;
        return low ? slots : 0;
    }

    /** Units that ipamd gives back one by one; whole interfaces go by {@link #interfacesToSpare}. */
    int surplus() {
        if (settings.ipTargets()) {
            int over = Math.max(
                    0,
                    Math.min(
                            available() - settings.warmIp().orElse(0),
                            total - settings.minimumIp().orElse(0)));
            if (!prefixes()) {
                return over;
            }
            int beyondMinimum = total / unit - up(settings.minimumIp().orElse(0), unit);
            return Math.max(0, Math.min(Math.min(over / unit, freePrefixes), beyondMinimum));
        }
        return prefixes() && settings.warmPrefix().orElse(0) > 0
                ? Math.max(0, freePrefixes - settings.warmPrefix().orElse(0))
                : 0;
    }

    /** Whether an interface without pods may go at all. */
    boolean interfacesToSpare() {
        return settings.ipTargets()
                || prefixes()
                || available() >= (settings.warmEni().orElse(1) + 1) * slots;
    }

    /** Whether the targets hold without so many units, all of them free. */
    boolean without(int units) {
        int left = total - units * unit;
        if (settings.ipTargets()) {
            return left - given >= settings.warmIp().orElse(0)
                    && left >= settings.minimumIp().orElse(0);
        }
        return prefixes()
                ? freePrefixes - units >= Math.max(1, settings.warmPrefix().orElse(0)) || units == 0
                : left - given >= settings.warmEni().orElse(1) * slots;
    }

    private static int up(int count, int size) {
        return (count + size - 1) / size;
    }
}
