package io.cnishift.simulator.cni;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The wiring of the pods, by name and by node. */
final class Wirings {
    private final Map<String, PodWiring> byName = new HashMap<>();
    private final Map<String, Map<String, PodWiring>> byNode = new HashMap<>();

    Optional<PodWiring> of(String namespace, String pod) {
        return Optional.ofNullable(byName.get(namespace + "/" + pod));
    }

    /** The wirings of a node in order of the pods' namespace and name. */
    Collection<PodWiring> on(String node) {
        return Collections.unmodifiableCollection(
                byNode.getOrDefault(node, Map.of()).values());
    }

    /** The same, by the pods' namespace and name. */
    Map<String, PodWiring> byPod(String node) {
        return Collections.unmodifiableMap(byNode.getOrDefault(node, Map.of()));
    }

    void add(String namespace, String pod, PodWiring wiring) {
        String name = namespace + "/" + pod;
        remove(namespace, pod, byName.containsKey(name) ? byName.get(name).uid() : "");
        byName.put(name, wiring);
        byNode.computeIfAbsent(wiring.node(), n -> new TreeMap<>()).put(name, wiring);
    }

    /** Removes the wiring of that pod and no other of its name. */
    Optional<PodWiring> remove(String namespace, String pod, String uid) {
        String name = namespace + "/" + pod;
        Optional<PodWiring> wiring =
                Optional.ofNullable(byName.get(name)).filter(w -> w.uid().equals(uid));
        wiring.ifPresent(w -> {
            byName.remove(name);
            byNode.getOrDefault(w.node(), new TreeMap<>()).remove(name);
        });
        return wiring;
    }

    void forgetNode(String node) {
        Map<String, PodWiring> gone = byNode.remove(node);
        if (gone != null) {
            byName.keySet().removeAll(gone.keySet());
        }
    }
}
