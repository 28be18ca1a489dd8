package io.cnishift.adapters.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cnishift.adapters.FakeTime;
import io.cnishift.api.port.Guard;
import io.cnishift.api.port.GuardPort;
import io.cnishift.api.port.GuardPort.Sample;
import io.cnishift.api.port.GuardPort.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GuardSamplesTest {

    private final FakeTime time = new FakeTime();
    private final WebLooks web = new WebLooks(time);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ok", e -> answer(e, 204, ""));
        server.createContext("/moved", e -> answer(e, 302, ""));
        server.createContext("/slow", e -> {
            time.await(time.now().plusMillis(600));
            answer(e, 200, "");
        });
        server.createContext("/api/v1/query", e -> {
            boolean bad = URLDecoder.decode(e.getRequestURI().getRawQuery(), StandardCharsets.UTF_8)
                    .equals("query=rate(errors{job=\"a b\"}[1m]) > 0.1");
            String result = bad ? "[{\"metric\":{\"job\":\"a b\"},\"value\":[1700000000,\"0.5\"]}]" : "[]";
            answer(e, 200, "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":" + result + "}}");
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String base() {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort();
    }

    private Look page(String path) {
        return web.page(Guard.parse(base() + path)).join();
    }

    @Test
    void judgesStatusAndLatencyOfAPage() {
        assertThat(page("/ok,status=2xx").verdict()).isEqualTo(Verdict.GREEN);
        assertThat(page("/ok")).isEqualTo(Look.red("answered 204 in 0 ms, not 200"));
        assertThat(page("/moved").verdict()).isEqualTo(Verdict.RED);
        assertThat(page("/slow")).isEqualTo(Look.green("answered 200 in 600 ms"));
        assertThat(page("/slow,latency=500ms")).isEqualTo(Look.red("answered 200 in 600 ms, more than 500"));
    }

    @Test
    void tellsAPageThatDoesNotAnswerFromOneThatCannotBeAskedFromHere() {
        String gone = base() + "/ok";
        server.stop(0);
        assertThat(web.page(Guard.parse(gone)).join().verdict()).isEqualTo(Verdict.RED);
        assertThat(web.page(Guard.parse("https://nowhere.invalid/")).join().verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void asksPrometheusAsAnAlertingRuleDoes() {
        Look red = web.query(Guard.parse("prom:" + base() + "?rate(errors{job=\"a b\"}[1m]) > 0.1"))
                .join();
        assertThat(red).isEqualTo(Look.red("the query returns {job=a b} with the value 0.5"));
        assertThat(web.query(Guard.parse("prom:" + base() + "/?up == 0")).join().verdict())
                .isEqualTo(Verdict.GREEN);
    }

    @Test
    void doesNotJudgeWhatIsNoAnswerOfAnAlertingRule() {
        assertThat(PrometheusAnswer.judge(200, "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\"}}")
                        .evidence())
                .startsWith("the query returns a scalar");
        assertThat(PrometheusAnswer.judge(400, "{\"status\":\"error\",\"error\":\"parse error\"}"))
                .isEqualTo(Look.unknown("Prometheus answered 400: parse error"));
        assertThat(PrometheusAnswer.judge(502, "<html>").verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void looksAgainAndAgainByItselfUntilItIsClosed() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(3);
        GuardSamples samples = new GuardSamples(
                name -> {
                    asked.countDown();
                    if (asked.getCount() == 1) {
                        throw new IllegalStateException("no answer");
                    }
                    return Look.green(name);
                },
                time);
        Guard guard = Guard.parse("alarm:checkout");
        GuardPort.Watch watch = samples.watch(List.of(guard), Duration.ofMillis(1));
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        watch.close();
        assertThat(Stream.of(watch.taken()).flatMap(List::stream).limit(2).map(Sample::verdict))
                .containsExactly(Verdict.GREEN, Verdict.UNKNOWN);
    }
}
