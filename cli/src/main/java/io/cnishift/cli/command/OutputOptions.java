package io.cnishift.cli.command;

import io.cnishift.cli.page.MarkdownPages;
import io.cnishift.cli.page.Page;
import io.cnishift.cli.page.TextPages;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Style;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** How a result is printed: {@code -o table|json|yaml|markdown}. */
final class OutputOptions {

    /** The forms of a result. */
    enum Form {
        TABLE,
        JSON,
        YAML,
        MARKDOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "How to print: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Form form = Form.TABLE;

    /** Prints one result. */
    <T> void print(Terminal terminal, Codec codec, Class<T> type, T result, Function<? super T, Page> page) {
        print(terminal, format -> codec.text(type, result, format, Style.RESULT), () -> page.apply(result));
    }

    /** Prints one document, as a file of it is written. */
    <T> void printDocument(Terminal terminal, Codec codec, Class<T> type, T document, Function<? super T, Page> page) {
        print(terminal, format -> codec.text(type, document, format, Style.DOCUMENT), () -> page.apply(document));
    }

    /** Prints a list of results. */
    <T> void printList(
            Terminal terminal, Codec codec, Class<T> type, List<T> results, Function<? super List<T>, Page> page) {
        print(terminal, format -> codec.listText(type, results, format, Style.RESULT), () -> page.apply(results));
    }

    private void print(Terminal terminal, Function<Format, String> data, Supplier<Page> page) {
        String text = switch (form) {
            case JSON -> data.apply(Format.JSON);
            case YAML -> data.apply(Format.YAML);
            case MARKDOWN -> new MarkdownPages().text(page.get().in(terminal::commands));
            case TABLE ->
                (terminal.styled() ? TextPages.styled() : TextPages.plain())
                        .in(terminal.columns())
                        .text(page.get().in(terminal::commands));
        };
        terminal.out().print(text);
        terminal.out().flush();
    }

    /** Whether it is plain text. */
    boolean raw() {
        return form == Form.TABLE;
    }

    /** Whether it is YAML. */
    boolean yaml() {
        return form == Form.YAML;
    }

    /** Whether programs read it. */
    boolean forPrograms() {
        return form == Form.JSON || form == Form.YAML;
    }
}
