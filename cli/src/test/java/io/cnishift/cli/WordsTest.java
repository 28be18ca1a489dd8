package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read is written for them: no value as the language prints it, no name of a class, no word twice. */
final class WordsTest {

    /** Each with what it would be a sign of. */
    private static final List<Pattern> LEAKS = List.of(
            // a map
            Pattern.compile("\\{[A-Za-z0-9._/-]+=[^}]*\\}"),
            // an Optional, a record, a list of Vavr
            Pattern.compile("Optional(Int|Long)?(\\[|\\.empty)|\\bList\\(|\\b[A-Z][A-Za-z]+\\[[a-z][A-Za-z]*="),
            // classes
            Pattern.compile(
                    "\\b[A-Z][a-zA-Z]+Options\\b|io\\.cnishift\\.[a-z]+\\.|[A-Za-z]Exception\\b|@[0-9a-f]{6,8}\\b"),
            Pattern.compile("\\bnull\\b"),
            // words; names of objects are often doubled: Deployment/echo/echo
            Pattern.compile("(?<![A-Za-z0-9/.-])([A-Za-z]{2,}) \\1(?![A-Za-z0-9/.-])"));

    @TempDir
    private Path folder;

    @Test
    void goldenFilesHaveNoLeaks() throws IOException {
        Path golden = Golden.root().resolve("cli/src/test/resources/io/cnishift/cli/golden");
        try (Stream<Path> files = Files.walk(golden)) {
            for (Path file : files.filter(f -> f.toString().matches(".*\\.(txt|md)"))
                    .filter(f -> !f.endsWith("plan-clean-cluster.md")) // commands to copy, with programs for jq
                    .toList()) {
                assertClean(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertClean("codes.md", Files.readString(Golden.root().resolve("docs/codes.md")));
    }

    /** Plans and refusals of all strategies, with what stands against them. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"big-prefix", "chained-policy", "govcloud-26", "govcloud-26-stuck", "minnie-wallace"})
    void whatStrategiesSayHasNoLeaks(String scenario) {
        for (String strategy : List.of(
                "chaining",
                "custom-networking",
                "eni",
                "overlay",
                "prefix-delegation",
                "subnet-discovery",
                "vpc-cni-tuning")) {
            Run run =
                    Run.of(folder, "plan", "--cluster", "sim:" + scenario, "--strategy", strategy, "--intent", "none");
            assertThat(run.code()).as(strategy + run.err()).isIn(0, 3);
            assertClean(strategy + " on " + scenario, run.out() + run.err());
        }
    }

    private static void assertClean(String what, String text) {
        for (Pattern leak : LEAKS) {
            assertThat(leak.matcher(text).results().map(m -> m.group()).toList())
                    .as(what + " against " + leak)
                    .isEmpty();
        }
    }
}
