package io.cnishift.simulator.front;

import io.cnishift.simulator.ChangeLog;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ApiResource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a watch is told. */
record WatchEvent(String type, Map<String, Object> object) {

    WatchEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(object, "object");
    }

    /** What a change means for objects that a selection selects; one that leaves it is gone for them. */
    static Optional<WatchEvent> of(ChangeLog.Entry change, Selection selection) {
        boolean was = change.before().filter(selection::matches).isPresent();
        boolean is = change.type() != ChangeLog.Type.DELETED && selection.matches(change.object());
        if (is) {
            return Optional.of(new WatchEvent(was ? "MODIFIED" : "ADDED", change.object()));
        }
        return was
                ? Optional.of(new WatchEvent(
                        "DELETED",
                        Trees.with(
                                change.before().orElseThrow(),
                                String.valueOf(change.resourceVersion()),
                                "metadata",
                                "resourceVersion")))
                : Optional.empty();
    }

    static WatchEvent added(Map<String, Object> object) {
        return new WatchEvent("ADDED", object);
    }

    /** That all changes up to a version have been told. */
    static WatchEvent bookmark(ApiResource resource, long version) {
        return new WatchEvent(
                "BOOKMARK",
                Trees.of(
                        "kind",
                        resource.kind(),
                        "apiVersion",
                        resource.apiVersion(),
                        "metadata",
                        Trees.of("resourceVersion", String.valueOf(version))));
    }

    static WatchEvent error(Map<String, Object> status) {
        return new WatchEvent("ERROR", status);
    }

    Map<String, Object> tree() {
        return Trees.of("type", type, "object", object);
    }
}
