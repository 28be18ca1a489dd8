package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.cli.explain.CodeBook;
import io.cnishift.cli.page.CodesPage;
import io.cnishift.cli.page.MarkdownPages;
import io.cnishift.engine.plan.StrategyBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every code that the program can report is explained, and docs/codes.md is what the registry says. */
final class CodesTest {

    private static final Pattern THROWN =
            Pattern.compile("(?:(?:new MigrationException|MigrationException\\.user|Finding\\.of|\\.report|\\.ends)"
                    + "\\(\\s*|static final String [A-Z_]+ = (?=\"SIM-))\"([^\"]+)\"");

    private final CodeBook book = CodeBook.of(StrategyBook.load(CodesTest.class.getClassLoader()));

    @Test
    void explainsEveryCodeThatTheSourcesReport() {
        Set<String> reported = new TreeSet<>();
        for (String module : List.of("engine", "adapters", "simulator", "cli")) {
            sources(module).forEach(file -> {
                Matcher matcher = THROWN.matcher(text(file));
                while (matcher.find()) {
                    reported.add(matcher.group(1));
                }
            });
        }
        assertThat(reported).hasSizeGreaterThan(20);
        assertThat(book.all().keySet()).containsAll(reported);
    }

    @Test
    void writesAllCodesInOneWay() {
        assertThat(book.all().keySet()).allMatch(code -> code.matches("[A-Z0-9]+(-[A-Z0-9]+)*"));
    }

    @Test
    void explainsInSentences() {
        assertThat(book.all().values())
                .allSatisfy(e -> assertThat(e.meaning()).endsWith(".").hasSizeGreaterThan(20));
    }

    @Test
    void keepsTheGeneratedPageInStep() {
        String page = "# Codes\n\nGenerated from the program; `cnishift explain CODE` prints one of them.\n\n"
                + new MarkdownPages().text(CodesPage.of(book.all().values()));
        Golden.compare(page, Golden.root().resolve("docs/codes.md"));
    }

    private static List<Path> sources(String module) {
        try (Stream<Path> files = Files.walk(Golden.root().resolve(module).resolve("src/main/java"))) {
            return files.filter(f -> f.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
