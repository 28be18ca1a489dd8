package io.cnishift.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A table of text cells; a cell may have several lines.
 *
 * @param columns in order
 * @param rows each with as many cells as there are columns
 */
public record Table(List<Column> columns, List<List<String>> rows) {

    /** Where the text of a column stands; numbers stand right. */
    public enum Side {
        LEFT,
        RIGHT
    }

    /** A column with its heading. */
    public record Column(String heading, Side side) {
        public Column {
            Objects.requireNonNull(heading);
            Objects.requireNonNull(side);
        }
    }

    public Table {
        columns = List.copyOf(columns);
        List<List<String>> copied = new ArrayList<>();
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("a row of " + row.size() + " cells in a table of " + columns.size());
            }
            copied.add(List.copyOf(row));
        }
        rows = List.copyOf(copied);
    }

    /** The same table with every cell in other words. */
    Table in(UnaryOperator<String> words) {
        return new Table(
                columns,
                rows.stream().map(row -> row.stream().map(words).toList()).toList());
    }

    /** Starts a table; a heading that begins with {@code >} makes a column that stands right. */
    public static Builder of(String... headings) {
        return new Builder(List.of(headings));
    }

    /** Collects rows. */
    public static final class Builder {

        private final List<Column> columns = new ArrayList<>();
        private final List<List<String>> rows = new ArrayList<>();

        private Builder(List<String> headings) {
            for (String heading : headings) {
                boolean right = heading.startsWith(">");
                columns.add(new Column(right ? heading.substring(1) : heading, right ? Side.RIGHT : Side.LEFT));
            }
        }

        /** Adds a row; the cells are written as their text. */
        public Builder row(Object... cells) {
            List<String> texts = new ArrayList<>();
            for (Object cell : cells) {
                texts.add(String.valueOf(cell));
            }
            rows.add(texts);
            return this;
        }

        /** The table. */
        public Table build() {
            return new Table(columns, rows);
        }
    }
}
