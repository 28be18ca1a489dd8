package io.cnishift.adapters.resilience;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Text of the other side without credentials: a proxy or server that sends back what it was sent would otherwise have them in
 * messages, logs and files. Pure.
 */
public final class Masked {

    private static final String MASK = "(masked)";

    /** Of each, what stands before the secret is the first group. */
    private static final List<Pattern> CREDENTIALS = List.of(
            Pattern.compile("(?i)(bearer\\s+)[\\w.~+/=-]+"),
            Pattern.compile("(?i)(basic\\s+)[\\w+/=-]{8,}"),
            Pattern.compile("()k8s-aws-v1\\.[\\w-]+"),
            Pattern.compile("()eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*"),
            Pattern.compile("(?i)(security[-_]?token\\W{1,4})[^\\s,;&\\]}\"]+"),
            Pattern.compile("(?i)(secret[-_]?(?:access[-_]?)?key\\W{1,4})[^\\s,;&\\]}\"]+"),
            Pattern.compile("(?i)(session[-_]?token\\W{1,4})[^\\s,;&\\]}\"]+"),
            Pattern.compile("(://[^/\\s:@]+:)[^/\\s@]+(?=@)"));

    private Masked() {}

    /** The text with each credential in it masked. */
    public static String text(String text) {
        String masked = text;
        for (Pattern pattern : CREDENTIALS) {
            masked = pattern.matcher(masked).replaceAll("$1" + MASK);
        }
        return masked;
    }
}
