package io.cnishift.engine.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Writes canonical YAML: block collections indented by two spaces (a list under its key too), {@code {}} and
 * {@code []} where they are empty, one entry per line, never a fold, LF at the end. Text is bare where
 * {@link YamlWords#mayBeBare} allows, a literal block where {@link YamlText#mayBeBlock} allows, else in double quotes.
 */
final class YamlSink implements Sink {
    /** YAML ends a key that is followed by a colon after 1,024 characters; a longer one is announced with "?". */
    private static final int LONGEST_SIMPLE_KEY = 1000;

    private final Writer out;
    private final Deque<Level> levels = new ArrayDeque<>();

    YamlSink(Writer out) {
        this.out = out;
    }

    /** A collection that is open. */
    private static final class Level {
        final boolean list;
        final int indent;
        /** What stands before it on the line of its first entry. */
        final Lead lead;

        boolean empty = true;

        Level(boolean list, int indent, Lead lead) {
            this.list = list;
            this.indent = indent;
            this.lead = lead;
        }
    }

    private enum Lead {
        NOTHING,
        KEY,
        DASH
    }

    @Override
    public void startObject() {
        start(false);
    }

    @Override
    public void startList() {
        start(true);
    }

    private void start(boolean list) {
        Lead lead = leadOfValue();
        Level parent = levels.peek();
        levels.push(new Level(list, parent == null ? 0 : parent.indent + 2, lead));
    }

    @Override
    public void endObject() {
        end("{}");
    }

    @Override
    public void endList() {
        end("[]");
    }

    private void end(String whenEmpty) {
        Level level = levels.pop();
        if (level.empty) {
            append(level.lead == Lead.NOTHING ? "" : " ");
            append(whenEmpty);
            append("\n");
        }
    }

    @Override
    public void key(String key) {
        Utf16.requireWellFormed(key);
        entry(openLevel());
        String written = YamlWords.mayBeBare(key) ? key : YamlText.quoted(key);
        if (written.length() <= LONGEST_SIMPLE_KEY) {
            append(written);
        } else {
            append("? " + written + "\n" + " ".repeat(openLevel().indent));
        }
        append(":");
    }

    private Level openLevel() {
        Level level = levels.peek();
        if (level == null) {
            throw new IllegalStateException("a key outside of an object");
        }
        return level;
    }

    /** Writes what stands before an entry of the collection. */
    private void entry(Level level) {
        boolean first = level.empty;
        level.empty = false;
        if (first && level.lead == Lead.DASH) {
            append(" ");
            return;
        }
        if (first && level.lead == Lead.KEY) {
            append("\n");
        }
        append(" ".repeat(level.indent));
    }

    private Lead leadOfValue() {
        Level level = levels.peek();
        if (level == null) {
            return Lead.NOTHING;
        }
        if (!level.list) {
            return Lead.KEY;
        }
        entry(level);
        append("-");
        return Lead.DASH;
    }

    @Override
    public void text(String text) {
        Utf16.requireWellFormed(text);
        if (YamlWords.mayBeBare(text)) {
            scalar(text);
        } else if (YamlText.mayBeBlock(text)) {
            block(text);
        } else {
            scalar(YamlText.quoted(text));
        }
    }

    private void block(String text) {
        Lead lead = leadOfValue();
        @Nullable Level level = levels.peek();
        String indent = " ".repeat(level == null ? 2 : level.indent + 2);
        boolean endsWithBreak = text.endsWith("\n");
        append(lead == Lead.NOTHING ? "" : " ");
        append(endsWithBreak ? "|\n" : "|-\n");
        String body = endsWithBreak ? text.substring(0, text.length() - 1) : text;
        for (String line : body.split("\n", -1)) {
            append(line.isEmpty() ? "\n" : indent + line + "\n");
        }
    }

    @Override
    public void number(String digits) {
        scalar(digits);
    }

    @Override
    public void flag(boolean value) {
        scalar(value ? "true" : "false");
    }

    @Override
    public void nothing() {
        scalar("null");
    }

    private void scalar(String written) {
        append(leadOfValue() == Lead.NOTHING ? "" : " ");
        append(written);
        append("\n");
    }

    @Override
    public void finish() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
