package io.cnishift.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.StepKinds;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored or printed of the api has a written form, so a new component of an odd type is noticed here. */
final class ApiFormsTest {
    private final Codec codec = Codec.builder()
            .openType(
                    MigrationPlan.Step.class,
                    "kind",
                    "params",
                    kind -> StepKinds.all().stream()
                            .filter(params -> StepKinds.id(params).equals(kind))
                            .findFirst())
            .build();

    static Stream<Class<?>> written() {
        Stream<Class<?>> roots = Stream.of(
                ClusterSnapshot.class,
                MigrationPlan.class,
                Act.class,
                ActResult.class,
                Progress.Entry.class,
                Finding.class,
                Assessment.class);
        return Stream.concat(roots, StepKinds.all().stream());
    }

    @ParameterizedTest
    @MethodSource("written")
    void hasAWrittenForm(Class<?> type) {
        for (Style style : Style.values()) {
            String schema = new SchemaGenerator(codec).schema(type, style);
            Map<?, ?> tree =
                    codec.read(Map.class, Source.text("schema", schema)).value().orElseThrow();
            assertThat(tree.get("$ref")).isEqualTo("#/$defs/" + type.getSimpleName());
            assertThat((Map<?, ?>) tree.get("$defs"))
                    .extracting(Map::keySet)
                    .asString()
                    .contains(type.getSimpleName());
        }
    }
}
