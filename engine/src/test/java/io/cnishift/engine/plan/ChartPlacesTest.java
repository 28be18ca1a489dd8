package io.cnishift.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.Assessment;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.plan.PublishesCharts;
import io.cnishift.api.plan.Target;
import io.cnishift.api.step.InstallOnSecond;
import io.cnishift.api.step.InstallRelease;
import io.cnishift.api.step.NamesCharts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChartPlacesTest {

    private static final String PUBLISHED = "https://charts.example.org/cni";

    @Test
    void thePublishedChartNeedsNoWord() {
        List<ChartPlaces.Place> places = places(PUBLISHED, PUBLISHED);
        assertThat(places).containsExactly(new ChartPlaces.Place("step-0", PUBLISHED, "charts.example.org", true));
        assertThatCode(() -> ChartPlaces.require(places, List.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example.net/cni, evil.example.net",
        "https://charts.example.org/other, charts.example.org",
        "https://charts.example.org@evil.example.net/cni, evil.example.net",
        "oci://registry.example.net:5000/a/cni, registry.example.net:5000",
        "/etc/passwd, file",
        "./cni, file",
        "file:///etc/passwd, file",
        "gs://bucket/cni, file",
        "https:///cni, file"
    })
    void anyOtherPlaceHasToBeAllowedByName(String chart, String host) {
        List<ChartPlaces.Place> places = places(PUBLISHED, chart);
        assertThatThrownBy(() -> ChartPlaces.require(places, List.of("other.example.net")))
                .hasMessageContaining(chart)
                .hasMessageContaining("step step-1");
        assertThatCode(() -> ChartPlaces.require(places, List.of(host))).doesNotThrowAnyException();
    }

    @Test
    void aChartOfASecondClusterIsAskedForToo() {
        InstallOnSecond there = new InstallOnSecond("kube-system", "cni", "/etc/passwd", "1.0.0", Map.of());
        assertThat(places(List.of(Step.of("there", "install-on-second", there, "", List.of(), ""))))
                .containsExactly(new ChartPlaces.Place("there", "/etc/passwd", ChartPlaces.FILE, false));
    }

    @Test
    void aKindOfItsOwnThatWorksOnReleasesIsAskedToo() {
        Both both = new Both(List.of(PUBLISHED, "oci://registry.example.net/cni"));
        assertThat(places(List.of(Step.of("both", "both", both, "", List.of(), ""))))
                .extracting(ChartPlaces.Place::host)
                .containsExactly("charts.example.org", "registry.example.net");
    }

    private record Both(List<String> charts) implements NamesCharts {}

    private static List<ChartPlaces.Place> places(String... charts) {
        List<Step> steps = new ArrayList<>();
        for (String chart : charts) {
            InstallRelease params =
                    new InstallRelease("kube-system", "cni", chart, "1.0.0", Map.of(), List.of(), List.of());
            steps.add(Step.of("step-" + steps.size(), "install-release", params, "", List.of(), ""));
        }
        return places(steps);
    }

    private static List<ChartPlaces.Place> places(List<Step> steps) {
        Target target = new Target("sim:a", "a", "1", "arn", "r", "uid");
        MigrationPlan plan = new MigrationPlan(
                1,
                "s",
                target,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Phase("install", steps)),
                Optional.empty());
        return ChartPlaces.of(plan, new Publisher());
    }

    private static final class Publisher implements MigrationStrategy, PublishesCharts {
        @Override
        public List<String> charts() {
            return List.of(PUBLISHED);
        }

        @Override
        public StrategyDescriptor descriptor() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Assessment assess(Request request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PlanResult plan(Request request) {
            throw new UnsupportedOperationException();
        }
    }
}
