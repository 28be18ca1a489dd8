package io.cnishift.adapters.kubernetes;

import io.cnishift.adapters.reading.Once;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.api.cluster.Tree;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which custom resources the API server serves, and in which version it prefers them. Asks once; for one read. */
final class Discovery {

    private final KubeApi api;
    private final Once<Map<String, String>> versions;
    private final Map<String, Once<Set<String>>> pluralsOf = new HashMap<>();

    Discovery(KubeApi api) {
        this.api = api;
        this.versions = new Once<>(this::versions);
    }

    /** The resource with the version in which it is served; empty when the cluster does not have it. */
    Optional<KubeResource> find(KubeResource wanted) {
        if (!wanted.discovered()) {
            return Optional.of(wanted);
        }
        return Optional.ofNullable(versions.get().get(wanted.group()))
                .map(wanted::in)
                .filter(served -> pluralsOf
                        .computeIfAbsent(served.groupPath(), path -> new Once<>(() -> plurals(path)))
                        .get()
                        .contains(served.plural()));
    }

    private Map<String, String> versions() {
        Map<String, String> known = new LinkedHashMap<>();
        for (Map<String, Object> group : Tree.maps(api.discover("/apis"), "groups")) {
            known.put(
                    Tree.text(group, "name").orElse(""),
                    Tree.text(group, "preferredVersion", "version").orElse(""));
        }
        return known;
    }

    private Set<String> plurals(String groupPath) {
        try {
            return Tree.maps(api.discover(groupPath), "resources").stream()
                    .map(r -> Tree.text(r, "name").orElse(""))
                    .collect(Collectors.toSet());
        } catch (CallFailure failure) {
            // The group went away between the two questions.
            if (failure.is(Fault.Kind.NOT_FOUND) || failure.is(Fault.Kind.NO_SUCH_API)) {
                return Set.of();
            }
            throw failure;
        }
    }
}
