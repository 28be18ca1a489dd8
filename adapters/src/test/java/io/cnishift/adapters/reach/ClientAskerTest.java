package io.cnishift.adapters.reach;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.cnishift.adapters.reach.Heard.Kind;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.port.Answer.Verdict;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientAskerTest {

    private static final String INGRESS = "GET /apis/networking.k8s.io/v1/namespaces/shop/ingresses/front";
    private static final String SERVICE = "GET /api/v1/namespaces/shop/services/front";

    private final Scripted scripted = new Scripted();
    private final List<String> calls = new ArrayList<>();

    @AfterEach
    void close() {
        scripted.close();
    }

    private Seen ask(String name, Caller caller, Map<String, String> environment) {
        return new ClientAsker(scripted.side.api(), caller, new Environment(environment))
                .ask(Question.of(From.CLIENT, "", To.URL, name, Protocol.HTTP, 80));
    }

    private Seen ask(String name) {
        return ask(name, new SocketCaller(), Map.of());
    }

    private void ingress(String listeners) {
        scripted.server.answer(
                INGRESS,
                200,
                object(Map.of("alb.ingress.kubernetes.io/listen-ports", listeners), Map.of(), "127.0.0.1"));
    }

    private void service(int port, Map<String, String> annotations) {
        Map<String, Object> spec = Map.of("ports", List.of(Map.of("port", port, "protocol", "TCP")));
        scripted.server.answer(SERVICE, 200, object(annotations, spec, "127.0.0.1"));
    }

    private static Map<String, Object> object(
            Map<String, String> annotations, Map<String, Object> spec, String address) {
        return Map.of(
                "metadata",
                Map.of("annotations", annotations),
                "spec",
                spec,
                "status",
                Map.of("loadBalancer", Map.of("ingress", List.of(Map.of("ip", address)))));
    }

    @ParameterizedTest
    @CsvSource({"200, REACHED", "404, REACHED", "302, REACHED", "502, NOT_REACHED", "503, NOT_REACHED"})
    void theStatusOfTheIngressDecides(int status, Verdict verdict) throws IOException {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            calls.add(exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI());
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        web.start();
        try {
            ingress("[{\"HTTP\": " + web.getAddress().getPort() + "}]");
            Seen seen = ask("ingress shop/front shop.example /cart/*");
            assertThat(seen.verdict()).isEqualTo(verdict);
            assertThat(seen.evidence()).contains("HTTP " + status);
            assertThat(calls).containsExactly("shop.example/cart/");
        } finally {
            web.stop(0);
        }
    }

    @Test
    void aPortThatRefusesIsNotReached() throws IOException {
        int port;
        try (ServerSocket closed = listening()) {
            port = closed.getLocalPort();
        }
        service(port, Map.of());
        Seen seen = ask("service shop/front");
        assertThat(seen.verdict()).isEqualTo(Verdict.NOT_REACHED);
        assertThat(seen.evidence()).isEqualTo("127.0.0.1: TCP port " + port + " refuses connections");
    }

    @ParameterizedTest
    @CsvSource({"classic, UNKNOWN", "external, REACHED", "nlb, REACHED"})
    void anOpenConnectionProvesATargetOnlyWhereItIsTheTargets(String type, Verdict verdict) throws IOException {
        try (ServerSocket mute = listening()) {
            CompletableFuture<Void> hangingUp = CompletableFuture.runAsync(() -> hangUp(mute));
            service(mute.getLocalPort(), Map.of("service.beta.kubernetes.io/aws-load-balancer-type", type));
            assertThat(ask("service shop/front").verdict()).isEqualTo(verdict);
            hangingUp.join();
        }
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static void hangUp(ServerSocket mute) {
        try {
            mute.accept().close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anInternalLoadBalancerThatDoesNotAnswerHereIsUnknown() {
        service(80, Map.of());
        Heard heard = new Heard(Kind.NO_WAY, true, 0, "TCP port 80 does not answer");
        assertThat(ask("service shop/front", (front, door) -> heard, Map.of()).verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aPublicLoadBalancerThatDoesNotAnswerIsNotReachedUnlessAProxyIsTheOnlyWayOut() {
        service(80, Map.of());
        Heard heard = new Heard(Kind.NO_WAY, false, 0, "TCP port 80 does not answer");
        assertThat(ask("service shop/front", (front, door) -> heard, Map.of()).verdict())
                .isEqualTo(Verdict.NOT_REACHED);
        assertThat(ask("service shop/front", (front, door) -> heard, Map.of("HTTPS_PROXY", "http://proxy:3128"))
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void anEncryptedDoorIsTriedFirstAndTheNextWhereItDoesNotOpen() {
        ingress("[{\"HTTP\": 80}, {\"HTTPS\": 8443}]");
        Caller caller = (front, door) -> {
            calls.add(door.toString());
            return door.tls()
                    ? new Heard(Kind.NO_TLS, false, 0, "TLS failed")
                    : new Heard(Kind.HTTP, false, 200, "HTTP 200");
        };
        assertThat(ask("ingress shop/front * /", caller, Map.of()).verdict()).isEqualTo(Verdict.REACHED);
        assertThat(calls).containsExactly("TLS port 8443", "TCP port 80");
    }

    @Test
    void aNameThatDoesNotResolveIsUnknown() {
        scripted.server.answer(
                SERVICE,
                200,
                object(Map.of(), Map.of("ports", List.of(Map.of("port", 80))), "no-such-balancer.invalid"));
        assertThat(ask("service shop/front").verdict()).isEqualTo(Verdict.UNKNOWN);
    }
}
