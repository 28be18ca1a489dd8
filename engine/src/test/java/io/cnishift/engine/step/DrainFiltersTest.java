package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.step.RollNodes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DrainFiltersTest {

    private static RollNodes params(boolean emptyDir, boolean bare, String... consented) {
        return new RollNodes(
                "a",
                "b",
                1,
                1,
                Map.of(),
                RollNodes.Singletons.ROLLOUT,
                emptyDir,
                bare,
                List.of(consented),
                "",
                List.of(),
                Optional.empty(),
                0,
                "",
                600,
                List.of(),
                1,
                false,
                List.of(),
                List.of(),
                RollNodes.Extent.ALL);
    }

    private static MakePod owned() {
        return Make.pod("web", "x").of("api");
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                Arguments.of("an owned pod", owned(), false, false, "MOVE"),
                Arguments.of(
                        "a pod being deleted, whatever else",
                        owned().terminating().volume("emptyDir", ""),
                        false,
                        false,
                        "LEAVING"),
                Arguments.of(
                        "a DaemonSet's pod",
                        Make.pod("kube-system", "x").ownedBy("DaemonSet", "agent"),
                        false,
                        false,
                        "STAY"),
                Arguments.of(
                        "a DaemonSet's pod with an emptyDir",
                        Make.pod("kube-system", "x")
                                .ownedBy("DaemonSet", "agent")
                                .volume("emptyDir", ""),
                        false,
                        false,
                        "STAY"),
                Arguments.of(
                        "a finished DaemonSet's pod",
                        Make.pod("kube-system", "x")
                                .ownedBy("DaemonSet", "agent")
                                .phase(Pod.Phase.FAILED),
                        false,
                        false,
                        "MOVE"),
                Arguments.of(
                        "a pod whose DaemonSet is gone",
                        Make.pod("kube-system", "x").ownedBy("DaemonSet", "gone"),
                        false,
                        false,
                        "REFUSED"),
                Arguments.of(
                        "the same, forced",
                        Make.pod("kube-system", "x").ownedBy("DaemonSet", "gone"),
                        false,
                        true,
                        "MOVE"),
                Arguments.of(
                        "a mirror pod without controller",
                        Make.pod("kube-system", "x").mirror(),
                        false,
                        false,
                        "STAY"),
                Arguments.of(
                        "a mirror pod with an emptyDir",
                        Make.pod("kube-system", "x").mirror().volume("emptyDir", ""),
                        false,
                        false,
                        "STAY"),
                Arguments.of("an emptyDir", owned().volume("emptyDir", ""), false, false, "REFUSED"),
                Arguments.of("an emptyDir that may go", owned().volume("emptyDir", ""), true, false, "MOVE"),
                Arguments.of(
                        "a finished pod with an emptyDir",
                        owned().volume("emptyDir", "").phase(Pod.Phase.SUCCEEDED),
                        false,
                        false,
                        "MOVE"),
                Arguments.of("a host path is no local storage", owned().volume("hostPath", ""), false, false, "MOVE"),
                Arguments.of("a bare pod", Make.pod("web", "x"), false, false, "REFUSED"),
                Arguments.of("a bare pod that may go", Make.pod("web", "x"), false, true, "MOVE"),
                Arguments.of(
                        "a finished bare pod", Make.pod("web", "x").phase(Pod.Phase.SUCCEEDED), false, false, "MOVE"),
                Arguments.of(
                        "a bare pod with emptyDir, forced",
                        Make.pod("web", "x").volume("emptyDir", ""),
                        false,
                        true,
                        "REFUSED"));
    }

    @Test
    void movesWithALossOnlyWhatWasConsentedTo() {
        View view = Scene.of(
                        Make.workload("DaemonSet", "kube-system", "agent", 1).build())
                .view();
        DrainFilters filters = new DrainFilters(view, params(false, false, "Job/web/seed", "Pod/web/bare"), List.of());
        MakePod seed = Make.pod("web", "seed-x").ownedBy("Job", "seed").volume("emptyDir", "");
        MakePod later = Make.pod("web", "later-x").ownedBy("Job", "later").volume("emptyDir", "");

        assertThat(filters.of(seed.build())).isEqualTo(DrainFilters.Decision.MOVE);
        assertThat(filters.of(Make.pod("web", "bare").volume("emptyDir", "").build()))
                .isEqualTo(DrainFilters.Decision.MOVE);
        assertThat(filters.of(later.build()).reason()).contains("emptyDir");
        assertThat(filters.of(Make.pod("web", "other").build()).reason()).contains("no controller");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void decidesAsKubectlDoes(String description, MakePod pod, boolean emptyDir, boolean bare, String kind) {
        Scene scene =
                Scene.of(Make.workload("DaemonSet", "kube-system", "agent", 1).build());
        DrainFilters.Decision decision =
                new DrainFilters(scene.view(), params(emptyDir, bare), List.of()).of(pod.build());
        assertThat(decision.kind()).as(description).hasToString(kind);
        if (decision.kind() == DrainFilters.Decision.Kind.REFUSED) {
            assertThat(decision.remedy()).contains("=true");
        }
    }
}
