package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings the objects of a release to what its chart renders: makes them, changes them, deletes those that an earlier revision
 * had and this one has not. What others put beside the chart's fields (annotations of a pod template, such as those of a
 * restart) stays, as with Helm's three-way merge.
 */
record HelmApply(Kernel kernel) {

    private static final String MANAGER = "helm";
    private static final String AUTHORITY = "cilium-ca";

    void apply(List<Map<String, Object>> before, List<Map<String, Object>> now) {
        now.forEach(this::put);
        Set<ObjectKey> kept = now.stream().map(ObjectKey::of).collect(Collectors.toSet());
        before.stream().map(ObjectKey::of).filter(k -> !kept.contains(k)).forEach(this::delete);
    }

    private void put(Map<String, Object> rendered) {
        ObjectKey key = ObjectKey.of(rendered);
        if (kernel.objects().get(key).isEmpty()) {
            kernel.objects().create(rendered, MANAGER);
            return;
        }
        kernel.objects().update(key.kind(), key.namespace(), key.name(), MANAGER, old -> merged(old, rendered));
    }

    /** Has an object that is there bear the marks of that one, as if the release had made it. */
    void mark(Map<String, Object> rendered) {
        kernel.objects()
                .get(ObjectKey.of(rendered))
                .ifPresent(there -> kernel.objects().put(marked(there, rendered)));
    }

    private static Map<String, Object> merged(Map<String, Object> old, Map<String, Object> rendered) {
        Map<String, Object> merged = old;
        for (String part : List.of("data", "spec")) {
            // the chart looks up the authority that is there, so that certificates stay good
            boolean found =
                    Tree.text(old, "metadata", "name").filter(AUTHORITY::equals).isPresent();
            if (rendered.containsKey(part) && !found) {
                merged = Trees.with(merged, part(old, rendered, part), part);
            }
        }
        String[] annotations = {"spec", "template", "metadata", "annotations"};
        Map<String, Object> kept = new LinkedHashMap<>(Tree.map(old, annotations));
        kept.remove("cilium.io/cilium-configmap-checksum");
        kept.putAll(Tree.map(rendered, annotations));
        merged = kept.isEmpty() ? merged : Trees.with(merged, kept, annotations);
        return marked(merged, rendered);
    }

    private static Map<String, Object> marked(Map<String, Object> object, Map<String, Object> rendered) {
        Map<String, Object> marked = object;
        for (String meta : List.of("labels", "annotations")) {
            Map<String, Object> both = new LinkedHashMap<>(Tree.map(object, "metadata", meta));
            both.putAll(Tree.map(rendered, "metadata", meta));
            marked = both.isEmpty() ? marked : Trees.with(marked, both, "metadata", meta);
        }
        return marked;
    }

    /** What the API server gave a Service is not the chart's. */
    private static Map<String, Object> part(Map<String, Object> old, Map<String, Object> rendered, String part) {
        if (!"Service".equals(rendered.get("kind"))) {
            return Tree.map(rendered, part);
        }
        Map<String, Object> spec = new LinkedHashMap<>(Tree.map(old, part));
        spec.putAll(Tree.map(rendered, part));
        List<Map<String, Object>> before = Tree.maps(old, part, "ports");
        spec.put(
                "ports",
                Tree.maps(rendered, part, "ports").stream()
                        .map(port -> before.stream()
                                .filter(b -> Objects.equals(b.get("name"), port.get("name")))
                                .flatMap(b -> Optional.ofNullable(b.get("nodePort")).stream())
                                .findFirst()
                                .map(given -> Tree.with(port, "nodePort", given))
                                .orElse(port))
                        .toList());
        return spec;
    }

    private void delete(ObjectKey key) {
        kernel.objects()
                .get(key)
                .ifPresent(o -> kernel.objects().delete(key, MANAGER, Optional.empty(), OptionalLong.empty()));
    }
}
