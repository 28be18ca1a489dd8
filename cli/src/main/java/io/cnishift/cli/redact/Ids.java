package io.cnishift.cli.redact;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ids of AWS and Kubernetes, and account numbers, as numbers in the order of the real ones. */
final class Ids {

    private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b"
            + "|\\b(?:[a-z]{1,8})-(?:[0-9a-f]{17}|[0-9a-f]{8})\\b(?!-[0-9a-f]{4}-)"
            + "|\\b[0-9A-F]{32}\\b|\\b[0-9a-f]{16}\\b|(?<![\\w.-])\\d{12}(?![\\w])");

    private final Map<String, String> replaced = new TreeMap<>();

    Ids(Collection<String> texts) {
        TreeSet<String> found = new TreeSet<>();
        for (String text : texts) {
            Matcher matcher = ID.matcher(text);
            while (matcher.find()) {
                found.add(matcher.group());
            }
        }
        int number = 0;
        for (String id : found) {
            number++;
            replaced.put(id, like(id, number));
        }
    }

    String rewrite(String text) {
        return ID.matcher(text).replaceAll(m -> replaced.getOrDefault(m.group(), m.group()));
    }

    private static String like(String id, int number) {
        if (id.matches("\\d{12}")) {
            return String.format(Locale.ROOT, "%012d", number);
        }
        if (id.length() == 36) {
            return String.format(Locale.ROOT, "%08x-0000-4000-8000-%012x", number, number);
        }
        int dash = id.indexOf('-');
        String digits = String.format(Locale.ROOT, "%0" + (id.length() - dash - 1) + "x", number);
        return id.substring(0, dash + 1) + (id.matches("[0-9A-F]{32}") ? digits.toUpperCase(Locale.ROOT) : digits);
    }
}
