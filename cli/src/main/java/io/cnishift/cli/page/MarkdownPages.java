package io.cnishift.cli.page;

import java.util.List;
import java.util.stream.Collectors;

/** Pages as Markdown, for pull requests and hand-over notes. */
public final class MarkdownPages {

    /** The page, ending with a line break. */
    public String text(Page page) {
        StringBuilder text = new StringBuilder();
        for (Page.Block block : page.blocks()) {
            text.append(text.isEmpty() ? "" : "\n");
            String markup = block.fold(new Page.Cases<>(
                    h -> "## " + escaped(h.text()) + "\n",
                    s -> escaped(s.text().strip()).replace("\n", "  \n") + "\n",
                    v -> "```\n" + v.text() + "\n```\n",
                    b -> b.items().stream()
                            .map(i -> "- " + escaped(i).replace("\n", "  \n  ") + "\n")
                            .collect(Collectors.joining()),
                    rows -> table(rows.table())));
            text.append(markup);
        }
        return text.toString();
    }

    private static String table(Table table) {
        String rule = table.columns().stream()
                .map(c -> c.side() == Table.Side.RIGHT ? "---:" : "---")
                .collect(Collectors.joining(" | ", "| ", " |\n"));
        String head = row(table.columns().stream().map(Table.Column::heading).toList());
        return head + rule + table.rows().stream().map(MarkdownPages::row).collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(c -> escaped(c).replace("|", "\\|").replace("\n", "<br>"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** What Markdown would take for markup: only what our texts can hold. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("*", "\\*")
                .replace("<", "&lt;")
                .replace("_", "\\_");
    }
}
