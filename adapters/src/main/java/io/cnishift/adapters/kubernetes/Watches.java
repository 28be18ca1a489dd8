package io.cnishift.adapters.kubernetes;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.MigrationException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watches of one API server. They share one thread: what arrives on any connection, the pauses between connections, and the
 * lists that are read again take turns on it, so nothing of them is locked. Reading from the connections is the HTTP client's
 * affair and takes no thread each.
 */
final class Watches implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    private final KubeApi api;
    private final KubeStreams streams;
    private final WatchPace pace;
    private final Runnable changed;
    private final ScheduledThreadPoolExecutor thread;
    private final List<ListWatch> open = new ArrayList<>();

    /**
     * Watches.
     *
     * @param api for the lists; it need not repeat requests, for that is done here
     * @param changed told after changes were
     */
    Watches(KubeApi api, KubeStreams streams, WatchPace pace, Runnable changed) {
        this.api = api;
        this.streams = streams;
        this.pace = pace;
        this.changed = changed;
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                work -> {
                    Thread watching = new Thread(work, "cnishift-watches");
                    watching.setDaemon(true);
                    return watching;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        thread.setKeepAliveTime(1, TimeUnit.MINUTES);
        thread.allowCoreThreadTimeOut(true);
        thread.setRemoveOnCancelPolicy(true);
    }

    KubeApi api() {
        return api;
    }

    KubeStreams streams() {
        return streams;
    }

    WatchPace pace() {
        return pace;
    }

    /** The turn of everything that happens here. */
    Executor turn() {
        return thread;
    }

    Future<?> later(long millis, Runnable what) {
        return thread.schedule(what, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Feeds changes of these parts from now on. Returns those that it does feed, when the watches of all of them stand: what is
     * read from then on misses nothing.
     */
    Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        Consumer<List<Change>> told = changes -> {
            changes.forEach(sink);
            if (!changes.isEmpty()) {
                changed.run();
            }
        };
        Map<Part, List<ListWatch>> begun = new LinkedHashMap<>();
        for (Part part : parts) {
            PartLists.of(part).ifPresent(of -> {
                PartRecords records = new PartRecords(part, of.grouping());
                begun.put(
                        part,
                        of.lists().stream()
                                .map(list -> new ListWatch(list, records, this, told))
                                .toList());
            });
        }
        Discovery discovery = new Discovery(api);
        begun.values().forEach(lists -> lists.forEach(list -> thread.execute(() -> list.begin(discovery))));
        Set<Part> fed = EnumSet.noneOf(Part.class);
        begun.forEach((part, lists) -> {
            own(lists);
            if (lists.stream().allMatch(Watches::follows)) {
                fed.add(part);
            } else {
                thread.execute(() -> lists.forEach(ListWatch::end));
            }
        });
        return fed;
    }

    private synchronized void own(List<ListWatch> lists) {
        open.addAll(lists);
    }

    private static boolean follows(ListWatch list) {
        try {
            return list.begun().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof MigrationException known ? known : e;
        }
    }

    /** Ends all watches. */
    @Override
    public synchronized void close() {
        Future<?> ended = thread.submit(() -> open.forEach(ListWatch::end));
        try {
            ended.get(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("watches were not ended in order", e);
        } finally {
            thread.shutdownNow();
        }
    }
}
