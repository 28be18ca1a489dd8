package io.cnishift.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What a command shows: blocks in order. */
public record Page(List<Block> blocks) {

    /** A part of a page. */
    public sealed interface Block {
        /** Every case, one function each. */
        default <T> T fold(Cases<T> cases) {
            if (this instanceof Heading h) {
                return cases.heading().apply(h);
            }
            if (this instanceof Sentence s) {
                return cases.sentence().apply(s);
            }
            if (this instanceof Verbatim v) {
                return cases.verbatim().apply(v);
            }
            return this instanceof Bullets b
                    ? cases.bullets().apply(b)
                    : cases.table().apply((Rows) this);
        }
    }

    /** A function per kind of block. */
    public record Cases<T>(
            Function<Heading, T> heading,
            Function<Sentence, T> sentence,
            Function<Verbatim, T> verbatim,
            Function<Bullets, T> bullets,
            Function<Rows, T> table) {}

    /** A title over what follows. */
    public record Heading(String text) implements Block {}

    /** Running text. */
    public record Sentence(String text) implements Block {}

    /** Text to be copied: neither wrapped nor escaped. */
    public record Verbatim(String text) implements Block {}

    /** A list. */
    public record Bullets(List<String> items) implements Block {
        public Bullets {
            items = List.copyOf(items);
        }
    }

    /** A table. */
    public record Rows(Table table) implements Block {}

    public Page {
        blocks = List.copyOf(blocks);
    }

    /** The same page with every text in other words. */
    public Page in(UnaryOperator<String> words) {
        return new Page(blocks.stream()
                .map(block -> block.<Block>fold(new Cases<>(
                        h -> new Heading(words.apply(h.text())),
                        s -> new Sentence(words.apply(s.text())),
                        v -> new Verbatim(words.apply(v.text())),
                        b -> new Bullets(b.items().stream().map(words).toList()),
                        rows -> new Rows(rows.table().in(words)))))
                .toList());
    }

    /** Starts a page. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects blocks. */
    public static final class Builder {

        private final List<Block> blocks = new ArrayList<>();

        private Builder() {}

        public Builder heading(String text) {
            blocks.add(new Heading(text));
            return this;
        }

        public Builder sentence(String text) {
            blocks.add(new Sentence(text));
            return this;
        }

        public Builder verbatim(String text) {
            blocks.add(new Verbatim(text));
            return this;
        }

        /** Adds a list; an empty one is left out. */
        public Builder bullets(List<String> items) {
            if (!items.isEmpty()) {
                blocks.add(new Bullets(items));
            }
            return this;
        }

        /** Adds a table under its heading; without rows both are left out. */
        public Builder table(String heading, Table table) {
            if (!table.rows().isEmpty()) {
                blocks.add(new Heading(heading));
                blocks.add(new Rows(table));
            }
            return this;
        }

        /** Adds a table without a heading. */
        public Builder table(Table table) {
            blocks.add(new Rows(table));
            return this;
        }

        /** Adds the blocks of another page. */
        public Builder page(Page other) {
            blocks.addAll(other.blocks());
            return this;
        }

        public Page build() {
            return new Page(blocks);
        }
    }
}
