package io.cnishift.adapters.kubernetes;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one list.
 *
 * <ol>
 *   <li>The list is read, and watched from the version that it was read in. What fails in passing is tried a few times more: a
 *       list that is not followed is read again and again for as long as the run takes.
 *   <li>A watch that ends is taken up again where it ended, after a while that grows from failure to failure.
 *   <li>When the server has forgotten that version (410), or a watch cannot go on for another reason, the list is read again
 *       and what differs is told, deletions too.
 *   <li>A watch that brings nothing for long, not even a bookmark, is taken for dead and taken up anew: nobody tells of a
 *       connection that was cut off silently.
 *   <li>A custom resource that is not served is looked for again; its objects come when it comes.
 * </ol>
 *
 * <p>Source: Kubernetes documentation, API concepts, "Efficient detection of changes". All of it happens in the turn of its
 * {@link Watches}.
 */
final class ListWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ListWatch.class);
    private static final int GONE = 410;
    private static final int TRIES = 4;

    private final PartLists.Watched list;
    private final PartRecords records;
    private final Watches around;
    private final Consumer<List<Change>> told;
    private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
    private String version = "";
    private int failures;
    private boolean over;
    private @Nullable KubeResource served;
    private @Nullable Connection connection;
    private @Nullable Future<?> next;

    ListWatch(PartLists.Watched list, PartRecords records, Watches around, Consumer<List<Change>> told) {
        this.list = list;
        this.records = records;
        this.around = around;
        this.told = told;
    }

    /** Whether it follows the list, as soon as that is known; where the list or the watch is refused, it does not. */
    CompletableFuture<Boolean> begun() {
        return begun;
    }

    /** Begins. What is there is not told: it is read by whoever asked, and that later than here. */
    void begin(Discovery discovery) {
        try {
            List<Change> known = read(discovery);
            LOG.debug("following {}: {} records", list.resource(), known.size());
            follow();
        } catch (CallFailure failure) {
            boolean passes = failure.fault().passing() || failure.is(Fault.Kind.EXPIRED);
            notBegun(passes, failure.fault().reason(), () -> begin(new Discovery(around.api())));
        } catch (RuntimeException e) {
            over = true;
            begun.completeExceptionally(e);
        }
    }

    void end() {
        over = true;
        disconnect();
        if (next != null) {
            next.cancel(false);
        }
        begun.complete(false);
    }

    private void notBegun(boolean passes, String why, Runnable again) {
        failures++;
        if (passes && failures < TRIES) {
            LOG.debug("{} is not followed yet: {}", list.resource(), why);
            later(around.pace().pause(failures), again);
        } else {
            refused(why);
        }
    }

    private void refused(String why) {
        LOG.debug("{} is not followed: {}", list.resource(), why);
        end();
    }

    private List<Change> read(Discovery discovery) {
        served = discovery.find(list.resource()).orElse(null);
        if (served == null) {
            return records.all(list.resource().toString(), List.of());
        }
        KubeApi.Listing<Item> now = around.api().listing(served, served.path(list.namespace()), list.items());
        version = now.resourceVersion();
        return records.all(list.resource().toString(), now.items());
    }

    /** Watches from the version that is known, or looks again later where nothing is served. */
    private void follow() {
        if (served == null) {
            begun.complete(true);
            later(around.pace().absent(), this::readAgain);
            return;
        }
        Connection fresh = new Connection();
        connection = fresh;
        fresh.stream = around.streams()
                .open(
                        served.path(list.namespace()) + "?watch=true&allowWatchBookmarks=true&resourceVersion="
                                + version + "&timeoutSeconds=" + around.pace().lifeSeconds(),
                        around.turn(),
                        fresh);
        fresh.listen(0);
    }

    private void readAgain() {
        try {
            told.accept(read(new Discovery(around.api())));
            follow();
        } catch (RuntimeException e) {
            failures++;
            broken("cannot be read again", e);
            later(around.pace().pause(failures), this::readAgain);
        }
    }

    /** What no server said is a defect, and that it goes on must not hide it. */
    private void broken(String how, RuntimeException e) {
        if (e instanceof CallFailure || e instanceof KubeFailure) {
            LOG.debug("{} {}: {}", list.resource(), how, e.getMessage());
        } else {
            LOG.error("{} {}", list.resource(), how, e);
        }
    }

    private void disconnect() {
        Connection old = connection;
        connection = null;
        if (old != null && old.stream != null) {
            old.stream.cancel();
        }
    }

    private void later(long millis, Runnable what) {
        if (!over) {
            next = around.later(millis, () -> {
                if (!over) {
                    what.run();
                }
            });
        }
    }

    /** One watch. What an earlier one still says is not heard any more. */
    private final class Connection implements KubeStreams.Listener {

        private KubeStreams.@Nullable Stream stream;
        private long heard;

        @Override
        public void opened() {
            begun.complete(true);
        }

        @Override
        public void document(Map<String, Object> event) {
            if (connection != this) {
                return;
            }
            heard++;
            Map<String, Object> object = Tree.map(event, "object");
            String type = Tree.text(event, "type").orElse("");
            if (type.equals("ERROR")) {
                ended(Optional.of(KubeFailure.of(KubeFailure.NO_ANSWER, object)));
                return;
            }
            try {
                take(type, object);
            } catch (RuntimeException e) {
                broken("has an object that cannot be understood", e);
                ended(Optional.of(new KubeFailure(GONE, "", "an event was lost", e)));
            }
        }

        private void take(String type, Map<String, Object> object) {
            if (!type.equals("BOOKMARK")) {
                boolean gone = type.equals("DELETED");
                list.items().apply(object).forEach(item -> told.accept(gone ? records.gone(item) : records.now(item)));
            }
            failures = 0;
            version = Tree.text(object, "metadata", "resourceVersion").orElse(version);
        }

        @Override
        public void ended(Optional<KubeFailure> failure) {
            if (connection != this) {
                return;
            }
            disconnect();
            if (!begun.isDone()) {
                notBegun(
                        failure.filter(f -> !passes(f)).isEmpty(),
                        failure.map(f -> String.valueOf(f.getMessage())).orElse("the watch ended at once"),
                        stands(failure) ? ListWatch.this::follow : () -> begin(new Discovery(around.api())));
                return;
            }
            failure.ifPresent(f -> {
                failures++;
                broken("is watched anew", f);
            });
            later(around.pace().pause(failures), stands(failure) ? ListWatch.this::follow : ListWatch.this::readAgain);
        }

        /** Asks later whether anything was heard since. */
        private void listen(long since) {
            Future<?> unused = around.later(around.pace().silenceMillis(), () -> {
                if (connection == this && heard == since) {
                    ended(Optional.of(new KubeFailure(KubeFailure.NO_ANSWER, "", "nothing was heard for long", null)));
                } else if (connection == this) {
                    listen(heard);
                }
            });
        }
    }

    /** Whether the same watch may be let begin a moment later. */
    private static boolean passes(KubeFailure failure) {
        return switch (failure.status()) {
            case KubeFailure.NO_ANSWER -> !failure.untrusted();
            case 408, GONE, 429 -> true;
            default -> failure.status() >= 500;
        };
    }

    /** Whether a watch can go on from the version that is known. */
    private static boolean stands(Optional<KubeFailure> failure) {
        return failure.filter(f -> f.status() == GONE || f.status() == 404 || f.status() == 400)
                .isEmpty();
    }
}
