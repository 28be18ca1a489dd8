package io.cnishift.simulator;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Admission.Operation;
import io.cnishift.simulator.Admission.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The Kubernetes objects of the cluster as JSON trees, by kind, namespace (empty for cluster-scoped ones) and name.
 *
 * <p>Trees that go in and come out are never changed by anybody; {@link Trees} makes new ones. Every write passes the
 * admission chain, gets the next resourceVersion and is told to the listeners of its kind after it is committed, one write
 * after the other, before the outermost write returns.
 */
public final class ObjectStore {
    private static final int LOG_CAPACITY = 20_000;

    private final SimClock clock;
    private final RandomGenerator uids;
    private final Map<String, Shelf> kinds = new HashMap<>();
    private final Map<String, Audience> audiences = new HashMap<>();
    private final List<Listener> listenersToAll = new ArrayList<>();
    private final List<Admission> admission = new ArrayList<>();
    private final Deque<News> untold = new ArrayDeque<>();
    private Optional<ChangeLog> log = Optional.empty();
    private long resourceVersion;
    private boolean telling;

    ObjectStore(SimClock clock, RandomGenerator uids) {
        this.clock = clock;
        this.uids = uids;
    }

    /** A committed write, and who has to be told. */
    private record News(
            List<Listener> told, Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
        void tell() {
            for (Listener listener : told) {
                listener.changed(before, after);
            }
        }
    }

    /** Hears of committed writes. */
    public interface Listener {
        /** Nothing before: created. Nothing after: gone. It may write itself, but rather schedules an event. */
        void changed(Optional<Map<String, Object>> before, Optional<Map<String, Object>> after);
    }

    /** What a write turns of an object, as bits; the uppermost is not used. */
    public interface Turns {
        int of(Optional<Map<String, Object>> before, Optional<Map<String, Object>> after);
    }

    /** The object of that name. */
    public Optional<Map<String, Object>> get(String kind, String namespace, String name) {
        return get(new ObjectKey(kind, namespace, name));
    }

    /** The object of that key. */
    public Optional<Map<String, Object>> get(ObjectKey key) {
        return Optional.ofNullable(shelf(key.kind()).get(key.nameInKind()));
    }

    /** All objects of a kind in order of namespace and name. A live view: copy it before writing. */
    public Collection<Map<String, Object>> list(String kind) {
        return shelf(kind).all();
    }

    /** The objects of a kind in a namespace. A live view: copy it before writing. */
    public Collection<Map<String, Object>> list(String kind, String namespace) {
        return shelf(kind).in(namespace);
    }

    /** The objects of a kind by {@link ObjectKey#nameInKind}, in that order; a copy. */
    public NavigableMap<String, Map<String, Object>> byName(String kind) {
        return shelf(kind).copy();
    }

    /** The kinds of which there are objects, in order. */
    public List<String> kinds() {
        return kinds.entrySet().stream()
                .filter(e -> !e.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * An index over a kind, from now on kept up to date; an object is found under each key that the function gives.
     *
     * @param keys made of the object's name, labels, owners and spec, and of nothing else
     */
    public ObjectIndex index(String kind, Function<Map<String, Object>, ? extends Collection<String>> keys) {
        return shelf(kind).index(keys);
    }

    /** The same by keys that the status of an object has a part in, too; it is asked for them at every write. */
    public ObjectIndex statusIndex(String kind, Function<Map<String, Object>, ? extends Collection<String>> keys) {
        return shelf(kind).statusIndex(keys);
    }

    /** Hears of changes of a kind, after those who asked before; {@code *} for every kind. */
    public void listen(String kind, Listener listener) {
        if (kind.equals("*")) {
            listenersToAll.add(listener);
            audiences.values().forEach(Audience::changed);
        } else {
            audience(kind).add(listener);
        }
    }

    /**
     * Hears of those changes of a kind that turn something.
     *
     * @param turns what a change turns, the same function for every listener of the kind
     * @param concern the bits of what it wants to hear of
     */
    public void listen(String kind, Turns turns, int concern, Listener listener) {
        audience(kind).add(turns, concern, listener);
    }

    /** Adds a link to the end of the admission chain. */
    public void admit(Admission link) {
        admission.add(link);
    }

    /** Asks the admission chain about a request that is no write of an object itself, such as an eviction. */
    public Map<String, Object> admit(Request request) {
        return admitted(request);
    }

    /** The changes of late, which are kept from the first call on: without a client that watches nobody needs them. */
    public ChangeLog log() {
        ChangeLog kept = log.orElseGet(() -> new ChangeLog(LOG_CAPACITY, resourceVersion));
        log = Optional.of(kept);
        return kept;
    }

    /** The version of the last write. */
    public long resourceVersion() {
        return resourceVersion;
    }

    /** Creates an object. */
    public Map<String, Object> create(Map<String, Object> object, String manager) {
        Map<String, Object> admitted = checkCreate(object, manager);
        return commit(Optional.empty(), admitted);
    }

    /** What {@link #create} would store, but for its version; nothing is stored. */
    public Map<String, Object> checkCreate(Map<String, Object> object, String manager) {
        Map<String, Object> named = Stamps.named(object, uids);
        Creation.check(named, this);
        Map<String, Object> admitted = admitted(new Request(Operation.CREATE, "", manager, Optional.empty(), named));
        Map<String, Object> stamped = Stamps.created(admitted, uid(), clock.now());
        return ManagedFields.afterUpdate(Optional.empty(), stamped, manager, clock.now());
    }

    /** Changes an object, all but its status. A change that carries another resourceVersion is a conflict. */
    public Map<String, Object> update(
            String kind, String namespace, String name, String manager, UnaryOperator<Map<String, Object>> change) {
        ObjectKey key = new ObjectKey(kind, namespace, name);
        Map<String, Object> before = require(key);
        return store(before, checkUpdate(key, manager, change));
    }

    /** What {@link #update} would store, but for its version; nothing is stored. */
    public Map<String, Object> checkUpdate(ObjectKey key, String manager, UnaryOperator<Map<String, Object>> change) {
        Map<String, Object> before = require(key);
        Map<String, Object> changed = Stamps.identityKept(before, change.apply(before));
        if (changed.equals(before)) {
            return before;
        }
        Creation.checkUpdate(before, changed);
        Map<String, Object> admitted =
                admitted(new Request(Operation.UPDATE, "", manager, Optional.of(before), changed));
        Map<String, Object> counted = Stamps.generationCounted(before, admitted);
        return ManagedFields.afterUpdate(Optional.of(before), counted, manager, clock.now());
    }

    /**
     * Binds a pod, as the API server does for its subresource {@code binding}: the node and the condition in the status that
     * tells of it are one write. Source: pkg/registry/core/pod/storage (assignPod).
     */
    public Map<String, Object> bind(ObjectKey pod, String manager, UnaryOperator<Map<String, Object>> change) {
        Map<String, Object> before = require(pod);
        return store(
                before,
                admitted(new Request(Operation.UPDATE, "binding", manager, Optional.of(before), change.apply(before))));
    }

    /** Changes the status of an object and nothing else of it. */
    public Map<String, Object> updateStatus(
            String kind, String namespace, String name, String manager, UnaryOperator<Map<String, Object>> change) {
        ObjectKey key = new ObjectKey(kind, namespace, name);
        Map<String, Object> before = require(key);
        return store(before, checkUpdateStatus(key, manager, change));
    }

    /** What {@link #updateStatus} would store, but for its version; nothing is stored. */
    public Map<String, Object> checkUpdateStatus(
            ObjectKey key, String manager, UnaryOperator<Map<String, Object>> change) {
        Map<String, Object> before = require(key);
        Map<String, Object> changed = change.apply(before);
        Stamps.refuseOtherVersion(before, changed);
        Object status = changed.getOrDefault("status", Map.of());
        if (status.equals(before.get("status"))) {
            return before;
        }
        Map<String, Object> after = Trees.with(before, status, "status");
        admitted(new Request(Operation.UPDATE, "status", manager, Optional.of(before), after));
        return after;
    }

    /** Changes the status of an object by a function from the old to the new status. */
    public Map<String, Object> status(ObjectKey key, String manager, UnaryOperator<Map<String, Object>> change) {
        return updateStatus(
                key.kind(),
                key.namespace(),
                key.name(),
                manager,
                object -> Trees.with(object, change.apply(Tree.map(object, "status")), "status"));
    }

    /** Deletes with the object's own grace period, see {@link #delete(ObjectKey, String, Optional, OptionalLong)}. */
    public void delete(String kind, String namespace, String name, Optional<String> uid) {
        delete(new ObjectKey(kind, namespace, name), "kubectl", uid, OptionalLong.empty());
    }

    /**
     * Begins to delete an object: one that has finalizers or is a running pod gets a deletionTimestamp and stays until its
     * finalizers are off or the kubelet has ended it; every other one is gone at once.
     */
    public void delete(ObjectKey key, String manager, Optional<String> uid, OptionalLong graceSeconds) {
        Map<String, Object> before = checkDelete(key, manager, uid);
        OptionalLong grace = Deletion.grace(before, graceSeconds);
        if (grace.isEmpty()) {
            remove(key.kind(), key.namespace(), key.name());
            return;
        }
        Map<String, Object> marked = Deletion.marked(before, grace.getAsLong(), clock.now());
        if (!marked.equals(before)) {
            store(before, marked);
        }
    }

    /** The object that {@link #delete} would begin to delete; nothing is changed. */
    public Map<String, Object> checkDelete(ObjectKey key, String manager, Optional<String> uid) {
        Map<String, Object> before = require(key);
        Deletion.refuseOtherUid(before, uid);
        admitted(new Request(Operation.DELETE, "", manager, Optional.of(before), before));
        return before;
    }

    /** Takes an object away without asking anybody, as the last step of a deletion. Nothing happens when it is gone. */
    public void remove(String kind, String namespace, String name) {
        ObjectKey key = new ObjectKey(kind, namespace, name);
        Map<String, Object> before = shelf(kind).remove(key.nameInKind());
        if (before == null) {
            return;
        }
        resourceVersion++;
        logged(ChangeLog.Type.DELETED, key, Optional.of(before), before);
        tell(kind, Optional.of(before), Optional.empty());
    }

    /** Puts an object there as it is, unasked, unstamped and untold: how a cluster is set up before time runs. */
    public void put(Map<String, Object> object) {
        ObjectKey key = ObjectKey.of(object);
        shelf(key.kind()).put(key.nameInKind(), object);
    }

    /** The version from which on this store counts; everything put there before is older. */
    public void startAt(long version) {
        resourceVersion = version;
    }

    /** A UID of the same kind as every object has, reproducible by the seed. */
    public String uid() {
        return new UUID(
                        (uids.nextLong() & ~0xF000L) | 0x4000L,
                        (uids.nextLong() & 0x3FFFFFFFFFFFFFFFL) | Long.MIN_VALUE)
                .toString();
    }

    private Map<String, Object> store(Map<String, Object> before, Map<String, Object> after) {
        if (after.equals(before)) {
            return before;
        }
        Map<String, Object> committed = commit(Optional.of(before), after);
        if (Deletion.complete(committed)) {
            ObjectKey key = ObjectKey.of(committed);
            remove(key.kind(), key.namespace(), key.name());
        }
        return committed;
    }

    private Map<String, Object> commit(Optional<Map<String, Object>> before, Map<String, Object> after) {
        Map<String, Object> committed =
                Trees.with(after, String.valueOf(++resourceVersion), "metadata", "resourceVersion");
        // an update keeps the key
        ObjectKey key = Tree.known(committed, ObjectKey.class, c -> ObjectKey.of(before.orElse(c)));
        put(committed);
        ChangeLog.Type type = before.isPresent() ? ChangeLog.Type.MODIFIED : ChangeLog.Type.ADDED;
        logged(type, key, before, committed);
        tell(key.kind(), before, Optional.of(committed));
        return committed;
    }

    private void logged(
            ChangeLog.Type type, ObjectKey key, Optional<Map<String, Object>> before, Map<String, Object> object) {
        if (log.isPresent()) {
            log.get().add(new ChangeLog.Entry(resourceVersion, type, key, before, object));
        }
    }

    private Map<String, Object> admitted(Request request) {
        Map<String, Object> object = request.object();
        for (Admission link : admission) {
            object = link.admit(request.with(object));
        }
        return object;
    }

    private void tell(String kind, Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
        untold.add(new News(audience(kind).of(before, after, listenersToAll), before, after));
        if (telling) {
            return;
        }
        telling = true;
        try {
            for (News next = untold.poll(); next != null; next = untold.poll()) {
                next.tell();
            }
        } finally {
            telling = false;
        }
    }

    private Audience audience(String kind) {
        return audiences.computeIfAbsent(kind, k -> new Audience());
    }

    private Map<String, Object> require(ObjectKey key) {
        return get(key).orElseThrow(() -> new ApiRefusal(Reason.GONE, key + " not found"));
    }

    private Shelf shelf(String kind) {
        return kinds.computeIfAbsent(kind, k -> new Shelf());
    }

    /** A copy of everything, by kind and name; the trees are shared. */
    public Map<String, Map<String, Map<String, Object>>> contents() {
        Map<String, Map<String, Map<String, Object>>> all = new LinkedHashMap<>();
        kinds().forEach(kind ->
                all.put(kind, Collections.unmodifiableMap(shelf(kind).copy())));
        return all;
    }
}
