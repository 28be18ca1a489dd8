package org.example.maxeni;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The environment of aws-node, and how it is changed: in the configuration of the EKS add-on where there is one, for EKS would take
 * back what is changed past it; else in the DaemonSet. An empty value means that the variable is not set.
 */
final class AwsNodeEnv {

    static final String MAX_ENI = "MAX_ENI";
    static final String WARM_ENI_TARGET = "WARM_ENI_TARGET";

    private static final String ADDON = "vpc-cni";
    private static final String CONTAINER = "aws-node";
    private static final ObjectRef DAEMON_SET = ObjectRef.of("apps/v1", "DaemonSet", "kube-system", "aws-node");

    private final View view;

    AwsNodeEnv(View view) {
        this.view = view;
    }

    /** The variables where they are set: those of the add-on's configuration, or of the DaemonSet. */
    Map<String, String> set() {
        return view.addon(ADDON)
                .map(addon -> Tree.strings(addon.configuration(), "env"))
                .orElseGet(() -> VpcCni.of(view).map(VpcCni::env).orElse(Map.of()));
    }

    /** The act that gives the variables these values; empty when they have them. */
    Optional<Act> change(Map<String, String> wanted) {
        Map<String, String> now = set();
        boolean same = wanted.entrySet().stream()
                .allMatch(e -> now.getOrDefault(e.getKey(), "").equals(e.getValue()));
        return same
                ? Optional.empty()
                : Optional.of(view.addon(ADDON).map(a -> update(a, wanted)).orElseGet(() -> patch(wanted)));
    }

    /** Whether aws-node runs with these values on every node. What the add-on no longer sets may have any default. */
    boolean inForce(Map<String, String> wanted) {
        Map<String, String> runs = VpcCni.of(view).map(VpcCni::env).orElse(Map.of());
        boolean shown = wanted.entrySet().stream()
                .filter(e -> !e.getValue().isEmpty())
                .allMatch(e -> e.getValue().equals(runs.get(e.getKey())));
        boolean quiet = view.addon(ADDON).map(a -> a.status().equals("ACTIVE")).orElse(true);
        return shown && quiet && view.awsNode().filter(Workload::settled).isPresent();
    }

    /** The variables as they were before the step first changed them; empty when it has changed nothing. */
    static Optional<Map<String, String>> before(Progress progress) {
        Stream<Map<String, String>> addon = progress.all(UpdateAddon.class).stream()
                .map(entry -> Tree.strings(entry.before(), "configuration", "env"));
        Stream<Map<String, String>> daemonSet = progress.all(PatchObject.class).stream()
                .map(entry -> env(Tree.maps(entry.before(), "spec", "template", "spec", "containers")));
        return Stream.concat(addon, daemonSet).findFirst();
    }

    private static Act update(Addon addon, Map<String, String> wanted) {
        // EKS takes the document as it is given, so all of it is written
        Map<String, Object> configuration = Tree.mutable(addon.configuration());
        Map<String, Object> env = new TreeMap<>(Tree.map(addon.configuration(), "env"));
        wanted.forEach((name, value) -> {
            if (value.isEmpty()) {
                env.remove(name);
            } else {
                env.put(name, value);
            }
        });
        configuration.put("env", env);
        if (env.isEmpty()) {
            configuration.remove("env");
        }
        return new UpdateAddon(ADDON, configuration);
    }

    private static Act patch(Map<String, String> wanted) {
        List<Map<String, String>> env = wanted.entrySet().stream()
                .map(e -> e.getValue().isEmpty()
                        ? Map.of("name", e.getKey(), "$patch", "delete")
                        : Map.of("name", e.getKey(), "value", e.getValue()))
                .toList();
        Map<String, Object> container = Map.of("name", CONTAINER, "env", env);
        Map<String, Object> template = Map.of("spec", Map.of("containers", List.of(container)));
        return new PatchObject(
                DAEMON_SET, PatchType.STRATEGIC, Map.of("spec", Map.of("template", template)), Optional.empty());
    }

    private static Map<String, String> env(List<Map<String, Object>> containers) {
        Map<String, String> env = new HashMap<>();
        containers.stream()
                .filter(c -> Tree.text(c, "name").filter(CONTAINER::equals).isPresent())
                .flatMap(c -> Tree.maps(c, "env").stream())
                .forEach(e -> Tree.text(e, "value")
                        .ifPresent(value -> env.put(Tree.text(e, "name").orElse(""), value)));
        return env;
    }
}
