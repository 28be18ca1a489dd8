package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Environment variables of a container in a pod spec. Pure. */
public final class ContainerEnv {

    private ContainerEnv() {}

    /** The variables that have a value in the spec, in their order. */
    public static Map<String, String> of(Map<String, ?> podSpec, String container) {
        Map<String, String> env = new LinkedHashMap<>();
        for (Map<String, Object> one : Tree.maps(podSpec, "containers")) {
            if (container.equals(one.get("name"))) {
                Tree.maps(one, "env")
                        .forEach(e -> Tree.text(e, "value")
                                .ifPresent(v -> env.put(Tree.text(e, "name").orElse(""), v)));
            }
        }
        return env;
    }

    /** The spec with these variables set, or taken away where there is no value. */
    public static Map<String, Object> with(
            Map<String, Object> podSpec, String container, Map<String, Optional<String>> changes) {
        List<Map<String, Object>> containers = new ArrayList<>();
        for (Map<String, Object> one : Tree.maps(podSpec, "containers")) {
            containers.add(container.equals(one.get("name")) ? changed(one, changes) : one);
        }
        return Trees.with(podSpec, containers, "containers");
    }

    private static Map<String, Object> changed(Map<String, Object> container, Map<String, Optional<String>> changes) {
        Map<String, Optional<String>> left = new LinkedHashMap<>(changes);
        List<Map<String, Object>> env = new ArrayList<>();
        for (Map<String, Object> variable : Tree.maps(container, "env")) {
            Optional<String> change = left.remove(Tree.text(variable, "name").orElse(""));
            if (change == null) {
                env.add(variable);
            } else {
                change.ifPresent(v -> env.add(Trees.with(variable, v, "value")));
            }
        }
        left.forEach((name, value) -> value.ifPresent(v -> env.add(Trees.of("name", name, "value", v))));
        return Trees.with(container, env, "env");
    }
}
