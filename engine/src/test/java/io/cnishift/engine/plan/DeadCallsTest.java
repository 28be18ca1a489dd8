package io.cnishift.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.ControlPlaneCall;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.ViewFeed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeadCallsTest {

    private static final Map<String, Object> EVERYWHERE = Map.of();

    private final ViewFeed feed = new ViewFeed();

    DeadCallsTest() {
        feed.apply(Change.of(KubeProjection.namespace(Map.of("metadata", Map.of("name", "web", "uid", "u")))));
    }

    @Test
    void aWebhookThatNobodyAnswersStopsThePlan() {
        webhook("daemonsets", true, EVERYWHERE);
        assertThat(findings()).singleElement().satisfies(f -> {
            assertThat(f.code()).isEqualTo("PLAN-DEAD-WEBHOOK");
            assertThat(f.subject()).isEqualTo("validating webhook guard/guard.example");
            assertThat(f.message()).startsWith("there is no Service web/guard");
            assertThat(f.stops()).isTrue();
        });

        feed.apply(Change.of(KubeProjection.service(Map.of("metadata", Map.of("namespace", "web", "name", "guard")))));
        assertThat(findings())
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("no ready pod"));
    }

    @Test
    void oneThatFailsOpenOrIsAskedAboutOtherThingsOrElsewhereDoesNot() {
        webhook("daemonsets", false, EVERYWHERE);
        assertThat(findings()).isEmpty();
        webhook("certificates", true, EVERYWHERE);
        assertThat(findings()).isEmpty();
        webhook("pods", true, Map.of("matchLabels", Map.of("inject", "enabled")));
        assertThat(findings()).isEmpty();
    }

    @Test
    void whereServicesAreNotReadNobodyKnowsThatOneIsGone() {
        webhook("pods", true, EVERYWHERE);
        assertThat(DeadCalls.findings(List.of(new Unknown(Part.SERVICES, "", "forbidden", "allow it")), feed.view()))
                .isEmpty();
    }

    private List<Finding> findings() {
        return DeadCalls.findings(List.of(), feed.view());
    }

    private void webhook(String resource, boolean closed, Map<String, Object> namespaces) {
        feed.apply(Change.of(new ControlPlaneCall(
                ControlPlaneCall.Kind.VALIDATING,
                "guard/guard.example",
                Optional.of("web/guard"),
                443,
                Optional.empty(),
                closed,
                10,
                List.of(new ControlPlaneCall.Rule(List.of("*"), List.of(resource), List.of("*"))),
                namespaces,
                false)));
    }
}
