package io.cnishift.adapters.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.adapters.kubernetes.ScriptedServer;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Answer.Verdict;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ControlPlaneAskerTest {

    private static final String POD = "/api/v1/namespaces/certs/pods/webhook-1";
    private static final String PROXY = "/api/v1/namespaces/certs/pods/https:webhook-1:10250/proxy/";

    private final Scripted scripted = new Scripted();
    private final ScriptedServer server = scripted.server;
    private final RealReach reach = scripted.reach();

    @BeforeEach
    void pod() {
        server.answer(
                "GET " + POD,
                200,
                Map.of(
                        "kind",
                        "Pod",
                        "metadata",
                        Map.of("labels", Map.of("app", "webhook")),
                        "spec",
                        Map.of(
                                "containers",
                                List.of(Map.of("ports", List.of(Map.of("name", "https", "containerPort", 10250))))),
                        "status",
                        Map.of("podIP", "10.0.1.7")));
        server.answer("GET /version", 200, Map.of("major", "1", "minor", "33+"));
    }

    @AfterEach
    void close() {
        scripted.close();
    }

    private Answer ask(int port) {
        return reach.ask(Question.of(From.CONTROL_PLANE, "", To.POD, "certs/webhook-1", Protocol.TCP, port));
    }

    @Test
    void aPodThatAnswersWhateverItBeIsReached() {
        server.text("GET " + PROXY, 404, "404 page not found");
        Answer answer = ask(10250);
        assertThat(answer.verdict()).isEqualTo(Verdict.REACHED);
        assertThat(answer.evidence()).contains("10.0.1.7", "10250", "HTTP 404");
    }

    @Test
    void aPodWhoseAnswerIsNoJsonIsReached() {
        server.text("GET " + PROXY, 200, "welcome");
        assertThat(ask(10250).verdict()).isEqualTo(Verdict.REACHED);
    }

    @Test
    void aPodThatForbidsItselfIsReached() {
        server.refuse("GET " + PROXY, 403, "Forbidden", "forbidden: User \"anonymous\" cannot get path \"/\"", "");
        assertThat(ask(10250).verdict()).isEqualTo(Verdict.REACHED);
    }

    @Test
    void aPodThatQuarrelsAboutTlsIsReached() {
        server.refuse(
                "GET " + PROXY,
                503,
                "ServiceUnavailable",
                "error trying to reach service: remote error: tls: bad certificate",
                "");
        assertThat(ask(10250).verdict()).isEqualTo(Verdict.REACHED);
    }

    @Test
    void aPodThatTheServerDialsInVainIsNotReached() {
        server.refuse(
                "GET " + PROXY,
                503,
                "ServiceUnavailable",
                "error trying to reach service: dial tcp 10.244.1.7:10250: i/o timeout",
                "");
        Answer answer = ask(10250);
        assertThat(answer.verdict()).isEqualTo(Verdict.NOT_REACHED);
        assertThat(answer.evidence()).endsWith("dial tcp 10.244.1.7:10250: i/o timeout");
    }

    @Test
    void aTryThatBreaksIsNoAnswerOfThePodWhileTheServerIsWell() {
        server.drop("GET " + PROXY);
        assertThat(ask(10250).verdict()).isEqualTo(Verdict.NOT_REACHED);
    }

    @Test
    void withoutTheRightToAskItIsUnknown() {
        server.refuse(
                "GET " + PROXY,
                403,
                "Forbidden",
                "pods \"https:webhook-1:10250\" is forbidden: User \"u\" cannot get resource \"pods/proxy\"",
                "pods");
        Answer answer = ask(10250);
        assertThat(answer.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(answer.evidence()).contains("right to get pods/proxy");
    }

    @Test
    void aServerInTroubleSaysNothingOfThePod() {
        server.refuse("GET " + PROXY, 500, "InternalError", "etcdserver: request timed out", "");
        assertThat(ask(10250).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aPodThatIsGoneIsUnknown() {
        Answer answer = reach.ask(Question.of(From.CONTROL_PLANE, "", To.POD, "certs/other", Protocol.TCP, 443));
        assertThat(answer.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(answer.evidence()).isEqualTo("there is no pod certs/other");
    }

    @Test
    void aPortOfTheServiceIsThePortThatThePodHasByThatName() {
        server.list(
                "/api/v1/services",
                "Service",
                "7",
                List.of(
                        service("elsewhere", "webhook", "metrics"),
                        service("certs", "another", "metrics"),
                        service("certs", "webhook", "https")));
        server.text("GET " + PROXY, 404, "404 page not found");
        Answer answer = ask(443);
        assertThat(answer.verdict()).isEqualTo(Verdict.REACHED);
        assertThat(answer.evidence()).contains("port 10250");
    }

    private static Map<String, Object> service(String namespace, String app, String target) {
        return Map.of(
                "metadata",
                Map.of("namespace", namespace, "name", app),
                "spec",
                Map.of("selector", Map.of("app", app), "ports", List.of(Map.of("port", 443, "targetPort", target))));
    }

    @Test
    void theRunnerReachesAServerThatTellsItsVersion() {
        Question question = Question.of(From.RUNNER, "", To.API_SERVER, "", Protocol.TCP, 443);
        assertThat(reach.ask(question).verdict()).isEqualTo(Verdict.REACHED);
    }

    @Test
    void theRunnerDoesNotReachAServerThatDoesNotAnswer() {
        Scripted broken = new Scripted();
        broken.server.drop("GET /version");
        try (broken) {
            RealReach other = broken.reach();
            Answer answer = other.ask(Question.of(From.RUNNER, "", To.API_SERVER, "", Protocol.TCP, 443));
            assertThat(answer.verdict()).isEqualTo(Verdict.NOT_REACHED);
        }
    }

    @Test
    void whatNobodyCanAskIsUnknown() {
        Answer answer = reach.ask(Question.of(From.POD, "web/api-1", To.INTERNET, "", Protocol.TCP, 443));
        assertThat(answer.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(answer.evidence()).isEqualTo("cnishift cannot ask from a pod");
    }
}
