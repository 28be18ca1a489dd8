package io.cnishift.api.roll;

import java.util.Collection;
import java.util.List;

/** Names in findings, of which there may be many. */
final class Names {

    private static final int NAMED = 5;

    private Names() {}

    /** The first few, and how many more there are. */
    static String some(Collection<String> names) {
        List<String> first = names.stream().limit(NAMED).toList();
        return String.join(", ", first) + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }
}
