package io.cnishift.engine.codec;

import static io.cnishift.engine.codec.Samples.CODEC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.cnishift.engine.codec.Samples.Act;
import io.cnishift.engine.codec.Samples.Everything;
import io.cnishift.engine.codec.Samples.LabelParams;
import io.cnishift.engine.codec.Samples.Pod;
import io.cnishift.engine.codec.Samples.Step;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CanonicalFormTest {
    @ParameterizedTest
    @CsvSource({
        "everything.document.yaml, YAML, DOCUMENT",
        "everything.result.yaml, YAML, RESULT",
        "everything.document.json, JSON, DOCUMENT",
        "everything.result.json, JSON, RESULT",
    })
    void hasTheBytesOfTheGoldenFile(String file, Format format, Style style) {
        Golden.assertEqual(file, CODEC.text(Everything.class, Samples.full(), format, style));
    }

    @ParameterizedTest
    @CsvSource({"empty.document.yaml, YAML, DOCUMENT", "empty.result.json, JSON, RESULT"})
    void leavesZeroValuesOutOfDocumentsOnly(String file, Format format, Style style) {
        Golden.assertEqual(file, CODEC.text(Everything.class, Samples.empty(), format, style));
    }

    @Test
    void writesTheSameBytesForAnyOrderOfMapsAndSets() {
        Pod one = new Pod("a", "b", "c", Map.of("x", "1", "k", "2", "z", "3", "w", "4"), Optional.empty());
        Map<String, String> other = new LinkedHashMap<>();
        List.of("z", "k", "x", "w").forEach(key -> other.put(key, one.labels().get(key)));
        Pod two = new Pod("a", "b", "c", other, Optional.empty());
        assertThat(CODEC.text(Pod.class, one, Format.YAML, Style.DOCUMENT))
                .isEqualTo(CODEC.text(Pod.class, two, Format.YAML, Style.DOCUMENT))
                .containsSubsequence("k:", "w:", "x:", "z:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "two words",
                "a-b_c",
                "kubernetes.io/os",
                "10.0.0.1",
                "10.0.0.0/16",
                "100m",
                "4Gi",
                "30s",
                "arn:aws:eks:ap-south-1:123456789012:cluster/x",
                "ip-10-0-0-1.ec2.internal",
                "v1.35",
                "a,b",
                "don't",
                "http://x:80/y?z=1",
                "/var/run",
                "nothing",
                "once",
                "yesterday",
                "nullable",
                "true story",
                "34e8de32-5a1d-45bf-a453-fffe1b7444a5",
                "eks:NAME"
            })
    void writesPlainTextWithoutQuotes(String text) {
        assertThat(CODEC.text(Object.class, text, Format.YAML, Style.DOCUMENT)).isEqualTo(text + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.35",
                "on",
                "Off",
                "YES",
                "n",
                "null",
                "~",
                "true",
                "0123",
                "1e5",
                "0x1F",
                "1_000",
                "1:30",
                ".5",
                "+1",
                "2026-11-21",
                "2026-11-21T00:00:00Z",
                "-",
                "- a",
                "a: b",
                "a:",
                "# a",
                "a #b",
                " a",
                "a ",
                "",
                "*",
                "&a",
                "!a",
                "%a",
                "@a",
                "[a]",
                "{a}",
                "|",
                ">",
                "'a'",
                "=",
                "<<",
                "---",
                "...",
                "123456789012",
                "0o17",
                "nan",
                ".inf",
                "é",
                "1.2.3"
            })
    void quotesTextThatSomeReaderCouldTakeForSomethingElse(String text) {
        assertThat(CODEC.text(Object.class, text, Format.YAML, Style.DOCUMENT)).isEqualTo("\"" + text + "\"\n");
    }

    @Test
    void quotesKeysByTheSameRule() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("on", 1);
        map.put("1.35", Map.of("10.0.0.1", 2));
        assertThat(CODEC.text(Object.class, map, Format.YAML, Style.DOCUMENT))
                .isEqualTo("\"on\": 1\n\"1.35\":\n  10.0.0.1: 2\n");
    }

    @Test
    void writesSeveralLinesAsBlockWhereNothingIsLost() {
        assertThat(CODEC.text(Object.class, Map.of("a", "x\n  y: 1\n\n# z\n"), Format.YAML, Style.DOCUMENT))
                .isEqualTo("a: |\n  x\n    y: 1\n\n  # z\n");
        assertThat(CODEC.text(Object.class, List.of("x\ny"), Format.YAML, Style.DOCUMENT))
                .isEqualTo("- |-\n  x\n  y\n");
        assertThat(CODEC.text(Object.class, List.of("x \ny"), Format.YAML, Style.DOCUMENT))
                .isEqualTo("- \"x \\ny\"\n");
    }

    @Test
    void nestsListsInLists() {
        Object tree = List.of(List.of(1, List.of(2, 3)), Map.of("a", List.of(List.of(), Map.of())), List.of());
        assertThat(CODEC.text(Object.class, tree, Format.YAML, Style.DOCUMENT))
                .isEqualTo("- - 1\n  - - 2\n    - 3\n- a:\n    - []\n    - {}\n- []\n");
    }

    @Test
    void writesKindFirst() {
        Act act = new Act.Deeper.CordonNode("m", List.of());
        assertThat(CODEC.text(Act.class, act, Format.YAML, Style.DOCUMENT)).isEqualTo("kind: cordon-node\nnode: m\n");
        assertThat(CODEC.text(Act.class, new Act.Quit(), Format.JSON, Style.DOCUMENT))
                .isEqualTo("{\n  \"kind\": \"quit\"\n}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "CordonNode, cordon-node",
        "Quit, quit",
        "HTTPRoute, http-route",
        "UseV2Api, use-v2-api",
        "DropENI, drop-eni"
    })
    void namesKindsInKebabCase(String simpleName, String kind) {
        assertThat(SealedShape.kebab(simpleName)).isEqualTo(kind);
    }

    @Test
    void leavesTheStreamOpen() {
        boolean[] closed = {false};
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        for (Format format : Format.values()) {
            CODEC.write(Act.class, new Act.Quit(), format, Style.RESULT, out);
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("kind: quit\n{\n  \"kind\": \"quit\"\n}\n{\"kind\":\"quit\"}\n");
        assertThat(closed[0]).isFalse();
    }

    @Test
    void refusesWhatHasNoWrittenForm() {
        assertThatNullPointerException()
                .isThrownBy(() -> CODEC.text(
                        Pod.class, new Pod("a", "b", null, Map.of(), Optional.empty()), Format.YAML, Style.DOCUMENT))
                .withMessageContaining("node");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CODEC.text(Object.class, Map.of("a", 1.0f), Format.YAML, Style.DOCUMENT))
                .withMessage("a: a raw tree cannot hold a java.lang.Float");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CODEC.text(Object.class, Double.NaN, Format.JSON, Style.DOCUMENT));
        for (Format format : Format.values()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CODEC.text(Object.class, List.of("\ud800"), format, Style.DOCUMENT));
        }
    }

    @Test
    void refusesParametersOfAnotherKind() {
        Step wrong = new Step("a", "wait", new LabelParams("x", List.of()), false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CODEC.text(Step.class, wrong, Format.YAML, Style.DOCUMENT))
                .withMessageContaining("params: \"wait\" goes with")
                .withMessageContaining("LabelParams");
    }

    @Test
    void refusesOpenTypesThatNameNoComponent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Codec.builder().openType(Step.class, "sort", "params", kind -> Optional.empty()))
                .withMessageEndingWith("Samples$Step is no record with a component sort");
    }

    @Test
    void refusesTypesThatHaveNoForm() {
        record Odd(Optional<Thread> thread) {}
        record OddSet(Set<Pod> pods) {}
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CODEC.read(Odd.class, Source.text("m", "{}")))
                .withMessage("Odd.thread: java.lang.Thread has no written form");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CODEC.read(OddSet.class, Source.text("m", "{}")))
                .withMessageContaining("OddSet.pods: a set holds text-like values or whole numbers");
    }
}
