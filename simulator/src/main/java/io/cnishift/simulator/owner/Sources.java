package io.cnishift.simulator.owner;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Owner;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What the repositories of Argo CD and Flux say: at first what the snapshot showed, later what their owners changed. */
final class Sources {

    private static final Set<Owner.Kind> IN_REPOSITORIES = EnumSet.of(Owner.Kind.ARGO_CD, Owner.Kind.FLUX);

    private final Kernel kernel;
    private final Map<ObjectKey, Entry> entries = new LinkedHashMap<>();
    /** Objects as they were when they were last found to be as their source says. */
    private final Map<ObjectKey, Map<String, Object>> seenInSync = new HashMap<>();

    private final List<Consumer<ObjectKey>> followers = new ArrayList<>();

    private Sources(Kernel kernel) {
        this.kernel = kernel;
        for (String kind : kernel.objects().kinds()) {
            kernel.objects().list(kind).forEach(o -> enter(ObjectKey.of(o), o));
        }
    }

    /** The sources of that world. */
    static Sources of(Kernel kernel) {
        return kernel.shared(Sources.class, Sources::new);
    }

    private record Entry(Owner.Kind owner, String holder, Manifest manifest) {}

    /** The objects that one kind of owner has sources for. */
    List<ObjectKey> of(Owner.Kind owner) {
        List<ObjectKey> keys = new ArrayList<>();
        entries.forEach((key, entry) -> {
            if (entry.owner() == owner) {
                keys.add(key);
            }
        });
        return keys;
    }

    /** Who has a source for an object. */
    Optional<Owner.Kind> owner(ObjectKey key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::owner);
    }

    /** Whether that kind of owner has a source for an object. */
    boolean has(Owner.Kind owner, ObjectKey key) {
        Entry entry = entries.get(key);
        return entry != null && entry.owner() == owner;
    }

    /** Whether an object is there and as its source says. */
    boolean inSync(ObjectKey key) {
        Entry entry = entries.get(key);
        Optional<Map<String, Object>> live = kernel.objects().get(key);
        if (entry == null || live.isEmpty()) {
            return false;
        }
        Map<String, Object> last = seenInSync.get(key);
        boolean inSync = (last != null && entry.manifest().sameStated(last, live.get()))
                || entry.manifest().holds(live.get());
        if (inSync) {
            seenInSync.put(key, live.get());
        }
        return inSync;
    }

    /** The name of the Application, or Kustomization, that has a source for an object. */
    Optional<String> holder(ObjectKey key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::holder);
    }

    /** Hears of objects whose source their owner has changed. */
    void listen(Consumer<ObjectKey> follower) {
        followers.add(follower);
    }

    /** What the source says of an object. */
    Optional<Manifest> manifest(ObjectKey key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::manifest);
    }

    /** The owner has changed its source to what is there now, which may be nothing. */
    void follow(ObjectKey key) {
        entries.remove(key);
        seenInSync.remove(key);
        kernel.objects().get(key).ifPresent(o -> enter(key, o));
        followers.forEach(f -> f.accept(key));
    }

    private void enter(ObjectKey key, Map<String, Object> object) {
        Owner owner = KubeProjection.owner(object);
        if (IN_REPOSITORIES.contains(owner.kind())) {
            entries.put(key, new Entry(owner.kind(), owner.name(), Manifest.of(object)));
        }
    }
}
