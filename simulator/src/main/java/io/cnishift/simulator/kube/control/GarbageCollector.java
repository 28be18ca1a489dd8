package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** What an object owned goes after it, when nobody else owns it. */
final class GarbageCollector implements Behaviour {
    private static final Duration LAG = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final Map<String, Set<ObjectKey>> byOwner = new HashMap<>();

    @Override
    public String id() {
        return "garbage-collector";
    }

    @Override
    public String source() {
        return "Kubernetes documentation, Garbage Collection: owners and dependents, background deletion";
    }

    @Override
    public void install(Kernel kernel) {
        ObjectStore store = kernel.objects();
        store.kinds().forEach(kind -> store.list(kind).forEach(this::add));
        store.listen("*", (before, after) -> {
            if (before.isEmpty() || after.isEmpty() || !sameReferences(before.get(), after.get())) {
                before.ifPresent(this::remove);
                after.ifPresent(this::add);
            }
            if (after.isEmpty() && before.isPresent()) {
                String uid = Pods.uid(before.get());
                if (byOwner.containsKey(uid)) {
                    kernel.clock().after(LAG, () -> collect(kernel, uid));
                }
            }
        });
    }

    private void add(Map<String, Object> object) {
        for (Map<String, Object> reference : references(object)) {
            byOwner.computeIfAbsent(Tree.text(reference, "uid").orElse(""), u -> new HashSet<>())
                    .add(Pods.key(object));
        }
    }

    private void remove(Map<String, Object> object) {
        for (Map<String, Object> reference : references(object)) {
            String uid = Tree.text(reference, "uid").orElse("");
            Set<ObjectKey> owned = byOwner.get(uid);
            if (owned != null && owned.remove(Pods.key(object)) && owned.isEmpty()) {
                byOwner.remove(uid);
            }
        }
    }

    private void collect(Kernel kernel, String owner) {
        ObjectStore store = kernel.objects();
        List<Map<String, Object>> owned = new TreeSet<>(byOwner.getOrDefault(owner, Set.of()))
                .stream().flatMap(key -> store.get(key).stream()).toList();
        for (Map<String, Object> object : owned) {
            boolean ownedByOthers = references(object).stream()
                    .map(r -> Tree.text(r, "uid").orElse(""))
                    .anyMatch(uid -> !uid.equals(owner) && byOwner.containsKey(uid) && exists(store, object, uid));
            if (!ownedByOthers && !Pods.terminating(object) && !deleted(store, object)) {
                kernel.clock().after(RETRY, () -> collect(kernel, owner));
                return;
            }
        }
    }

    private static boolean exists(ObjectStore store, Map<String, Object> object, String uid) {
        return references(object).stream()
                .filter(r -> uid.equals(r.get("uid")))
                .anyMatch(r -> store.get(
                                Tree.text(r, "kind").orElse(""),
                                Pods.key(object).namespace(),
                                Tree.text(r, "name").orElse(""))
                        .filter(o -> Pods.uid(o).equals(uid))
                        .isPresent());
    }

    private static boolean deleted(ObjectStore store, Map<String, Object> object) {
        try {
            store.delete(Pods.key(object), Controller.MANAGER, Optional.of(Pods.uid(object)), OptionalLong.empty());
            return true;
        } catch (ApiRefusal refused) {
            return refused.reason() == Reason.GONE || refused.reason() == Reason.CONFLICT;
        }
    }

    private static List<Map<String, Object>> references(Map<String, Object> object) {
        return Tree.maps(object, "metadata", "ownerReferences");
    }

    private static boolean sameReferences(Map<String, Object> before, Map<String, Object> after) {
        return Objects.equals(
                Tree.map(before, "metadata").get("ownerReferences"),
                Tree.map(after, "metadata").get("ownerReferences"));
    }
}
