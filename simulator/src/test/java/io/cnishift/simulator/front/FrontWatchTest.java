package io.cnishift.simulator.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.front.Served.Events;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Watches over HTTP. */
final class FrontWatchTest {
    private static final String MAPS = "/api/v1/namespaces/web/configmaps";
    private static final int CHANGES_KEPT = 20_000;

    private final Served served = new Served();

    @AfterEach
    void close() {
        served.close();
    }

    private String version() {
        return served.get(MAPS).text("metadata", "resourceVersion");
    }

    private void create(String name) {
        served.post(MAPS, Served.configMap(name, Map.of()));
    }

    private void label(String name, String labels) {
        served.patch(MAPS + "/" + name, Served.MERGE, "{\"metadata\":{\"labels\":" + labels + "}}");
    }

    @Test
    void tellsWhatChangedSinceAVersionAndWhatChangesFromNowOn() {
        String before = version();
        create("one");
        try (Events events = served.watch(MAPS + "?watch=true&resourceVersion=" + before)) {
            assertThat(events.next(1)).containsExactly("ADDED one");
            label("one", "{\"a\":\"b\"}");
            served.delete(MAPS + "/one", "");
            create("two");
            assertThat(events.next(3)).containsExactly("MODIFIED one", "DELETED one", "ADDED two");
        }
    }

    @Test
    void aDeletionCarriesTheVersionInWhichItHappened() {
        create("one");
        String before = version();
        served.delete(MAPS + "/one", "");
        try (Events events = served.watch(MAPS + "?watch=true&resourceVersion=" + before)) {
            assertThat(Tree.text(events.next(), "object", "metadata", "resourceVersion"))
                    .hasValue(version());
        }
    }

    @Test
    void withoutAVersionItBeginsWithWhatIsThere() {
        create("one");
        try (Events events = served.watch(MAPS + "?watch=1")) {
            assertThat(events.next(1)).containsExactly("ADDED one");
            create("two");
            assertThat(events.next(1)).containsExactly("ADDED two");
        }
    }

    @Test
    void whatEntersASelectionIsAddedAndWhatLeavesItIsDeleted() {
        create("one");
        try (Events events = served.watch(MAPS + "?watch=true&labelSelector=side=old&resourceVersion=" + version())) {
            label("one", "{\"side\":\"old\"}");
            label("one", "{\"side\":\"old\",\"a\":\"b\"}");
            label("one", "{\"side\":\"new\"}");
            label("one", "{\"side\":\"old\"}");
            assertThat(events.next(4)).containsExactly("ADDED one", "MODIFIED one", "DELETED one", "ADDED one");
        }
    }

    @Test
    void tellsWhatTheClusterDoesByItself() {
        try (Events events = served.watch("/api/v1/namespaces/web/pods?watch=true&fieldSelector=status.phase=Pending"
                + "&resourceVersion=" + version())) {
            served.patch(
                    "/apis/apps/v1/namespaces/web/deployments/api/scale", Served.MERGE, "{\"spec\":{\"replicas\":3}}");
            served.clock("POST", "?advance=30s", Served.TOKEN);
            assertThat(events.next(1).get(0)).startsWith("ADDED api-");
        }
    }

    @Test
    void oneThatBeginsBeforeTheChangesThatAreKeptIsTold410AndEnds() {
        create("one");
        String before = version();
        for (int i = 0; i <= CHANGES_KEPT; i++) {
            String count = String.valueOf(i);
            served.world.store().update("ConfigMap", "web", "one", "test", o -> Trees.with(o, count, "data", "count"));
        }
        try (Events events = served.watch(MAPS + "?watch=true&resourceVersion=" + before)) {
            Map<String, Object> event = events.next();
            assertThat(event).containsEntry("type", "ERROR");
            assertThat(Tree.number(event, 0, "object", "code")).isEqualTo(410);
            assertThat(Tree.text(event, "object", "reason")).hasValue("Expired");
            assertThat(events.over()).isTrue();
        }
    }

    @Test
    void endsInTimeWithABookmark() {
        create("one");
        try (Events events = served.watch(
                MAPS + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=1&resourceVersion=" + version())) {
            Map<String, Object> event = events.next();
            assertThat(event).containsEntry("type", "BOOKMARK");
            assertThat(Tree.text(event, "object", "metadata", "resourceVersion"))
                    .hasValue(version());
            assertThat(events.over()).isTrue();
        }
    }

    @Test
    void aClientThatWantsAWebSocketIsAnsweredAtOnce() {
        assertThat(served.upgraded(MAPS + "?watch=true")).isEqualTo(200);
    }

    @Test
    void manyWatchesNeedNoThreadsOfTheirOwn() {
        List<Events> watches = IntStream.range(0, 40)
                .mapToObj(i -> served.watch(MAPS + "?watch=true&resourceVersion=" + version()))
                .toList();
        create("one");
        assertThat(watches).allSatisfy(w -> assertThat(w.next(1)).containsExactly("ADDED one"));
        watches.forEach(Events::close);
    }
}
