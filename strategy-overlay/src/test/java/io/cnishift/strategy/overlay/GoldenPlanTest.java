package io.cnishift.strategy.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Assessment;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Style;
import io.cnishift.engine.plan.PlanFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plan and assessment of each bundled cluster, word for word; {@code -Dgolden.update} rewrites the files. */
final class GoldenPlanTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/cnishift/strategy/overlay/golden");

    private final PlanFiles files = new PlanFiles(Clusters.CODEC);

    @ParameterizedTest
    @ValueSource(strings = {"minnie-wallace", "govcloud-26", "govcloud-26-full", "clean-cluster"})
    void plansAsReviewed(String cluster) throws IOException {
        assertGolden(cluster + ".plan.yaml", files.text(planned(cluster)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"minnie-wallace", "govcloud-26", "govcloud-26-full", "govcloud-26-stuck", "clean-cluster"})
    void assessesAsReviewed(String cluster) throws IOException {
        assertGolden(cluster + ".assessment.yaml", assessed(cluster, new OverlayStrategy()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"minnie-wallace", "govcloud-26", "clean-cluster"})
    void readsBackWhatItWrote(String cluster) {
        MigrationPlan plan = planned(cluster);
        String text = files.text(plan);
        MigrationPlan read = files.read(cluster, text.getBytes(StandardCharsets.UTF_8))
                .value()
                .orElseThrow();
        assertThat(read).isEqualTo(plan);
        assertThat(files.text(read)).isEqualTo(text);
    }

    @Test
    void plansAndAssessesWithInterfacesAsReviewed() throws IOException {
        Clusters cluster = Clusters.minnieWallace();
        MigrationPlan plan = cluster.plan(new EniStrategy()).fold(PlanResult.Planned::plan, refused -> {
            throw new AssertionError(refused.findings());
        });
        assertGolden("minnie-wallace.eni.plan.yaml", files.text(plan));
        assertGolden("govcloud-26.eni.assessment.yaml", assessed("govcloud-26", new EniStrategy()));
    }

    private static String assessed(String cluster, MigrationStrategy strategy) {
        return Clusters.CODEC.text(
                Assessment.class, Clusters.named(cluster).assess(strategy), Format.YAML, Style.DOCUMENT);
    }

    private static MigrationPlan planned(String cluster) {
        return Clusters.named(cluster).plan().fold(PlanResult.Planned::plan, refused -> {
            throw new AssertionError(refused.findings());
        });
    }

    private static void assertGolden(String name, String text) throws IOException {
        Path golden = FOLDER.resolve(name);
        if (System.getProperty("golden.update") != null) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, text, StandardCharsets.UTF_8);
        }
        assertThat(text).isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
    }
}
