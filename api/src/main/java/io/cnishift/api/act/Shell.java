package io.cnishift.api.act;

import java.util.regex.Pattern;

/** Words of a POSIX shell, so that what a command prints reaches the program as it was. */
final class Shell {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*");

    private Shell() {}

    /** One word: as it is where no shell changes it, else in single quotes. */
    static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : quoted(text);
    }

    /** One word in single quotes. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** One word: what another command prints. */
    static String output(String command) {
        return "\"$(" + command + ")\"";
    }

    /** A document on the standard input of a command; printf, for the echo of some shells reads backslashes. */
    static String pipe(Object document, String command) {
        return "printf '%s' " + Json.word(document) + " | " + command;
    }
}
