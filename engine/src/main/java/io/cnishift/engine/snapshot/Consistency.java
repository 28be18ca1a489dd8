package io.cnishift.engine.snapshot;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Reference;
import io.cnishift.api.cluster.Resource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must hold between the parts of a snapshot. Only what a cluster cannot violate is checked: an Ingress may name a Service
 * that nobody made, an instance may not be in a subnet that does not exist. References into a part that could not be read are
 * not judged.
 */
final class Consistency {

    private final ClusterSnapshot snapshot;
    private final Map<String, List<Resource>> lists;
    private final Map<Part, Set<String>> keys = new EnumMap<>(Part.class);
    private final List<Flaw> flaws = new ArrayList<>();

    Consistency(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
        this.lists = Lists.of(snapshot);
    }

    List<Flaw> flaws() {
        flaws.addAll(new Ranges(snapshot).flaws());
        flaws.addAll(new Counts(snapshot).flaws());
        references();
        twice();
        return flaws;
    }

    private void references() {
        EnumSet.allOf(Part.class).stream().filter(snapshot::known).forEach(part -> keys.put(part, Set.of()));
        lists.values().stream()
                .filter(list -> !list.isEmpty())
                .forEach(list -> keys.computeIfPresent(
                        list.get(0).part(),
                        (part, none) -> list.stream().map(Resource::key).collect(Collectors.toSet())));
        dangling("cluster", snapshot.cluster());
        lists.forEach((list, resources) -> resources.forEach(resource -> dangling(list, resource)));
    }

    private void dangling(String list, Resource from) {
        for (Reference reference : Reference.of(from)) {
            Part part = reference.part();
            if (keys.containsKey(part) && !keys.get(part).contains(reference.key())) {
                flaws.add(new Flaw(
                        list,
                        from,
                        reference.field(),
                        0,
                        "there is no " + one(part) + " '" + reference.key() + "' in this snapshot",
                        "correct the name or add it; if the " + part + " could not be read, say so under unknown"));
            }
        }
    }

    /** The name of a part's resources in the singular. */
    private static String one(Part part) {
        return part.toString().replaceFirst("s$", "").replace('-', ' ');
    }

    private void twice() {
        lists.forEach((list, resources) -> {
            Map<String, Integer> seen = new HashMap<>();
            for (Resource resource : resources) {
                int before = seen.merge(resource.key(), 1, Integer::sum) - 1;
                if (before > 0) {
                    flaws.add(new Flaw(
                            list,
                            resource,
                            "",
                            before,
                            "'" + resource.key() + "' is there twice",
                            "remove one of the two"));
                }
            }
        });
    }
}
