package io.cnishift.api.roll;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names in findings, of which there may be many. */
public final class Names {

    private static final int NAMED = 5;

    private Names() {}

    /** The first few, and how many more there are. */
    public static String some(Collection<String> names) {
        return some(names, NAMED);
    }

    /** At most so many, and how many more there are. */
    public static String some(Collection<String> names, int most) {
        String first = names.stream().limit(most).collect(Collectors.joining(", "));
        return names.size() > most ? first + " and " + (names.size() - most) + " more" : first;
    }
}
