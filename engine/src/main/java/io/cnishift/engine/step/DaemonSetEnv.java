package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Environment variables of the container aws-node, in its DaemonSet. An empty value means absent. */
final class DaemonSetEnv {

    static final ObjectRef AWS_NODE = ObjectRef.of("apps/v1", "DaemonSet", "kube-system", "aws-node");

    private DaemonSetEnv() {}

    static Optional<StepOutcome> set(Workload awsNode, Map<String, String> env, Progress progress) {
        Map<String, String> missing = missing(awsNode, env);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Attempts(progress)
                        .perform("setting " + String.join(", ", missing.keySet()) + " of aws-node", patch(env)));
    }

    /** The variables that do not have their value yet. */
    static Map<String, String> missing(Workload awsNode, Map<String, String> env) {
        Map<String, String> has = new HashMap<>();
        Tree.maps(awsNode.podSpec(), "containers").stream()
                .filter(c -> Tree.text(c, "name").filter("aws-node"::equals).isPresent())
                .flatMap(c -> Tree.maps(c, "env").stream())
                .forEach(e -> has.put(
                        Tree.text(e, "name").orElse(""), Tree.text(e, "value").orElse("")));
        Map<String, String> missing = new TreeMap<>(env);
        missing.entrySet().removeIf(e -> e.getValue().equals(has.getOrDefault(e.getKey(), "")));
        return missing;
    }

    static Optional<Progress.Entry> last(Progress progress) {
        return progress.last(PatchObject.class, AWS_NODE.toString());
    }

    private static PatchObject patch(Map<String, String> env) {
        List<Map<String, String>> items = new TreeMap<>(env)
                .entrySet().stream()
                        .map(e -> e.getValue().isEmpty()
                                ? Map.of("name", e.getKey(), "$patch", "delete")
                                : Map.of("name", e.getKey(), "value", e.getValue()))
                        .toList();
        Map<String, Object> container = Map.of("name", "aws-node", "env", items);
        return new PatchObject(
                AWS_NODE,
                PatchType.STRATEGIC,
                Map.of("spec", Map.of("template", Map.of("spec", Map.of("containers", List.of(container))))),
                Optional.empty());
    }
}
