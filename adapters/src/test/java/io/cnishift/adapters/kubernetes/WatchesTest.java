package io.cnishift.adapters.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.adapters.FakeTime;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.target.ApiServer;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Namespace;
import io.cnishift.api.cluster.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WatchesTest {

    private static final String NAMESPACES = "/api/v1/namespaces";
    private static final WatchPace QUICK = new WatchPace(
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofMillis(1),
            Duration.ofMillis(10),
            Duration.ofMillis(5),
            new Random(1));

    private final ScriptedServer server = new ScriptedServer();
    private final AtomicInteger woken = new AtomicInteger();
    private final BlockingQueue<Change> arrived = new LinkedBlockingQueue<>();
    private final KubernetesSide side = new KubernetesSide(
            ConnectionSettings.none(),
            new Environment(Map.of()),
            () -> new ApiServer(server.url(), ""),
            () -> () -> "token",
            new FakeTime(),
            new CallMetrics());

    @AfterEach
    void close() {
        side.close();
        server.close();
    }

    private Set<Part> watch(WatchPace pace, Part part) {
        return side.port(woken::incrementAndGet, pace).watch(Set.of(part), arrived::add);
    }

    private Set<Part> watch(Part part) {
        return watch(QUICK, part);
    }

    private Change next() throws InterruptedException {
        Change change = arrived.poll(20, TimeUnit.SECONDS);
        assertThat(change).as("a change").isNotNull();
        return change;
    }

    private String watched() throws InterruptedException {
        String watched = server.watched().poll(20, TimeUnit.SECONDS);
        assertThat(watched).as("a watch").isNotNull();
        return watched;
    }

    private static Map<String, Object> namespace(String name, String version) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Namespace",
                "metadata",
                Map.of("name", name, "uid", "uid-" + name, "resourceVersion", version, "labels", Map.of("v", version)));
    }

    private static String label(Change change) {
        return ((Namespace) change.now().orElseThrow()).labels().get("v");
    }

    @Test
    void tellsWhatChangesAfterTheListAndNothingOfTheList() throws InterruptedException {
        server.list(NAMESPACES, "Namespace", "5", List.of(namespace("a", "1"), namespace("b", "2")))
                .watch(
                        NAMESPACES,
                        "MODIFIED",
                        namespace("a", "6"),
                        "ADDED",
                        namespace("c", "7"),
                        "DELETED",
                        namespace("b", "8"));

        assertThat(watch(Part.NAMESPACES)).containsExactly(Part.NAMESPACES);

        assertThat(watched()).contains("resourceVersion=5").contains("allowWatchBookmarks=true");
        assertThat(label(next())).isEqualTo("6");
        assertThat(next().key()).isEqualTo("c");
        assertThat(next()).isEqualTo(Change.gone(Part.NAMESPACES, "b"));
        assertThat(arrived).isEmpty();
        assertThat(woken.get()).isPositive();
    }

    @Test
    void goesOnWhereTheServerEndedAWatchAlsoWhenOnlyABookmarkCame() throws InterruptedException {
        server.list(NAMESPACES, "Namespace", "5", List.of(namespace("a", "1")))
                .shortWatch(NAMESPACES, "BOOKMARK", Map.of("metadata", Map.of("resourceVersion", "40")))
                .watch(NAMESPACES, "MODIFIED", namespace("a", "41"));
        watch(Part.NAMESPACES);
        assertThat(label(next())).isEqualTo("41");
        watched();
        assertThat(watched()).contains("resourceVersion=40");
        assertThat(server.seen("GET", NAMESPACES))
                .filteredOn(s -> !s.query().contains("watch"))
                .hasSize(1);
    }

    @Test
    void readsTheListAgainWhenTheVersionIsForgottenAndTellsTheDifference() throws InterruptedException {
        server.list(
                        NAMESPACES,
                        "Namespace",
                        "5",
                        List.of(namespace("a", "1"), namespace("b", "2"), namespace("c", "3")))
                .list(
                        NAMESPACES,
                        "Namespace",
                        "90",
                        List.of(namespace("a", "1"), namespace("c", "80"), namespace("d", "81")))
                .watch(NAMESPACES, "ERROR", ScriptedServer.status(410, "Expired", "too old resource version", ""))
                .watch(NAMESPACES, "DELETED", namespace("a", "91"));
        watch(Part.NAMESPACES);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            changes.add(next());
        }
        assertThat(changes.get(0).key()).isEqualTo("c");
        assertThat(changes.get(1).key()).isEqualTo("d");
        assertThat(changes.get(2)).isEqualTo(Change.gone(Part.NAMESPACES, "b"));
        assertThat(changes.get(3)).isEqualTo(Change.gone(Part.NAMESPACES, "a"));
        watched();
        assertThat(watched()).contains("resourceVersion=90");
    }

    @Test
    void readsTheListAgainAlsoWhenTheWatchIsNotEvenBegun() throws InterruptedException {
        server.list(NAMESPACES, "Namespace", "5", List.of(namespace("a", "1")))
                .list(NAMESPACES, "Namespace", "90", List.of())
                .shortWatch(NAMESPACES)
                .refuse("WATCH " + NAMESPACES, 410, "Expired", "too old resource version", "")
                .watch(NAMESPACES);
        watch(Part.NAMESPACES);
        assertThat(next()).isEqualTo(Change.gone(Part.NAMESPACES, "a"));
    }

    @Test
    void comesBackAfterABrokenConnectionAndServerErrors() throws InterruptedException {
        server.list(NAMESPACES, "Namespace", "5", List.of())
                .shortWatch(NAMESPACES, "ADDED", namespace("a", "6"))
                .drop("WATCH " + NAMESPACES)
                .refuse("WATCH " + NAMESPACES, 503, "ServiceUnavailable", "etcd leader changed", "")
                .refuse("WATCH " + NAMESPACES, 429, "TooManyRequests", "slow down", "")
                .watch(NAMESPACES, "DELETED", namespace("a", "9"));
        watch(Part.NAMESPACES);
        assertThat(label(next())).isEqualTo("6");
        assertThat(next()).isEqualTo(Change.gone(Part.NAMESPACES, "a"));
    }

    @Test
    void takesASilentConnectionForDead() throws InterruptedException {
        server.list(NAMESPACES, "Namespace", "5", List.of())
                .watch(NAMESPACES)
                .watch(NAMESPACES, "ADDED", namespace("a", "6"));
        WatchPace impatient = new WatchPace(
                QUICK.life(), Duration.ofMillis(50), QUICK.first(), QUICK.longest(), QUICK.unserved(), QUICK.random());
        watch(impatient, Part.NAMESPACES);
        assertThat(label(next())).isEqualTo("6");
    }

    @Test
    void isFedAlthoughTheServerIsBusyWhenItBegins() throws InterruptedException {
        server.refuse("GET " + NAMESPACES, 429, "TooManyRequests", "slow down", "")
                .list(NAMESPACES, "Namespace", "5", List.of(namespace("a", "1")))
                .list(NAMESPACES, "Namespace", "9", List.of(namespace("a", "8")))
                .refuse("WATCH " + NAMESPACES, 503, "ServiceUnavailable", "etcd leader changed", "")
                .refuse("WATCH " + NAMESPACES, 410, "Expired", "too old resource version", "")
                .watch(NAMESPACES, "MODIFIED", namespace("a", "10"));

        assertThat(watch(Part.NAMESPACES)).containsExactly(Part.NAMESPACES);

        assertThat(label(next())).isEqualTo("10");
        assertThat(server.watched()).last().asString().contains("resourceVersion=9");
    }

    @Test
    void isNotFedWhenTheServerStaysAway() {
        server.list(NAMESPACES, "Namespace", "5", List.of()).drop("WATCH " + NAMESPACES);
        assertThat(watch(Part.NAMESPACES)).isEmpty();
    }

    @Test
    void aPartThatMayNotBeWatchedIsNotFed() {
        server.list(NAMESPACES, "Namespace", "5", List.of())
                .refuse(
                        "WATCH " + NAMESPACES,
                        403,
                        "Forbidden",
                        "namespaces is forbidden: User \"x\" cannot watch",
                        "");
        assertThat(watch(Part.NAMESPACES)).isEmpty();
    }

    @Test
    void aPartThatMayNotBeListedIsNotFed() {
        server.refuse("GET " + NAMESPACES, 403, "Forbidden", "namespaces is forbidden: User \"x\" cannot list", "");
        assertThat(watch(Part.NAMESPACES)).isEmpty();
        assertThat(server.watched()).isEmpty();
    }

    @Test
    void customResourcesComeWithTheirDefinitionAndGoWithIt() throws InterruptedException {
        Map<String, Object> node = Map.of(
                "apiVersion",
                "cilium.io/v2",
                "kind",
                "CiliumNode",
                "metadata",
                Map.of("name", "n", "resourceVersion", "3"));
        Map<String, Object> cilium =
                Map.of("groups", List.of(Map.of("name", "cilium.io", "preferredVersion", Map.of("version", "v2"))));
        server.answer("GET /apis", 200, Map.of("groups", List.of()))
                .answer("GET /apis", 200, Map.of("groups", List.of()))
                .answer("GET /apis", 200, cilium)
                .answer("GET /apis", 200, Map.of("groups", List.of()))
                .discovery("/apis/cilium.io/v2", "ciliumnodes CiliumNode false")
                .list("/apis/cilium.io/v2/ciliumnodes", "CiliumNode", "3", List.of(node))
                .shortWatch("/apis/cilium.io/v2/ciliumnodes")
                .refuse("WATCH /apis/cilium.io/v2/ciliumnodes", 404, "", "page not found", "");
        assertThat(watch(Part.CILIUM_NODES)).containsExactly(Part.CILIUM_NODES);
        assertThat(next().now()).isPresent();
        assertThat(next()).isEqualTo(Change.gone(Part.CILIUM_NODES, "n"));
    }

    @Test
    void isSilentOnceClosed() throws InterruptedException {
        server.list(NAMESPACES, "Namespace", "5", List.of()).shortWatch(NAMESPACES);
        watch(Part.NAMESPACES);
        watched();
        side.close();
        server.watched().clear();
        assertThat(server.watched().poll(200, TimeUnit.MILLISECONDS)).isNull();
    }
}
