package io.cnishift.adapters.helm;

import io.cnishift.adapters.resilience.Masked;
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
        String said = lines.isEmpty() ? otherwise : lines.get(lines.size() - 1).replaceFirst("^(Error: |- )", "");
        // before it is cut: half of a credential is not known to be one
        String last = Masked.text(said);
        return last.length() <= LONGEST ? last : last.substring(0, LONGEST) + "...";
    }
}
