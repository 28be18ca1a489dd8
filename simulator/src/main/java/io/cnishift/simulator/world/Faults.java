package io.cnishift.simulator.world;

import io.cnishift.api.port.MigrationException;
import io.cnishift.simulator.FaultValue;
import io.cnishift.simulator.aws.AwsFaults;
import io.cnishift.simulator.cni.Ipv6Rights;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The faults that a user may inject into a world, by name. */
public final class Faults {

    private Faults() {}

    /**
     * Refuses what nothing injects: a fault with a wrong name or value would be a rehearsal that proves nothing. Whether a cluster
     * has what a value names is known once the world is opened.
     */
    public static void require(Map<String, String> given) {
        Map<String, Consumer<FaultValue>> known = forms();
        new TreeMap<>(given).forEach((name, text) -> {
            Consumer<FaultValue> form = known.get(name);
            if (form == null) {
                throw MigrationException.user(
                        "SIM-FAULT",
                        "there is no fault '" + name + "'",
                        "choose one of " + String.join(", ", known.keySet()) + ", kill@STEP");
            }
            form.accept(new FaultValue(name, text));
        });
    }

    /** All of them by name, with what reads their values. */
    static Map<String, Consumer<FaultValue>> forms() {
        Map<String, Consumer<FaultValue>> all = new TreeMap<>(AwsFaults.FORMS);
        all.putAll(Ipv6Rights.FORMS);
        all.putAll(RefusedActs.FORMS);
        return all;
    }
}
