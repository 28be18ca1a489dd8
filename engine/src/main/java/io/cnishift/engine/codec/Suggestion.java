package io.cnishift.engine.codec;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The remedy for a word that is none of those allowed: the nearest one, and all of them when they are few. */
public final class Suggestion {
    private static final int FEW = 20;

    private Suggestion() {}

    static String remedy(String given, Collection<String> allowed) {
        if (allowed.isEmpty()) {
            return "none is allowed here";
        }
        String list = allowed.size() <= FEW ? "allowed: " + String.join(", ", allowed) : "";
        String hint = nearest(given, allowed)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("");
        if (hint.isEmpty()) {
            return list.isEmpty() ? "it is none of the " + allowed.size() + " allowed ones" : list;
        }
        return list.isEmpty() ? hint : hint + " " + list;
    }

    /** The allowed word that the given one was probably meant to be. */
    public static Optional<String> nearest(String given, Collection<String> allowed) {
        int limit = Math.max(1, Math.min(3, given.length() / 3));
        List<String> candidates = allowed.stream().sorted().toList();
        return candidates.stream()
                .filter(word -> distance(given, word) <= limit)
                .min(Comparator.comparingInt(word -> distance(given, word)));
    }

    /** Counts the letters to insert, delete, replace or swap with a neighbour; capitals, hyphens do not count. */
    private static int distance(String left, String right) {
        String a = fold(left);
        String b = fold(right);
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }

    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
