package io.cnishift.adapters.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cnishift.adapters.kubernetes.ScriptedServer;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Answer.Verdict;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.Destination;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Origin;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PodAskerTest {

    private static final String PODS = "/api/v1/namespaces/kube-system/pods";
    private static final Question DNS = Question.of(From.POD_ON, "node-1", To.DNS, "a.b", Protocol.UDP, 53);

    private final Scripted scripted = new Scripted();
    private final ScriptedServer server = scripted.server;
    private final ProbePods pods =
            new ProbePods(scripted.side.port(() -> {}), scripted.side.api(), scripted.time, new Random(1));
    private final PodAsker asker = new PodAsker(pods, scripted.side.api(), scripted.time, "probes:1");

    /** The names that will be drawn. */
    private final Random drawn = new Random(1);

    private final String first = drawn();
    private final String second = drawn();

    private String drawn() {
        return PODS + "/" + String.format("cnishift-probe-%08x", drawn.nextInt());
    }

    @BeforeEach
    void cluster() {
        server.answer("GET /api/v1/nodes/node-1", 200, node("dedicated", "node.cilium.io/agent-not-ready"));
        server.answer("GET /api/v1/nodes/node-2", 200, node("node.kubernetes.io/unschedulable"));
        server.list("/api/v1/pods", "Pod", "5", List.of());
        server.answer("POST " + PODS, 201, Map.of("kind", "Pod"));
        server.answer("DELETE " + first, 200, Map.of("kind", "Status", "status", "Success"));
        server.answer("DELETE " + second, 200, Map.of("kind", "Status", "status", "Success"));
    }

    @AfterEach
    void close() {
        scripted.close();
    }

    private static Map<String, Object> node(String... taints) {
        return Map.of(
                "kind",
                "Node",
                "spec",
                Map.of(
                        "taints",
                        List.of(taints).stream()
                                .map(key -> Map.of("key", key, "effect", "NoSchedule"))
                                .toList()));
    }

    private static Map<String, Object> pending() {
        return Map.of("kind", "Pod", "status", Map.of("phase", "Pending"));
    }

    private static Map<String, Object> running(String ip) {
        return Map.of("kind", "Pod", "status", Map.of("phase", "Running", "podIP", ip));
    }

    private static Map<String, Object> ended(int exit, String said) {
        Map<String, Object> terminated = Map.of("exitCode", exit, "message", said);
        return Map.of(
                "kind",
                "Pod",
                "status",
                Map.of(
                        "phase",
                        exit == 0 ? "Succeeded" : "Failed",
                        "containerStatuses",
                        List.of(Map.of("state", Map.of("terminated", terminated)))));
    }

    private static Map<String, Object> waiting(String reason, String message) {
        Map<String, Object> waiting = Map.of("reason", reason, "message", message);
        return Map.of(
                "kind",
                "Pod",
                "status",
                Map.of("phase", "Pending", "containerStatuses", List.of(Map.of("state", Map.of("waiting", waiting)))));
    }

    private Map<String, Object> made(int index) {
        return server.seen("POST", PODS).get(index).body();
    }

    private static List<Object> command(Map<String, Object> pod) {
        return Tree.list(Tree.maps(pod, "spec", "containers").get(0), "command");
    }

    private String unasked(Question question) {
        return assertThatExceptionOfType(Unasked.class)
                .isThrownBy(() -> asker.ask(question))
                .actual()
                .getMessage();
    }

    @Test
    void theEndOfThePodIsTheAnswerAndThePodGoes() {
        server.answer("GET " + first, 200, pending()).answer("GET " + first, 200, ended(0, ""));
        Seen seen = asker.ask(DNS);
        assertThat(seen.verdict()).isEqualTo(Verdict.REACHED);
        assertThat(seen.evidence()).isEqualTo("a pod on node-1 -> a.b.:443: resolved");
        assertThat(server.seen("DELETE", first)).hasSize(1);
    }

    @Test
    void thePodGoesToItsNodeAndBearsTaintsThatSetItApartButNotThoseOfANodeThatIsNotReady() {
        server.answer("GET " + first, 200, ended(0, ""));
        asker.ask(DNS);
        Map<String, Object> pod = made(0);
        assertThat(pod.toString()).contains("matchFields=[{", "key=metadata.name", "values=[node-1]");
        assertThat(Tree.maps(pod, "spec", "tolerations"))
                .extracting(t -> t.get("key"))
                .containsExactly("node.kubernetes.io/unschedulable", "dedicated");
        assertThat(Tree.strings(pod, "metadata", "labels"))
                .containsEntry("cnishift.io/probe", "origin")
                .containsEntry("app.kubernetes.io/managed-by", "cnishift");
        assertThat(Tree.text(pod, "spec", "nodeName")).isEmpty();
    }

    @Test
    void aConnectionThatTimesOutIsNotReached() {
        server.answer(
                "GET /api/v1/namespaces/default/services/kubernetes",
                200,
                Map.of("spec", Map.of("clusterIP", "172.20.0.1")));
        server.answer("GET " + first, 200, ended(1, "TIMEOUT\n"));
        Seen seen = asker.ask(Question.of(From.POD_ON, "node-1", To.API_SERVER, "", Protocol.TCP, 443));
        assertThat(seen).isEqualTo(Seen.notReached("a pod on node-1 -> 172.20.0.1:443: timeout"));
    }

    @Test
    void anAddressIsAskedForAsItIs() {
        server.answer("GET " + first, 200, ended(0, ""));
        Seen seen = asker.ask(Question.of(From.POD_ON, "node-1", To.ADDRESS, "10.246.0.7", Protocol.TCP, 53));
        assertThat(seen.verdict()).isEqualTo(Verdict.REACHED);
        assertThat(command(made(0))).contains("10.246.0.7:53");
    }

    @Test
    void aPodIsAskedAfterByAnotherThatListensMeanwhile() {
        server.answer("GET " + first, 200, pending()).answer("GET " + first, 200, running("10.0.2.9"));
        server.answer("GET " + second, 200, ended(0, ""));
        Seen seen = asker.ask(new Question(
                new Origin(From.POD_ON, "node-1"), new Destination(To.POD_ON, "node-2"), Protocol.TCP, 80, 8000));
        assertThat(seen).isEqualTo(Seen.reached("a pod on node-1 -> 10.0.2.9:80: 8000 bytes came back"));
        assertThat(command(made(0))).containsExactly("/agnhost", "netexec", "--http-port=80");
        assertThat(made(0).toString()).contains("values=[node-2]", "ip_unprivileged_port_start");
        assertThat(command(made(1))).endsWith("10.0.2.9:80", "8000");
        assertThat(server.seen("DELETE", first)).hasSize(1);
        assertThat(server.seen("DELETE", second)).hasSize(1);
    }

    @Test
    void anImageThatIsNotPulledIsToldByNameAndNotWaitedFor() {
        server.answer("GET " + first, 200, waiting("ImagePullBackOff", "Back-off pulling image"));
        assertThat(unasked(DNS)).contains("probes:1", "ImagePullBackOff: Back-off pulling image", "--probe-image");
        assertThat(scripted.time.passed()).isZero();
        assertThat(server.seen("DELETE", first)).hasSize(1);
    }

    @Test
    void aPodThatFindsNoRoomIsGivenUpInTimeWithTheSchedulersWords() {
        Map<String, Object> condition = Map.of(
                "type", "PodScheduled", "status", "False", "message", "0/9 nodes are available: 1 Too many pods.");
        server.answer(
                "GET " + first,
                200,
                Map.of("kind", "Pod", "status", Map.of("phase", "Pending", "conditions", List.of(condition))));
        assertThat(unasked(DNS)).contains("node-1", "Too many pods");
        assertThat(scripted.time.passed()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
        assertThat(server.seen("DELETE", first)).hasSize(1);
    }

    @Test
    void aPodThatMayNotBeMadeIsUnknownWithTheServersWords() {
        server.answer("GET /api/v1/nodes/node-3", 200, node());
        server.refuse("POST " + PODS, 403, "Forbidden", "admission webhook \"p\" denied the request: no", "pods");
        server.answer("GET " + first, 200, ended(0, ""));
        asker.ask(DNS);
        assertThat(unasked(Question.of(From.POD_ON, "node-3", To.DNS, "a.b", Protocol.UDP, 53)))
                .contains("denied the request: no");
        assertThat(server.seen("DELETE", second)).isEmpty();
    }

    @Test
    void aPodWhoseMakingWasNotAnsweredForIsRemovedToo() {
        try (Scripted broken = new Scripted()) {
            broken.server.answer("GET /api/v1/nodes/node-1", 200, node());
            broken.server.list("/api/v1/pods", "Pod", "5", List.of());
            broken.server.drop("POST " + PODS);
            broken.server.answer("DELETE " + first, 200, Map.of("kind", "Status", "status", "Success"));
            PodAsker other = new PodAsker(
                    new ProbePods(broken.side.port(() -> {}), broken.side.api(), broken.time, new Random(1)),
                    broken.side.api(),
                    broken.time,
                    "probes:1");
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> other.ask(DNS));
            assertThat(broken.server.seen("DELETE", first)).hasSize(1);
        }
    }

    @Test
    void whatCouldNotBeRemovedIsTriedAgainAtTheEnd() {
        String third = drawn();
        server.answer("GET " + first, 200, ended(0, "")).answer("GET " + second, 200, ended(0, ""));
        server.answer("GET " + third, 200, ended(0, ""));
        server.refuse("DELETE " + third, 403, "Forbidden", "not now", "pods")
                .answer("DELETE " + third, 200, Map.of("kind", "Status", "status", "Success"));
        asker.ask(DNS);
        asker.ask(DNS);
        asker.ask(DNS);
        assertThat(server.seen("DELETE", third)).hasSize(1);
        asker.close();
        assertThat(server.seen("DELETE", third)).hasSize(2);
        assertThat(server.seen("DELETE", first)).hasSize(1);
    }

    @Test
    void whatAProcessThatDiedLeftBehindGoesFirstAndOnlyIfItIsOld() {
        try (Scripted later = new Scripted()) {
            later.server.answer("GET /api/v1/nodes/node-1", 200, node());
            later.server.answer("POST " + PODS, 201, Map.of("kind", "Pod"));
            later.server.answer("GET " + first, 200, ended(0, ""));
            later.server.list(
                    "/api/v1/pods",
                    "Pod",
                    "5",
                    List.of(
                            left("kube-system", "old", "2026-03-01T11:57:59Z"),
                            left("kube-system", "young", "2026-03-01T11:58:01Z"),
                            left("shop", "foreign", "2026-03-01T11:00:00Z")));
            PodAsker next = new PodAsker(
                    new ProbePods(later.side.port(() -> {}), later.side.api(), later.time, new Random(1)),
                    later.side.api(),
                    later.time,
                    "probes:1");
            next.ask(DNS);
            assertThat(later.server.seen("DELETE", PODS + "/old")).hasSize(1);
            assertThat(later.server.seen("DELETE", PODS + "/old").get(0).body().toString())
                    .contains("uid-old");
            assertThat(later.server.seen("DELETE", PODS + "/young")).isEmpty();
            assertThat(later.server.seen("DELETE", "/api/v1/namespaces/shop/pods/foreign"))
                    .isEmpty();
            assertThat(later.server.seen("DELETE", PODS + "/foreign")).isEmpty();
        }
    }

    private static Map<String, Object> left(String namespace, String name, String made) {
        return Map.of(
                "metadata",
                Map.of("namespace", namespace, "name", name, "uid", "uid-" + name, "creationTimestamp", made));
    }
}
