package io.cnishift.engine.codec;

import static io.cnishift.engine.codec.Samples.CODEC;
import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.engine.codec.Samples.Act;
import io.cnishift.engine.codec.Samples.Acts;
import io.cnishift.engine.codec.Samples.Everything;
import io.cnishift.engine.codec.Samples.LabelParams;
import io.cnishift.engine.codec.Samples.Step;
import io.cnishift.engine.codec.Samples.Steps;
import io.cnishift.engine.codec.Samples.WaitParams;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RoundTripTest {
    private record Form(Format format, Style style) {}

    static Stream<Form> forms() {
        return Arrays.stream(Format.values())
                .flatMap(format -> Arrays.stream(Style.values()).map(style -> new Form(format, style)));
    }

    private static <T> void assertRoundTrip(Class<T> type, T value, Form form) {
        String text = CODEC.text(type, value, form.format(), form.style());
        Decoded<T> read = CODEC.read(type, Source.text("memory", text));
        assertThat(read.problems()).as(text).isEmpty();
        assertThat(read.value()).as(text).contains(value);
        String again = CODEC.text(type, read.value().orElseThrow(), form.format(), form.style());
        assertThat(again).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void keepsEveryType(Form form) {
        assertRoundTrip(Everything.class, Samples.full(), form);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void keepsEmptyValues(Form form) {
        assertRoundTrip(Everything.class, Samples.empty(), form);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void keepsSealedAndOpenTypes(Form form) {
        assertRoundTrip(
                Acts.class, new Acts(List.of(new Act.Quit(), new Act.Deeper.CordonNode("n", List.of("a")))), form);
        Steps steps = new Steps(List.of(
                new Step("a", "wait", new WaitParams(Duration.ofSeconds(3)), false),
                new Step("b", "label", new LabelParams("x", List.of()), true)));
        assertRoundTrip(Steps.class, steps, form);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void keepsGeneratedTrees(Form form) {
        Random random = new Random(20_261_121);
        for (int i = 0; i < 400; i++) {
            assertRoundTrip(Object.class, Collections.singletonList(NastyValues.tree(random, 4)), form);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void keepsNastyTextInEveryPlace(Form form) {
        Random random = new Random(7);
        Stream<String> generated =
                Stream.generate(() -> NastyValues.text(random)).limit(800);
        List<String> texts =
                Stream.concat(NastyValues.TEXTS.stream(), generated).toList();
        for (String text : texts) {
            assertRoundTrip(Object.class, List.of(text, List.of(text)), form);
            Map<String, Object> map = new LinkedHashMap<>();
            map.put(text, text);
            map.put(text + "2", Map.of(text, List.of(text)));
            assertRoundTrip(Object.class, List.of(map), form);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void keepsEveryDouble(Form form) {
        Random random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertRoundTrip(Object.class, value, form);
            }
        }
        for (double value :
                new double[] {-0.0, Double.MIN_VALUE, Double.MAX_VALUE, 2.0e-3, Double.parseDouble("1e23"), 100}) {
            assertRoundTrip(Object.class, value, form);
        }
    }

    @Test
    void keepsTextAsWholeYamlDocument() {
        for (String text : NastyValues.TEXTS) {
            assertRoundTrip(Object.class, text, new Form(Format.YAML, Style.DOCUMENT));
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void keepsEveryDuration(Form form) {
        for (long nanos : new long[] {0, 1, -1, 999_999_999, 1_500_000_000, -1_500_000_000, 3_600_000_000_000L}) {
            assertRoundTrip(WaitParams.class, new WaitParams(Duration.ofNanos(nanos)), form);
        }
        assertRoundTrip(WaitParams.class, new WaitParams(Duration.ofSeconds(999_999_999_999L, 1)), form);
    }

    @Test
    void keepsVeryLongKeys() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("k".repeat(3000), Map.of("a", List.of(1)));
        map.put("m".repeat(999), List.of());
        map.put("\n".repeat(900), 5);
        for (Format format : Format.values()) {
            assertRoundTrip(Object.class, List.of(map, map), new Form(format, Style.DOCUMENT));
        }
    }

    @Test
    void treeHasWhatTextHas() {
        Object tree = CODEC.toTree(Everything.class, Samples.full(), Style.DOCUMENT);
        String text = CODEC.text(Everything.class, Samples.full(), Format.YAML, Style.DOCUMENT);
        assertThat(CODEC.read(Object.class, Source.text("memory", text)).value())
                .contains(tree);
        assertThat(CODEC.fromTree(Everything.class, tree, "tree").value()).contains(Samples.full());
    }

    @Test
    void writesLists() {
        List<Act> acts = List.of(new Act.Quit());
        String text = CODEC.listText(Act.class, acts, Format.JSON_LINE, Style.RESULT);
        assertThat(text).isEqualTo("[{\"kind\":\"quit\"}]\n");
    }
}
