package io.cnishift.adapters.helm;

import java.util.List;

/** One line for a person out of what Helm prints when it fails. */
final class HelmLine {

    private static final int LONGEST = 300;

    /** A hint for those who sit at helm themselves. */
    private static final String HINT = "Use --debug flag";

    private HelmLine() {}

    /** The last line that says something. */
    static String of(String printed, String otherwise) {
        List<String> lines = printed.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith(HINT))
                .toList();
        String last = lines.isEmpty() ? otherwise : lines.get(lines.size() - 1).replaceFirst("^(Error: |- )", "");
        return last.length() <= LONGEST ? last : last.substring(0, LONGEST) + "...";
    }
}
