package io.cnishift.simulator.front;

import io.cnishift.simulator.ChangeLog;
import io.cnishift.simulator.ObjectStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All open watches. To be used in a turn only.
 *
 * <p>Source: Kubernetes documentation, API concepts: "Efficient detection of changes". One that begins before the oldest change
 * that is kept gets an ERROR event with a Status of 410, as from a real server; so does one for which changes were compacted
 * away within one turn.
 */
final class Watches {
    private final ObjectStore store;
    private final ChangeLog log;
    private final List<Watch> open = new ArrayList<>();
    private long told;

    Watches(ObjectStore store) {
        this.store = store;
        log = store.log();
        told = store.resourceVersion();
    }

    /** From which version on a request wants to be told; empty when it begins with what is there. */
    static OptionalLong since(ApiCall call) {
        if (call.parameter("sendInitialEvents").isPresent()) {
            throw Refusals.coded(
                    422,
                    "ListOptions.meta.k8s.io \"\" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is"
                            + " forbidden for watch unless the WatchList feature gate is enabled");
        }
        OptionalLong since = call.number("resourceVersion");
        return since.orElse(0) == 0 ? OptionalLong.empty() : since;
    }

    /** Begins a watch with what is there, or with what has changed since a version. */
    void begin(Watch watch, OptionalLong since) {
        if (since.isEmpty()) {
            present(watch).forEach(watch::show);
            open.add(watch);
            return;
        }
        Optional<List<ChangeLog.Entry>> missed = log.since(since.getAsLong());
        if (missed.isPresent()) {
            missed.get().forEach(watch::tell);
            open.add(watch);
        } else {
            tooOld(watch, since.getAsLong());
        }
    }

    private List<WatchEvent> present(Watch watch) {
        Target target = watch.target();
        Collection<Map<String, Object>> there = target.namespace().isEmpty()
                ? store.list(target.resource().kind())
                : store.list(target.resource().kind(), target.namespace());
        return there.stream()
                .filter(watch.selection()::matches)
                .map(WatchEvent::added)
                .toList();
    }

    /** Tells what has changed since the last time. */
    void tell() {
        if (told == store.resourceVersion()) {
            return;
        }
        open.removeIf(Watch::over);
        Optional<List<ChangeLog.Entry>> changes = log.since(told);
        if (changes.isPresent()) {
            open.forEach(w -> changes.get().forEach(w::tell));
        } else {
            open.forEach(w -> tooOld(w, told));
            open.clear();
        }
        told = store.resourceVersion();
    }

    /** Tells those who want to know how far they have been told. */
    void bookmark() {
        open.removeIf(Watch::over);
        open.forEach(w -> w.bookmark(told));
    }

    /** Ends one as its time is over. */
    void end(Watch watch) {
        open.remove(watch);
        watch.bookmark(told);
        watch.end();
    }

    void endAll() {
        open.forEach(Watch::end);
        open.clear();
    }

    private void tooOld(Watch watch, long since) {
        String message = "too old resource version: " + since + " (" + store.resourceVersion() + ")";
        watch.tell(WatchEvent.error(
                Statuses.failure(Refusals.expired(message), Optional.empty()).body()));
        watch.end();
    }
}
