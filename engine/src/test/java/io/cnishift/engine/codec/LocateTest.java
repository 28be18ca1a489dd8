package io.cnishift.engine.codec;

import static io.cnishift.engine.codec.Samples.CODEC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LocateTest {
    private static final Source YAML = Source.text("f", """
            # where things are
            nodes:
              - name: a
                labels: {kubernetes.io/os: linux, "a\\"b": x}
              - name: b
            pods:
              - name: p
                node: b
            """);

    @ParameterizedTest
    @CsvSource({
        "nodes, 3, 3",
        "nodes[1], 5, 5",
        "nodes[1].name, 5, 11",
        "pods[0].node, 8, 11",
        "pods[0].missing.deeper, 7, 5",
        "pods[9].node, 7, 3",
        "'', 2, 1",
    })
    void findsThePlaceOrTheNearestAround(String path, int line, int column) {
        assertThat(CODEC.locate(YAML, path)).isEqualTo(new Position(line, column));
    }

    @Test
    void findsQuotedKeysAsProblemsNameThem() {
        assertThat(CODEC.locate(YAML, "nodes[0].labels[\"kubernetes.io/os\"]")).isEqualTo(new Position(4, 32));
        assertThat(CODEC.locate(YAML, "nodes[0].labels[\"a\\\"b\"]")).isEqualTo(new Position(4, 47));
        DataPath path = new DataPath();
        path.enter("a");
        path.enter(3);
        path.enter("b\"c\\d");
        path.enter("e");
        assertThat(path).hasToString("a[3][\"b\\\"c\\\\d\"].e");
        assertThat(PathSteps.of(path.toString())).containsExactly("a", 3, "b\"c\\d", "e");
    }

    @Test
    void findsSeveralInJsonAtOnce() {
        Source json = Source.text("f", "{\"a\": [\n  1,\n  {\"b\": true}\n]}");
        assertThat(CODEC.locate(json, List.of("a[1].b", "a[0]", "c")))
                .containsEntry("a[1].b", new Position(3, 9))
                .containsEntry("a[0]", new Position(2, 3))
                .containsEntry("c", new Position(1, 1));
    }

    @Test
    void findsNothingInWhatCannotBeRead() {
        assertThat(CODEC.locate(Source.file(Path.of("no", "such.yaml")), "a")).isEqualTo(Position.NONE);
        assertThat(CODEC.locate(Source.text("f", "a: 1\nb: [\n"), "a")).isEqualTo(new Position(1, 4));
    }

    @Test
    void refusesWhatIsNoPath() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CODEC.locate(YAML, "a..b"))
                .withMessage("not a path: \"a..b\", see its character 2");
    }
}
