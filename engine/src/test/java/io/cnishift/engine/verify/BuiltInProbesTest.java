package io.cnishift.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Probe;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.CiliumEndpoint;
import io.cnishift.api.cluster.CiliumNode;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.ViewFeed;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class BuiltInProbesTest {

    private final ViewFeed feed = new ViewFeed();
    private final View view = feed.view();

    @Test
    void codesAreUniqueAndExplained() {
        assertThat(BuiltInProbes.all())
                .extracting(Probe::code)
                .doesNotHaveDuplicates()
                .allMatch(c -> c.matches("[A-Z-]+"));
        assertThat(BuiltInProbes.explained()).hasSameSizeAs(BuiltInProbes.all());
    }

    @Test
    void anUnreadyNodeFailsByName() {
        node("a", true, false);
        node("b", false, false);

        Probe.Result result = judge("NODES-READY", Map.of());
        assertThat(result.status()).isEqualTo(ProbeStatus.FAIL);
        assertThat(result.evidence()).isEqualTo("Node b is not Ready");
        assertThat(result.remedy()).isNotEmpty();
    }

    @Test
    void whatIsAboutCiliumIsNoMatterOfAClusterWithoutIt() {
        assertThat(List.of("CILIUM-SETTLED", "CILIUM-IPAM", "PODS-MANAGED"))
                .allSatisfy(
                        code -> assertThat(((StaticProbe) probe(code)).absence().apply(view))
                                .contains("there is no Cilium here"));
    }

    @Test
    void aPodIsWiredByItsNodesAgentOnlyWithAnAddressOfItsPodCidr() {
        node("new", true, true);
        feed.apply(Change.of(
                new CiliumNode("new", List.of(Cidr.parse("10.244.1.0/25")), OptionalInt.empty(), Optional.empty())));
        feed.apply(Change.of(pod("10.7.0.9")));
        assertThat(judge("PODS-MANAGED", Map.of()).evidence()).isEqualTo("Pod shop/echo has no endpoint of Cilium");
        feed.apply(Change.of(new CiliumEndpoint("shop", "echo", "ready", Optional.of("10.7.0.9"))));
        assertThat(judge("PODS-MANAGED", Map.of()).evidence())
                .contains("10.7.0.9, which is not of its node's pod CIDR");
        feed.apply(Change.of(pod("10.244.1.9")));
        assertThat(judge("PODS-MANAGED", Map.of()).status()).isEqualTo(ProbeStatus.PASS);
    }

    private static Pod pod(String address) {
        return KubeProjection.pod(Map.of(
                "metadata",
                Map.of("namespace", "shop", "name", "echo"),
                "spec",
                Map.of("nodeName", "new"),
                "status",
                Map.of("phase", "Running", "podIP", address)));
    }

    @Test
    void bothDirectionsBetweenTheCnisAreAsked() {
        node("old", true, false);
        node("new", true, true);

        List<Question> asked = probe("CROSS-CNI").ask(view);
        assertThat(asked).extracting(q -> q.from().name() + ">" + q.to().name()).containsExactly("old>new", "new>old");
        assertThat(judge("CROSS-CNI", answers(asked, Answer.Verdict.REACHED)).status())
                .isEqualTo(ProbeStatus.PASS);
        assertThat(judge("CROSS-CNI", answers(asked, Answer.Verdict.NOT_REACHED))
                        .status())
                .isEqualTo(ProbeStatus.FAIL);
    }

    @Test
    void aNodeWithRoomForAPodIsAskedFromWhereOneIsFull() {
        node("full", true, false, 0);
        node("roomy", true, false);

        assertThat(probe("DNS-ANSWERS").ask(view))
                .extracting(q -> q.from().name())
                .containsExactly("roomy");
    }

    @Test
    void aQuestionWithoutAnswerIsUnknownAndNeverAPass() {
        node("old", true, false);
        node("new", true, true);
        List<Question> asked = probe("CROSS-CNI").ask(view);

        assertThat(judge("CROSS-CNI", answers(asked.subList(0, 1), Answer.Verdict.REACHED))
                        .status())
                .isEqualTo(ProbeStatus.UNKNOWN);
        assertThat(judge("CROSS-CNI", answers(asked, Answer.Verdict.UNKNOWN)).status())
                .isEqualTo(ProbeStatus.UNKNOWN);
    }

    @Test
    void nothingToAskIsSkipped() {
        node("old", true, false);

        assertThat(judge("CROSS-CNI", Map.of()).status()).isEqualTo(ProbeStatus.SKIPPED);
    }

    private Probe.Result judge(String code, Map<Question, Answer> answers) {
        return probe(code).judge(view, answers);
    }

    private static Probe probe(String code) {
        return BuiltInProbes.all().stream()
                .filter(p -> p.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static Map<Question, Answer> answers(List<Question> questions, Answer.Verdict verdict) {
        Map<Question, Answer> answers = new HashMap<>();
        questions.forEach(q -> answers.put(q, new Answer(verdict, "seen", Instant.EPOCH)));
        return answers;
    }

    private void node(String name, boolean ready, boolean cilium) {
        node(name, ready, cilium, 17);
    }

    private void node(String name, boolean ready, boolean cilium, int maxPods) {
        feed.apply(Change.of(new Node(
                name,
                "uid-" + name,
                "1",
                Optional.empty(),
                cilium ? Map.of("io.cilium.migration/cilium-default", "true") : Map.of(),
                Map.of(),
                List.of(),
                false,
                ready,
                maxPods,
                2000,
                4000,
                "6.12",
                "amd64",
                "Linux",
                "10.0.0.1",
                Instant.EPOCH)));
    }
}
