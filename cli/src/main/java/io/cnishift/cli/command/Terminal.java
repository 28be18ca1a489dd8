package io.cnishift.cli.command;

import io.cnishift.cli.page.TextPages;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The surroundings of one call of the program.
 *
 * @param out for data
 * @param err for progress and errors
 * @param in for answers to questions
 * @param interactive whether a person sits in front of it: neither stdin nor stdout is redirected
 * @param environment the environment variables
 * @param folder the working folder
 * @param signals tells of Ctrl-C
 */
public record Terminal(
        PrintWriter out,
        PrintWriter err,
        BufferedReader in,
        boolean interactive,
        Map<String, String> environment,
        Path folder,
        Signals signals) {

    private static final String NAME = "cnishift";

    /** Where the launcher says by which name it was called. */
    private static final String CALLED = "CNISHIFT_CALLED";

    private static final Pattern COMMAND = Pattern.compile(
            "(?<![\\w./-])cnishift(?= (?:apply|compare|explain|images|inspect"
                    + "|max-pods|plan|policy|rehearse|resume|rollback|simulate|status|strategies|unlock|verify|version)\\b)");

    private static final int NARROW = 80;
    private static final int WIDE = 180;

    public Terminal {
        Objects.requireNonNull(out);
        Objects.requireNonNull(err);
        Objects.requireNonNull(in);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(folder);
        Objects.requireNonNull(signals);
    }

    /** A text whose command lines begin with the name by which this call was made, so that they can be pasted. */
    public String commands(String text) {
        String called = environment.getOrDefault(CALLED, NAME);
        boolean other = !called.equals(NAME) && called.matches("[\\w./~+-]+");
        return other ? COMMAND.matcher(text).replaceAll(Matcher.quoteReplacement(called)) : text;
    }

    /** How wide lines may be: as wide as a terminal says in COLUMNS, within reason; what is redirected is always alike. */
    public int columns() {
        String said = environment.getOrDefault("COLUMNS", "");
        return interactive && said.matches("[0-9]{2,4}")
                ? Math.max(NARROW, Math.min(WIDE, Integer.parseInt(said)))
                : TextPages.WIDTH;
    }

    /** Whether styles and bars may be shown. */
    public boolean styled() {
        return interactive
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }
}
