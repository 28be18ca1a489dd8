package io.cnishift.strategy.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.plan.PlanFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole plan of each bundled cluster, word for word; {@code -Dgolden.update} rewrites the files. */
final class GoldenPlanTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/cnishift/strategy/overlay/golden");

    private final PlanFiles files = new PlanFiles(Clusters.CODEC);

    @ParameterizedTest
    @ValueSource(strings = {"minnie-wallace", "govcloud-26", "clean-cluster"})
    void plansAsReviewed(String cluster) throws IOException {
        String text = files.text(planned(cluster));
        Path golden = FOLDER.resolve(cluster + ".plan.yaml");
        if (System.getProperty("golden.update") != null) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, text, StandardCharsets.UTF_8);
        }
        assertThat(text).isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"minnie-wallace", "govcloud-26", "clean-cluster"})
    void readsBackWhatItWrote(String cluster) {
        MigrationPlan plan = planned(cluster);
        String text = files.text(plan);
        MigrationPlan read = files.read(Source.text(cluster, text)).value().orElseThrow();
        assertThat(read).isEqualTo(plan);
        assertThat(files.text(read)).isEqualTo(text);
    }

    private static MigrationPlan planned(String cluster) {
        return Clusters.named(cluster).plan().fold(PlanResult.Planned::plan, refused -> {
            throw new AssertionError(refused.findings());
        });
    }
}
