package io.cnishift.cli;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What picocli has against a command line, in the words of our own errors. */
final class Wording {

    private static final Pattern ENUM = Pattern.compile(
            "^Invalid value for (.*): expected one of \\[([A-Z_, ]+)\\] \\(case-insensitive\\) but was (.*)$");

    private Wording() {}

    static String of(ParameterException fault) {
        if (fault instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            return "unknown argument '" + String.join("' '", unmatched.getUnmatched()) + "'";
        }
        String message = String.valueOf(fault.getMessage())
                .replaceAll("\\s*\\R\\s*", " ")
                .replace("option option ", "option ")
                .replaceFirst(" is not an? (long|int)$", " is no whole number");
        var choice = ENUM.matcher(message);
        String said = choice.matches()
                ? "invalid value for " + choice.group(1) + ": " + choice.group(3) + " is none of "
                        + choice.group(2).toLowerCase(Locale.ROOT).replace('_', '-')
                : message;
        return said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1);
    }
}
