package io.cnishift.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Pages as text for people: at most 100 columns but for what is to be copied, headings bold on a terminal that shows colours, else plain. */
public final class TextPages {

    /** The width that everything fits into. */
    public static final int WIDTH = 100;

    private final boolean bold;

    /** Plain text, or text with bold headings. */
    public static TextPages plain() {
        return new TextPages(false);
    }

    /** Text for a terminal that shows styles. */
    public static TextPages styled() {
        return new TextPages(true);
    }

    private TextPages(boolean bold) {
        this.bold = bold;
    }

    /** The page, ending with a line break. */
    public String text(Page page) {
        StringBuilder text = new StringBuilder();
        for (Page.Block block : page.blocks()) {
            boolean first = text.isEmpty();
            List<String> lines = block.fold(new Page.Cases<>(
                    h -> heading(h, first),
                    s -> Lines.wrap(s.text(), WIDTH),
                    v -> v.text().lines().toList(),
                    TextPages::bullets,
                    rows -> table(rows.table())));
            lines.forEach(line -> text.append(line.stripTrailing()).append('\n'));
        }
        return text.toString();
    }

    private List<String> heading(Page.Heading heading, boolean first) {
        List<String> lines = new ArrayList<>(first ? List.of() : List.of(""));
        for (String line : Lines.wrap(heading.text(), WIDTH)) {
            lines.add(bold ? "\u001b[1m" + line + "\u001b[0m" : line);
        }
        return lines;
    }

    private static List<String> bullets(Page.Bullets bullets) {
        List<String> lines = new ArrayList<>();
        for (String item : bullets.items()) {
            List<String> wrapped = Lines.wrap(item, WIDTH - 2);
            for (int i = 0; i < wrapped.size(); i++) {
                lines.add((i == 0 ? "- " : "  ") + wrapped.get(i));
            }
        }
        return lines;
    }

    private static List<String> table(Table table) {
        int[] widths = Widths.of(table, WIDTH);
        List<String> lines = new ArrayList<>();
        lines.addAll(row(
                table.columns().stream()
                        .map(c -> c.heading().toUpperCase(Locale.ROOT))
                        .toList(),
                table,
                widths));
        table.rows().forEach(row -> lines.addAll(row(row, table, widths)));
        return lines;
    }

    private static List<String> row(List<String> cells, Table table, int[] widths) {
        List<List<String>> wrapped = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            wrapped.add(Lines.wrap(cells.get(i), widths[i]));
        }
        int height = wrapped.stream().mapToInt(List::size).max().orElse(1);
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < height; y++) {
            StringBuilder line = new StringBuilder();
            for (int x = 0; x < cells.size(); x++) {
                String part = y < wrapped.get(x).size() ? wrapped.get(x).get(y) : "";
                String pad = " ".repeat(Math.max(0, widths[x] - part.length()));
                boolean right = table.columns().get(x).side() == Table.Side.RIGHT;
                line.append(x == 0 ? "" : "  ").append(right ? pad + part : part + pad);
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
