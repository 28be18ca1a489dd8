package io.cnishift.engine.codec;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an unquoted YAML scalar means, and which text may be written without quotes.
 *
 * <p>Reading takes null, true, false and numbers in JSON's digits. Writing is more careful than reading, because YAML
 * 1.1 readers (Helm's among them) see more types in a bare word than we do: whatever any YAML version could take for
 * something else than text is quoted. The rule looks at ASCII only, so it does not depend on the JDK's Unicode tables.
 */
final class YamlWords {
    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    /** Numbers of some YAML version that are not JSON's: 0123, 0x1F, 1_000, +5, .5, 1., .inf, .nan. */
    private static final Pattern OTHER_NUMBER = Pattern.compile("[-+]?[0-9][0-9_]*|[-+]?0[xX][0-9a-fA-F_]+|"
            + "[-+]?0[oO][0-7_]+|[-+]?0[bB][01_]+|[-+]?([0-9][0-9_]*\\.[0-9_]*|\\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?|"
            + "[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> OLD_BOOLEANS = Set.of("y", "n", "yes", "no", "on", "off");
    private static final Set<String> RESERVED =
            Set.of("null", "true", "false", "y", "n", "yes", "no", "on", "off", "nan", "inf");

    /** Digits first and yet text to everyone: an IPv4 address or block, a quantity (100m, 4Gi, 30s), a UUID. */
    private static final Pattern SAFE_DIGITS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}(/[0-9]{1,2})?|"
            + "[1-9][0-9]{0,17}[A-Za-z]{1,3}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private YamlWords() {}

    static Token tokenOf(String bare) {
        if (NULL.contains(bare)) {
            return Token.NULL;
        }
        char first = bare.charAt(0);
        if (first == 't' || first == 'T') {
            return TRUE.contains(bare) ? Token.TRUE : Token.TEXT;
        }
        if (first == 'f' || first == 'F') {
            return FALSE.contains(bare) ? Token.FALSE : Token.TEXT;
        }
        boolean mayBeNumber = (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
        return mayBeNumber && (isJsonNumber(bare) || OTHER_NUMBER.matcher(bare).matches()) ? Token.NUMBER : Token.TEXT;
    }

    static boolean isJsonNumber(String text) {
        return JSON_NUMBER.matcher(text).matches();
    }

    /** Whether readers of YAML 1.1 take this bare word for true or false while it is text for us. */
    static boolean isOldBoolean(String bare) {
        return bare.length() <= 3 && OLD_BOOLEANS.contains(bare.toLowerCase(Locale.ROOT));
    }

    /** Whether the text may stand without quotes, as a value or as a key. */
    static boolean mayBeBare(String text) {
        if (text.isEmpty() || text.length() > 1000) {
            return false;
        }
        char first = text.charAt(0);
        if (first >= '0' && first <= '9') {
            return SAFE_DIGITS.matcher(text).matches();
        }
        boolean goodStart = isLetter(first) || first == '_' || first == '/';
        return goodStart && hasBareBody(text) && !isReserved(text);
    }

    private static boolean isReserved(String text) {
        return text.length() <= 5 && RESERVED.contains(text.toLowerCase(Locale.ROOT));
    }

    private static boolean hasBareBody(String text) {
        int last = text.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || "\"\\`{}[]|#".indexOf(c) >= 0) {
                return false;
            }
            if (c == ':' && (i == last || text.charAt(i + 1) == ' ')) {
                return false;
            }
        }
        return text.charAt(last) != ' ';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
