package io.cnishift.simulator.kube;

import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Tells which objects of a kind select which pods of their namespace, as pods come, change and go and as objects get other
 * selectors, so that whoever keeps an account of the pods that an object selects never has to search for them.
 */
public final class Selections {

    private static final Set<PodTurn> OF_LABELS = EnumSet.of(PodTurn.CAME, PodTurn.WENT, PodTurn.LABELS);

    private final ObjectStore store;
    private final Function<Map<String, Object>, Optional<Map<String, Object>>> selector;
    private final Account account;
    private final SelectorIndex index;
    private final Map<ObjectKey, List<ObjectKey>> selecting = new HashMap<>();

    /** What is kept of the pods that objects select. */
    public interface Account {
        /** The object selects the pod, which is as it was told before or has changed. */
        void has(ObjectKey object, Map<String, Object> pod);

        /** The object does not select the pod any more, or the pod is gone. */
        void loses(ObjectKey object, ObjectKey pod);
    }

    /** Hears of a pod's change, after the account, and of those that selected the pod before or do so now. */
    public interface Hearer {
        void changed(Optional<Map<String, Object>> before, Optional<Map<String, Object>> after, List<ObjectKey> by);
    }

    /**
     * Begins with the pods that there are.
     *
     * @param selector the label selector of an object of that kind; empty for one that selects nobody
     */
    public Selections(
            ObjectStore store,
            String kind,
            Function<Map<String, Object>, Optional<Map<String, Object>>> selector,
            Account account) {
        this.store = store;
        this.selector = selector;
        this.account = account;
        index = new SelectorIndex(store, kind, selector);
        store.list("Pod").forEach(p -> select(p, by(p)));
        store.listen(kind, this::selectorChanged);
    }

    /** Follows from now on the changes of pods that turn any of this. To be asked once. */
    public void follow(Set<PodTurn> concern, Hearer hearer) {
        Set<PodTurn> turns = EnumSet.copyOf(concern);
        turns.addAll(OF_LABELS);
        PodTurn.listen(store, turns, (before, after) -> hearer.changed(before, after, podChanged(before, after)));
    }

    /** Gives those that selected the pod before, and those that do now unless they are the same. */
    private List<ObjectKey> podChanged(Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
        if (after.isEmpty()) {
            ObjectKey pod = Pods.key(before.orElseThrow());
            List<ObjectKey> was = selecting(pod);
            selecting.remove(pod);
            was.forEach(object -> account.loses(object, pod));
            return was;
        }
        Map<String, Object> pod = after.get();
        List<ObjectKey> was = selecting(Pods.key(pod));
        if (before.isPresent() && Pods.labels(before.get()).equals(Pods.labels(pod))) {
            for (ObjectKey object : was) {
                account.has(object, pod);
            }
            return was;
        }
        List<ObjectKey> concerned = new ArrayList<>(was);
        concerned.addAll(select(pod, by(pod)));
        return concerned;
    }

    private void selectorChanged(Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
        if (before.isPresent() && after.isPresent() && before.flatMap(selector).equals(after.flatMap(selector))) {
            return;
        }
        String namespace = Pods.key(after.or(() -> before).orElseThrow()).namespace();
        for (Map<String, Object> pod : store.list("Pod", namespace)) {
            List<ObjectKey> by = by(pod);
            if (!by.equals(selecting(Pods.key(pod)))) {
                select(pod, by);
            }
        }
    }

    private List<ObjectKey> select(Map<String, Object> pod, List<ObjectKey> by) {
        ObjectKey key = Pods.key(pod);
        for (ObjectKey object : selecting(key)) {
            if (!by.contains(object)) {
                account.loses(object, key);
            }
        }
        if (by.isEmpty()) {
            selecting.remove(key);
        } else {
            selecting.put(key, by);
        }
        by.forEach(object -> account.has(object, pod));
        return by;
    }

    private List<ObjectKey> by(Map<String, Object> pod) {
        return index.selecting(pod).stream().map(Pods::key).toList();
    }

    private List<ObjectKey> selecting(ObjectKey pod) {
        return Objects.requireNonNullElse(selecting.get(pod), List.of());
    }
}
