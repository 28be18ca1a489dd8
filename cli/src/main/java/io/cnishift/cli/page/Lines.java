package io.cnishift.cli.page;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines of a width. */
final class Lines {

    private Lines() {}

    /** The lines of a text, none longer than the width; a word that is longer is cut. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            wrap(paragraph, width, lines);
        }
        return lines;
    }

    private static void wrap(String paragraph, int width, List<String> lines) {
        StringBuilder line = new StringBuilder();
        for (String word : paragraph.split(" ", -1)) {
            String rest = word;
            if (!line.isEmpty() && line.length() + 1 + rest.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (rest.length() > width) {
                int cut = cut(rest, width);
                lines.add(rest.substring(0, cut));
                rest = rest.substring(cut);
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        lines.add(line.toString());
    }

    /** After the last sign in the width at which names are usually parted, near its end or where the rest then fits; else at the width. */
    private static int cut(String word, int width) {
        for (int i = width; i > 1; i--) {
            boolean good = i > width / 2 || word.length() - i <= width;
            if (good && "-/.,:_".indexOf(word.charAt(i - 1)) >= 0) {
                return i;
            }
        }
        return width;
    }
}
