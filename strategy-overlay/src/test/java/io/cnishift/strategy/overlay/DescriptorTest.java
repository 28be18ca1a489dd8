package io.cnishift.strategy.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.engine.plan.OptionDoc;
import io.cnishift.engine.plan.OptionForm;
import io.cnishift.engine.plan.StrategyBook;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What both strategies say about themselves. */
final class DescriptorTest {

    private final OptionForm form = new OptionForm(Clusters.CODEC);

    static Stream<MigrationStrategy> strategies() {
        return Stream.of(new OverlayStrategy(), new EniStrategy());
    }

    @Test
    void isFoundByServiceLoader() {
        StrategyBook book = StrategyBook.load(DescriptorTest.class.getClassLoader());
        assertThat(book.find("overlay")).isPresent();
        assertThat(book.find("eni")).isPresent();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void documentsEveryOptionInAFullSentence(MigrationStrategy strategy) {
        List<OptionDoc> options = form.describe(strategy.descriptor().options());
        assertThat(options).isNotEmpty();
        assertThat(options).allSatisfy(o -> {
            assertThat(o.description()).matches("[A-Z].*\\.");
            assertThat(o.example()).isNotBlank();
            assertThat(o.required()).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void takesTheExampleOfEveryOption(MigrationStrategy strategy) {
        Class<? extends Record> type = strategy.descriptor().options();
        for (OptionDoc option : form.describe(type)) {
            String name = option.name().replace(".NAME", "");
            Object value = option.name().endsWith(".NAME") ? Map.of("workers", option.example()) : option.example();
            assertThat(form.decode(type, Map.of(name, value), "test").problems())
                    .as(name)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void explainsEveryCodeInFullSentences(MigrationStrategy strategy) {
        StrategyDescriptor descriptor = strategy.descriptor();
        assertThat(descriptor.codes()).isNotEmpty().allSatisfy((code, text) -> {
            assertThat(code).matches("(OVL|ENI|CILIUM)-[A-Z0-9]+(-[A-Z0-9]+)*");
            assertThat(text).matches("(?s)\\S.*\\.");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "podCidr, 10.244.0.1/16",
        "podCidr, fd00::/64",
        "ciliumVersion, 1.17",
        "hybrid, both",
        "maxPods, 0",
        "maxPods, many",
        "maxUnavailable, 0",
        "imdsHopLimit, 65",
        "drainTimeout, 0",
        "singletons, kill",
        "deleteEmptyDirData, perhaps",
        "kubeProxyReplacement, true",
        "colour, blue",
    })
    void refusesWhatNoClusterCanMakeRight(String option, String value) {
        assertThat(form.decode(OverlayOptions.class, Map.of(option, value), "test")
                        .problems())
                .isNotEmpty();
    }

    @Test
    void refusesANegativeSurge() {
        assertThat(form.decode(OverlayOptions.class, Map.of("surge", Map.of("workers", "-1")), "test")
                        .problems())
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("surge.workers is 0 or more"));
    }

    @Test
    void statesInAPlanWhatWasChosen() {
        Map<String, Object> options = Clusters.minnieWallace()
                .option("surge", Map.of("workers", 2))
                .option("maxPods", 40)
                .planned()
                .options();
        assertThat(options)
                .containsEntry("surge", Map.of("workers", 2))
                .containsEntry("maxPods", 40)
                .containsEntry("drainTimeout", 900)
                .containsEntry("ciliumVersion", "1.20.0")
                .doesNotContainKey("chart");
        assertThat(form.decode(OverlayOptions.class, options, "plan").problems())
                .as("and can be read back")
                .isEmpty();
    }

    @Test
    void reportsNoCodeThatItDoesNotExplain() {
        for (MigrationStrategy strategy : strategies().toList()) {
            for (Clusters cluster : List.of(Clusters.minnieWallace(), Clusters.govcloud(), Clusters.clean())) {
                assertThat(cluster.assess(strategy).findings())
                        .extracting(Finding::code)
                        .allSatisfy(
                                c -> assertThat(strategy.descriptor().codes()).containsKey(c));
            }
        }
    }
}
