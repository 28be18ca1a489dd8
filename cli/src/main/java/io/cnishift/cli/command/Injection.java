package io.cnishift.cli.command;

import io.cnishift.api.port.MigrationException;
import io.cnishift.simulator.world.Faults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Faults to inject, as users write them.
 *
 * @param faults those of the world, by name
 * @param deaths steps in the middle of which the process dies, written {@code kill@STEP}
 */
record Injection(Map<String, String> faults, List<String> deaths) {

    private static final String KILL = "kill@";

    Injection {
        faults = Map.copyOf(faults);
        deaths = List.copyOf(deaths);
    }

    /** Reads them, or says what is wrong with the first that is. */
    static Injection parse(List<String> texts) {
        Map<String, String> faults = new LinkedHashMap<>();
        List<String> deaths = new ArrayList<>();
        for (String text : texts) {
            int equal = text.indexOf('=');
            if (text.startsWith(KILL)) {
                deaths.add(text.substring(KILL.length()));
            } else if (equal < 1) {
                throw wrong(
                        "fault '" + text + "' has no value", "write NAME=VALUE, such as throttle=0.1, or kill@STEP");
            } else if (faults.put(text.substring(0, equal), text.substring(equal + 1)) != null) {
                throw wrong("fault " + text.substring(0, equal) + " is given twice", "give it once");
            }
        }
        Faults.require(faults);
        return new Injection(faults, deaths);
    }

    private static MigrationException wrong(String what, String remedy) {
        return MigrationException.user("SIM-FAULT", what, remedy);
    }
}
