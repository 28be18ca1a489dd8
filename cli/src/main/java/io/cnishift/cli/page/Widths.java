package io.cnishift.cli.page;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** How wide the columns of a table are, so that all fit into a line. */
final class Widths {

    private static final int GAP = 2;
    private static final int LEAST = 8;

    private final int[] widths;
    private final int[] words;

    private Widths(Table table) {
        widths = longest(table, Widths::line);
        words = longest(table, Widths::word);
    }

    /**
     * Natural widths while they fit. Else the widest column that can be wrapped between words gives way, one character after
     * the other; when there is none left, the widest of all, none below 8 characters.
     */
    static int[] of(Table table, int line) {
        Widths natural = new Widths(table);
        int room = line - GAP * (natural.widths.length - 1);
        while (Arrays.stream(natural.widths).sum() > room && natural.shrink()) {
            // until it fits or nothing gives way any more
        }
        return natural.widths;
    }

    private boolean shrink() {
        int wrapping = widest(true);
        int column = wrapping >= 0 ? wrapping : widest(false);
        if (column < 0) {
            return false;
        }
        widths[column]--;
        return true;
    }

    private int widest(boolean betweenWords) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean gives = widths[i] > (betweenWords ? Math.max(LEAST, words[i]) : LEAST);
            if (gives && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    /** A heading always wraps between its words, so its longest word counts. */
    private static int[] longest(Table table, ToIntFunction<String> length) {
        int[] longest = new int[table.columns().size()];
        for (int i = 0; i < longest.length; i++) {
            longest[i] = word(table.columns().get(i).heading());
            for (List<String> row : table.rows()) {
                longest[i] = Math.max(longest[i], length.applyAsInt(row.get(i)));
            }
        }
        return longest;
    }

    private static int line(String cell) {
        return cell.lines().mapToInt(String::length).max().orElse(0);
    }

    private static int word(String cell) {
        return Arrays.stream(cell.split("\\s+", -1))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }
}
