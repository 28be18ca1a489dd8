package io.cnishift.strategy.overlay;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ports in a container's arguments, in the forms {@code --port=N}, {@code --address=HOST:N} and {@code --port N}. */
final class PortArguments {

    private static final Pattern JOINED = Pattern.compile(
            "--?[\\w.-]*(?:port|addr|bind|listen|webhook)[\\w.-]*=(?:\\S*:)?(\\d{2,5})", Pattern.CASE_INSENSITIVE);

    private static final Pattern FLAG =
            Pattern.compile("--?[\\w.-]*(?:port|addr|bind|listen|webhook)[\\w.-]*", Pattern.CASE_INSENSITIVE);

    private static final Pattern VALUE = Pattern.compile("(?:\\S*:)?(\\d{2,5})");

    private PortArguments() {}

    /** Every port that the arguments name. */
    static Set<Integer> ports(List<String> arguments) {
        Set<Integer> ports = new TreeSet<>();
        for (int i = 0; i < arguments.size(); i++) {
            Matcher matcher = matcher(arguments, i);
            if (matcher.matches() && Integer.parseInt(matcher.group(1)) <= 65_535) {
                ports.add(Integer.parseInt(matcher.group(1)));
            }
        }
        return ports;
    }

    /** The arguments with one port in place of another, wherever it stands. */
    static List<String> replaced(List<String> arguments, int port, int by) {
        List<String> replaced = new ArrayList<>(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            Matcher matcher = matcher(arguments, i);
            boolean here = matcher.matches() && Integer.parseInt(matcher.group(1)) == port;
            replaced.add(here ? arguments.get(i).substring(0, matcher.start(1)) + by : arguments.get(i));
        }
        return replaced;
    }

    private static Matcher matcher(List<String> arguments, int i) {
        boolean value = i > 0 && FLAG.matcher(arguments.get(i - 1)).matches();
        return (value ? VALUE : JOINED).matcher(arguments.get(i));
    }
}
