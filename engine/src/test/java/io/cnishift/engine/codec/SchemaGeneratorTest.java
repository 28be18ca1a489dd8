package io.cnishift.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.engine.codec.Samples.Everything;
import io.cnishift.engine.codec.Samples.Steps;
import io.cnishift.engine.codec.Samples.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SchemaGeneratorTest {
    private final SchemaGenerator generator = new SchemaGenerator(Samples.CODEC);

    /** A second Node, so that the simple name alone would not do. */
    record Node(List<Samples.Node> others, Other.Node inner) {}

    static final class Other {
        record Node(boolean leaf) {}

        private Other() {}
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> definitions(Class<?> root, Style style) {
        Source schema = Source.text("schema", generator.schema(root, style));
        Map<String, Object> tree = (Map<String, Object>)
                Samples.CODEC.read(Object.class, schema).value().orElseThrow();
        return (Map<String, Object>) tree.get("$defs");
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void hasTheTextOfTheGoldenFile(Style style) {
        String name = "everything." + style.name().toLowerCase(Locale.ROOT) + ".schema.json";
        Golden.assertEqual(name, generator.schema(Everything.class, style));
    }

    private static Object written(Everything value, Style style) {
        return Objects.requireNonNull(Samples.CODEC.toTree(Everything.class, value, style));
    }

    private List<String> complaints(Style style, Object value) {
        Source schema = Source.text("schema", generator.schema(Everything.class, style));
        return SchemaCheck.complaints(
                Samples.CODEC.read(Map.class, schema).value().orElseThrow(), value);
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void describesWhatIsWritten(Style style) {
        assertThat(complaints(style, written(Samples.full(), style))).isEmpty();
        assertThat(complaints(style, written(Samples.empty(), style))).isEmpty();
    }

    @Test
    @SuppressWarnings("unchecked")
    void doesNotDescribeAnythingElse() {
        assertThat(complaints(Style.RESULT, written(Samples.empty(), Style.DOCUMENT)))
                .contains("$: flag is missing", "$: maybe is missing");
        Map<String, Object> odd = new LinkedHashMap<>((Map<String, Object>) written(Samples.full(), Style.RESULT));
        odd.put("more", 1);
        odd.put("whole", "1");
        odd.put("mode", "sideways");
        odd.put("byMode", Map.of("of", List.of()));
        odd.put("act", Map.of("kind", "cordon-node"));
        odd.put("names", List.of("a", "a"));
        odd.put("at", "2026-11-21T08:00:00+01:00");
        assertThat(complaints(Style.RESULT, odd)).hasSize(7);
    }

    @Test
    void comesToAnEndForRecordsThatContainThemselves() {
        assertThat(definitions(Tree.class, Style.DOCUMENT)).containsOnlyKeys("Tree");
        assertThat(generator.schema(Tree.class, Style.DOCUMENT)).containsOnlyOnce("\"properties\"");
    }

    @Test
    void tellsClassesOfOneSimpleNameApart() {
        assertThat(definitions(Node.class, Style.RESULT))
                .containsOnlyKeys("SchemaGeneratorTest.Node", "SchemaGeneratorTest.Other.Node", "Samples.Node");
    }

    @Test
    void describesListsAndOpenTypes() {
        assertThat(generator.listSchema(Steps.class, Style.RESULT))
                .contains("\"type\": \"array\",\n  \"items\": {\n    \"$ref\": \"#/$defs/Steps\"")
                .contains("\"params\": {\n          \"type\": \"object\"\n        }");
    }

    @Test
    void agreesWithTheReaderOnWhatIsRequired() {
        for (String missing : List.of("text", "at", "lasting", "mode", "block", "any", "act")) {
            assertThat(Samples.CODEC
                            .read(Everything.class, Source.text("m", "{}"))
                            .problems())
                    .anyMatch(problem ->
                            problem.path().equals(missing) && problem.message().equals("missing key"));
            assertThat(required(Style.DOCUMENT)).contains(missing);
        }
        assertThat(required(Style.DOCUMENT)).hasSize(7);
        assertThat(required(Style.RESULT)).hasSize(Everything.class.getRecordComponents().length);
    }

    private List<Object> required(Style style) {
        Map<?, ?> everything = (Map<?, ?>) definitions(Everything.class, style).get("Everything");
        return List.copyOf((List<?>) everything.get("required"));
    }
}
