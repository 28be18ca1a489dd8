package io.cnishift.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.engine.codec.Samples.Everything;
import io.cnishift.engine.codec.Samples.Steps;
import io.cnishift.engine.codec.Samples.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
