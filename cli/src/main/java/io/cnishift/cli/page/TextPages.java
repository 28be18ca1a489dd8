package io.cnishift.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Pages as text for people: as wide as the terminal but for what is to be copied, headings bold on a terminal that shows colours, else plain. */
public final class TextPages {

    /** The width that everything fits into where nobody says how wide it is shown. */
    public static final int WIDTH = 100;

    private final boolean bold;
    private final int width;

    /** Plain text, or text with bold headings. */
    public static TextPages plain() {
        return new TextPages(false, WIDTH);
    }

    /** Text for a terminal that shows styles. */
    public static TextPages styled() {
        return new TextPages(true, WIDTH);
    }

    private TextPages(boolean bold, int width) {
        this.bold = bold;
        this.width = width;
    }

    /** The same in lines of that width. */
    public TextPages in(int columns) {
        return new TextPages(bold, columns);
    }

    /** The page, ending with a line break. */
    public String text(Page page) {
        StringBuilder text = new StringBuilder();
        for (Page.Block block : page.blocks()) {
            boolean first = text.isEmpty();
            List<String> lines = block.fold(new Page.Cases<>(
                    h -> heading(h, first),
                    s -> Lines.wrap(s.text(), width),
                    v -> v.text().lines().toList(),
                    this::bullets,
                    rows -> table(rows.table())));
            lines.forEach(line -> text.append(line.stripTrailing()).append('\n'));
        }
        return text.toString();
    }

    private List<String> heading(Page.Heading heading, boolean first) {
        List<String> lines = new ArrayList<>(first ? List.of() : List.of(""));
        for (String line : Lines.wrap(heading.text(), width)) {
            lines.add(bold ? "\u001b[1m" + line + "\u001b[0m" : line);
        }
        return lines;
    }

    private List<String> bullets(Page.Bullets bullets) {
        List<String> lines = new ArrayList<>();
        for (String item : bullets.items()) {
            List<String> wrapped = Lines.wrap(item, width - 2);
            for (int i = 0; i < wrapped.size(); i++) {
                lines.add((i == 0 ? "- " : "  ") + wrapped.get(i));
            }
        }
        return lines;
    }

    private List<String> table(Table table) {
        int[] widths = Widths.of(table, width);
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
