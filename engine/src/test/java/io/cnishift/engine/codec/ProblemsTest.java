package io.cnishift.engine.codec;

import static io.cnishift.engine.codec.Samples.CODEC;
import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.engine.codec.Samples.Acts;
import io.cnishift.engine.codec.Samples.Everything;
import io.cnishift.engine.codec.Samples.Pod;
import io.cnishift.engine.codec.Samples.Snapshot;
import io.cnishift.engine.codec.Samples.Steps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProblemsTest {
    private static List<String> problems(Class<?> type, String text) {
        return CODEC.read(type, Source.text("f", text)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void namesUnknownKeysWithTheNearestOne() {
        String yaml = """
                # a comment first
                nodes:
                  - name: a
                    lables:
                      x: y
                  - name: b
                """;
        assertThat(problems(Snapshot.class, yaml))
                .containsExactly("f:4:5: nodes[0].lables: unknown key; did you mean \"labels\"?"
                        + " allowed: name, labels, block");
        String json = """
                {
                  "nodes": [ { "name": "a", "size": [ { "x": 1 } ] } ],
                  "podz": []
                }
                """;
        assertThat(problems(Snapshot.class, json))
                .containsExactly(
                        "f:2:29: nodes[0].size: unknown key; allowed: name, labels, block",
                        "f:3:3: podz: unknown key; did you mean \"pods\"? allowed: nodes, pods");
    }

    @Test
    void refusesKeysThatStandTwice() {
        assertThat(problems(Pod.class, """
                namespace: a
                name: b
                node: c
                labels: {x: "1", x: "2"}
                name: d
                """))
                .containsExactly(
                        "f:4:18: labels.x: duplicate key; remove one of them",
                        "f:5:1: name: duplicate key; remove one of them");
        assertThat(problems(Object.class, "{\"a\": {\"b\": 1, \"b\": 2}}"))
                .containsExactly("f:1:16: a.b: duplicate key; remove it");
        assertThat(problems(Acts.class, "acts: [{kind: quit, kind: quit}]"))
                .containsExactly("f:1:21: acts[0].kind: duplicate key; remove one of them");
    }

    @Test
    void namesWrongTypes() {
        assertThat(problems(Pod.class, """
                namespace: 1.35
                name: [a]
                node: on
                labels: none
                address:
                  a: b
                """))
                .containsExactly(
                        "f:1:12: namespace: expected text, found the number 1.35; put it in quotes: \"1.35\"",
                        "f:2:7: name: expected text, found a list; write text",
                        "f:4:9: labels: expected an object, found the text \"none\"; write an object",
                        "f:6:3: address: expected text, found an object; write text");
        assertThat(problems(Pod.class, "{\"namespace\": 1, \"name\": null, \"node\": true, \"labels\": []}"))
                .containsExactly(
                        "f:1:15: namespace: expected text, found the number 1; write text",
                        "f:1:26: name: expected text, found nothing; write text",
                        "f:1:40: node: expected text, found true; write text",
                        "f:1:56: labels: expected an object, found a list; write an object");
    }

    record Numbers(int whole, long wide, double decimal, boolean flag, Duration lasting) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            whole: 1.5        | whole: expected a whole number, found the number 1.5; write a whole number
            whole: "1"        | whole: expected a whole number, found the text "1"; write a whole number
            whole: 0123       | whole: expected a whole number, found the number 0123; write a whole number
            whole: 0x10       | whole: expected a whole number, found the number 0x10; write a whole number
            whole: 3000000000 | whole: the number 3000000000 is out of range; the range is -2147483648 to 2147483647
            wide: 9223372036854775808 | wide: the number 9223372036854775808 is out of range; the range is -9223372036854775808 to 9223372036854775807
            decimal: 1e999    | decimal: the number 1e999 is out of range; write a smaller number
            decimal: .inf     | decimal: expected a number, found the number .inf; write a number
            flag: yes         | flag: expected true or false, found the text "yes"; write true or false
            flag: 1           | flag: expected true or false, found the number 1; write true or false
            lasting: 5m       | lasting: expected a number of seconds, found the text "5m"; write a number of seconds
            lasting: 1e999999999 | lasting: the number of seconds 1e999999999 is out of range; use at most nine digits behind the point and eighteen before it
            lasting: 1e9999999999 | lasting: the number of seconds 1e9999999999 is out of range; use at most nine digits behind the point and eighteen before it
            lasting: 0.0000000001 | lasting: the number of seconds 0.0000000001 is out of range; use at most nine digits behind the point and eighteen before it
            """)
    void namesNumbersThatDoNotFit(String line, String problem) {
        String text = line.startsWith("lasting") ? line : line + "\nlasting: 1";
        assertThat(problems(Numbers.class, text)).singleElement().satisfies(found -> {
            assertThat(found).startsWith("f:1:").endsWith(": " + problem);
        });
    }

    @Test
    void listsTheValuesOfAnEnum() {
        String yaml = "mode: secondary_ip\nmodes: [on, onn]\nbyMode: {of: []}\n";
        assertThat(problems(Everything.class, yaml))
                .contains(
                        "f:1:7: mode: unknown value \"secondary_ip\"; did you mean \"secondary-ip\"?"
                                + " allowed: on, off, secondary-ip",
                        "f:2:13: modes[1]: unknown value \"onn\"; did you mean \"on\"? allowed: on, off, secondary-ip",
                        "f:3:10: byMode.of: unknown value \"of\"; did you mean \"off\"? allowed: on, off, secondary-ip");
    }

    @Test
    void refusesElementsThatStandTwiceInASet() {
        assertThat(problems(Everything.class, "names: [a, b, a]\nports: [1, 1]\n"))
                .contains(
                        "f:1:15: names[2]: \"a\" stands there twice; remove one of them",
                        "f:2:12: ports[1]: \"1\" stands there twice; remove one of them");
    }

    @Test
    void takesTimesInUtcOnly() {
        for (String time : List.of("2026-11-21T08:00:00+01:00", "2026-11-21", "08:00", "2026-02-30T08:00:00Z")) {
            assertThat(problems(Everything.class, "at: \"" + time + "\"\n"))
                    .contains("f:1:5: at: \"" + time + "\" is not a time in UTC;"
                            + " write a time in UTC such as \"2026-11-21T08:00:00Z\"");
        }
    }

    @Test
    void namesMissingKeysAtTheirObject() {
        assertThat(problems(Snapshot.class, "pods:\n  - name: a\n    node: b\nnodes: [{}]\n"))
                .containsExactly(
                        "f:2:5: pods[0].namespace: missing key; add it: text",
                        "f:4:9: nodes[0].name: missing key; add it: text");
        assertThat(problems(Snapshot.class, "{\"pods\": [\n {\"name\": \"a\", \"node\": \"b\"}]}"))
                .containsExactly("f:2:2: pods[0].namespace: missing key; add it: text");
    }

    @Test
    void tellsWhatConstructorsAndParsersRefuse() {
        assertThat(problems(Snapshot.class, "nodes:\n  - name: \" \"\n  - name: b\n    block: 10.0\n"))
                .containsExactly(
                        "f:2:5: nodes[0]: a node has a name; correct it",
                        "f:4:12: nodes[1].block: expected the text of a Block, found the number 10.0;"
                                + " put it in quotes: \"10.0\"");
        assertThat(problems(Snapshot.class, "nodes: [{name: a, block: a/b}, {name: a, block: x}]"))
                .containsExactly(
                        "f:1:26: nodes[0].block: \"a/b\" is not a Block: For input string: \"a\"; correct the value",
                        "f:1:49: nodes[1].block: \"x\" is not a Block: write it as N/LENGTH; correct the value");
    }

    @Test
    void namesKindsThatAreNotKnown() {
        assertThat(problems(Acts.class, "acts:\n  - kind: cordon\n    x: [1]\n  - {}\n  - node: a\n  - kind: 1\n"))
                .containsExactly(
                        "f:2:11: acts[0].kind: unknown kind \"cordon\"; allowed: cordon-node, quit",
                        "f:4:5: acts[1].kind: missing key; allowed: cordon-node, quit",
                        "f:5:5: acts[2].kind: missing key; allowed: cordon-node, quit",
                        "f:6:11: acts[3].kind: unknown kind \"1\"; allowed: cordon-node, quit");
        assertThat(problems(Acts.class, "acts:\n  - kind: cordon-node\n    nod: a\n"))
                .containsExactly(
                        "f:2:5: acts[0].node: missing key; add it: text",
                        "f:3:5: acts[0].nod: unknown key; did you mean \"node\"? allowed: node, reasons");
    }

    @Test
    void namesOpenKindsThatNobodyKnows() {
        String yaml = """
                steps:
                  - id: a
                    kind: wat
                    params: {lasting: 1}
                  - id: b
                    params: {lasting: x, other: 1}
                    kind: wait
                  - id: c
                    params: {}
                """;
        assertThat(problems(Steps.class, yaml))
                .containsExactly(
                        "f:4:13: steps[0].params: nothing is known of the kind \"wat\";"
                                + " correct the kind, or name the folder of the plug-in that brings it with --plugin-dir",
                        "f:6:23: steps[1].params.lasting: expected a number of seconds, found the text \"x\";"
                                + " write a number of seconds",
                        "f:6:26: steps[1].params.other: unknown key; allowed: lasting",
                        "f:8:5: steps[2].kind: missing key; add it: text");
    }

    @Test
    void refusesWordsThatReadersOfYamlDisagreeAbout() {
        assertThat(problems(Object.class, "a: yes\nb: [0123, 1_000]\nc: \"yes\"\nd: 12345678901234567890\ne: .inf\n"))
                .containsExactly(
                        "f:1:4: a: yes without quotes is true or false for some YAML readers and text for others;"
                                + " write true or false, or put it in quotes: \"yes\"",
                        "f:2:5: b[0]: 0123 without quotes is another number for some YAML readers than for others;"
                                + " write the number in plain decimal digits, or text in quotes: \"0123\"",
                        "f:2:11: b[1]: 1_000 without quotes is another number for some YAML readers than for others;"
                                + " write the number in plain decimal digits, or text in quotes: \"1_000\"",
                        "f:4:4: d: the number 12345678901234567890 is out of range;"
                                + " put it in quotes if it is an identifier",
                        "f:5:4: e: .inf without quotes is another number for some YAML readers than for others;"
                                + " write the number in plain decimal digits, or text in quotes: \".inf\"");
    }

    @Test
    void stopsAtTwentyProblems() {
        String yaml = IntStream.range(0, 50).mapToObj(i -> "k" + i + ": 1").collect(Collectors.joining("\n"));
        assertThat(problems(Snapshot.class, yaml)).hasSize(Decoded.MAX_PROBLEMS);
    }

    @Test
    void tellsWhereTheSyntaxBreaksAndWhatWasWrongBefore() {
        assertThat(problems(Snapshot.class, "podz: 1\nnodes:\n\t- name: a\n"))
                .containsExactly(
                        "f:1:1: podz: unknown key; did you mean \"pods\"? allowed: nodes, pods",
                        "f:3:1: nodes: is not valid YAML: while scanning for the next token, found character"
                                + " '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation);"
                                + " indent with spaces, never with tabs");
        assertThat(problems(Object.class, "a: b: c\n"))
                .singleElement()
                .asString()
                .startsWith("f:1:5: ")
                .endsWith("quote a text that contains \": \", and check the indentation");
        assertThat(problems(Object.class, "a:\n  b: 1\n c: 2\n"))
                .singleElement()
                .asString()
                .startsWith("f:3:2: ")
                .endsWith("check the indentation of this line");
        assertThat(problems(Object.class, "{\"a\": 1,\n \"b\": }"))
                .singleElement()
                .asString()
                .startsWith("f:2:7: is not valid JSON: Unexpected character ('}'");
        assertThat(problems(Object.class, "{\"a\": [1, 2"))
                .containsExactly("f:1:12: a: the JSON ends before it is complete; check that the file is whole");
    }

    @Test
    void refusesAnchorsAliasesAndTags() {
        assertThat(problems(Object.class, "a: &x 1\nb: *x\n"))
                .containsExactly("f:1:4: a: uses the YAML anchor &x, which is not supported;"
                        + " write the value out at each place");
        assertThat(problems(Object.class, "a: *x\n"))
                .containsExactly("f:1:4: a: uses the YAML alias *x, which is not supported;"
                        + " write the value out at each place");
        assertThat(problems(Object.class, "a: !!java.lang.Thread []\n"))
                .containsExactly("f:1:4: a: uses the YAML tag !!java.lang.Thread, which is not supported;"
                        + " leave the tag out and quote the value if it is text");
    }

    @Test
    void refusesAnAliasBombAtItsFirstAnchor() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [" + before + ", " + before + "]\n");
        }
        assertThat(problems(Object.class, bomb.toString()))
                .singleElement()
                .asString()
                .startsWith("f:1:5: a0: uses the YAML anchor &a0");
    }

    @Test
    void refusesDeepNesting() {
        String deep = "nests deeper than 200 levels";
        for (Class<?> type : List.of(Object.class, Samples.Pod.class, Samples.Tree.class)) {
            assertThat(problems(type, "[".repeat(100_000))).anyMatch(problem -> problem.contains(deep));
            assertThat(problems(type, "{\"labels\":".repeat(100_000))).anyMatch(problem -> problem.contains(deep));
            assertThat(problems(type, "{labels: ".repeat(100_000))).anyMatch(problem -> problem.contains(deep));
            assertThat(problems(type, "- ".repeat(100_000))).anyMatch(problem -> problem.contains(deep));
        }
        assertThat(problems(Object.class, "[".repeat(200) + "]".repeat(200))).isEmpty();
        assertThat(problems(Object.class, "- ".repeat(200) + "x")).isEmpty();
    }

    @Test
    void refusesWhatIsNoDocument(@TempDir Path folder) {
        assertThat(problems(Object.class, "")).containsExactly("f: is empty; check that this is the right file");
        assertThat(problems(Object.class, "# nothing\n"))
                .singleElement()
                .asString()
                .startsWith("f: is empty");
        assertThat(problems(Object.class, "null")).singleElement().asString().startsWith("f: is empty");
        assertThat(problems(Object.class, "a: 1\n---\nb: 2\n"))
                .containsExactly("f:2:1: holds more than one document; keep one document per file");
        assertThat(problems(Object.class, "{} {}"))
                .containsExactly("f:1:4: holds more than one document; keep one document per file");
        Path missing = folder.resolve("missing.yaml");
        assertThat(CODEC.read(Object.class, Source.file(missing)).problems())
                .containsExactly(new Problem(missing.toString(), 0, 0, "", "there is no such file", "check the path"));
        byte[] latin = "a: \"caf\u00e9\"\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(CODEC.read(Object.class, Source.bytes("f", latin)).problems())
                .singleElement()
                .asString()
                .contains("is not UTF-8 text");
        assertThat(problems(Object.class, "a: \u0007\n"))
                .singleElement()
                .asString()
                .contains("U+0007");
        assertThat(problems(Object.class, "{\"a\": \"\\ud800\"}"))
                .singleElement()
                .asString()
                .startsWith("f:1:7: a: holds half a surrogate pair");
    }

    @Test
    void readsKeysInAnyOrderAndTheByteOrderMark() {
        Steps steps = CODEC.read(
                        Steps.class,
                        Source.text(
                                "f", "\ufeff---\nsteps:\n  - {params: {lasting: 2}, last: true, id: a, kind: wait}\n"))
                .value()
                .orElseThrow();
        assertThat(steps.steps().get(0).params()).isEqualTo(new Samples.WaitParams(Duration.ofSeconds(2)));
        String late = "acts:\n  - reasons: [{a: b}]\n    node: n\n    kind: cordon-node\n";
        assertThat(problems(Acts.class, late))
                .containsExactly("f:2:15: acts[0].reasons[0]: expected text, found an object; write text");
        Acts acts = CODEC.read(Acts.class, Source.text("f", late.replace("{a: b}", "c")))
                .value()
                .orElseThrow();
        assertThat(acts.acts()).containsExactly(new Samples.Act.Deeper.CordonNode("n", List.of("c")));
    }

    @Test
    void readsJsonBehindAByteOrderMarkAsJson() {
        Source json = Source.text("f", "\ufeff\n\t{\n\t\"a\": \"\\ud83d\\ude00\\/\"}");
        assertThat(CODEC.read(Object.class, json).value()).contains(Map.of("a", "😀/"));
    }

    @Test
    void findsProblemsInTreesByTheirPath() {
        assertThat(CODEC.fromTree(Pod.class, Map.of("name", 1), "options").problems())
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "options: name: expected text, found the number 1; write text",
                        "options: namespace: missing key; add it: text",
                        "options: node: missing key; add it: text");
    }
}
