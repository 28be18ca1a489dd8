package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes of a workload's tree. */
final class Env {

    private Env() {}

    /** An environment variable of the first container. */
    static void set(Map<String, Object> workload, String name, String value) {
        Map<String, Object> container = container(workload);
        List<Object> env = new ArrayList<>(Tree.list(container, "env"));
        env.removeIf(e -> e instanceof Map<?, ?> variable && name.equals(variable.get("name")));
        env.add(Map.of("name", name, "value", value));
        container.put("env", env);
    }

    /** The arguments of the first container. */
    static void args(Map<String, Object> workload, String... args) {
        container(workload).put("args", new ArrayList<>(List.of(args)));
    }

    /** The image of the first container. */
    static void image(Map<String, Object> workload, String image) {
        container(workload).put("image", image);
    }

    /** The only port of the first container. */
    static void port(Map<String, Object> workload, String name, int port) {
        Map<String, Object> declared = new LinkedHashMap<>();
        declared.put("name", name);
        declared.put("containerPort", port);
        declared.put("protocol", "TCP");
        container(workload).put("ports", new ArrayList<>(List.of(declared)));
    }

    static Map<String, Object> container(Map<String, Object> workload) {
        return Tree.maps(workload, "podSpec", "containers").get(0);
    }
}
