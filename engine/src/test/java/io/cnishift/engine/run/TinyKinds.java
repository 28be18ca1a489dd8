package io.cnishift.engine.run;

import io.cnishift.api.StepKind;
import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.UncordonNode;
import io.cnishift.api.cluster.ConfigMap;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Three step kinds: one cordons a node, one writes a ConfigMap, one does what a test says. */
final class TinyKinds implements StepBook {

    private final Map<String, StepKind<?>> kinds = Map.of(
            "cordon", new StepKind<>("cordon", 1, Cordon.class, new Cordoning()),
            "write", new StepKind<>("write", 1, Write.class, new Writing()),
            "scripted", new StepKind<>("scripted", 1, Script.class, new Scripting()));
    final Map<String, BiFunction<View, Progress, StepOutcome>> forward = new HashMap<>();
    final Map<String, BiFunction<View, Progress, StepOutcome>> back = new HashMap<>();

    record Cordon(String node) {}

    record Write(String name, String value, String until) {}

    record Script(String id) {}

    @Override
    public Optional<StepKind<?>> kind(String id) {
        return Optional.ofNullable(kinds.get(id));
    }

    static StepOutcome done() {
        return new StepOutcome.Done("done", List.of());
    }

    static StepOutcome notYet(String reason) {
        return new StepOutcome.NotYet(Duration.ofSeconds(30), reason);
    }

    static ApplyObject applying(String name, String value) {
        return new ApplyObject(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", name, "namespace", "kube-system"),
                "data",
                Map.of("value", value)));
    }

    static Optional<String> value(View view, String name) {
        return view.get(Part.CONFIG_MAPS, ConfigMap.class, "kube-system/" + name)
                .map(c -> c.data().getOrDefault("value", ""));
    }

    private static final class Cordoning implements StepHandler<Cordon> {
        @Override
        public StepOutcome next(View view, Cordon params, Progress progress) {
            Node node = view.node(params.node()).orElseThrow();
            return node.unschedulable()
                    ? done()
                    : new StepOutcome.Perform(List.of(new CordonNode(node.name(), node.uid())), "not cordoned");
        }

        @Override
        public StepOutcome back(View view, Cordon params, Progress progress) {
            Node node = view.node(params.node()).orElseThrow();
            boolean ours = progress.all(CordonNode.class).stream()
                    .anyMatch(e -> !Tree.flag(e.before(), "spec", "unschedulable"));
            return node.unschedulable() && ours
                    ? new StepOutcome.Perform(List.of(new UncordonNode(node.name(), node.uid())), "ours")
                    : done();
        }

        @Override
        public Set<Part> reads() {
            return Set.of(Part.NODES);
        }

        @Override
        public List<Fact> facts(View view, Cordon params) {
            return List.of(Fact.equal("nodes/" + params.node(), "unschedulable", "false"));
        }
    }

    private static final class Writing implements StepHandler<Write> {
        @Override
        public StepOutcome next(View view, Write params, Progress progress) {
            return value(view, params.name()).equals(Optional.of(params.value()))
                    ? done()
                    : new StepOutcome.Perform(List.of(applying(params.name(), params.value())), "another value");
        }

        @Override
        public StepOutcome back(View view, Write params, Progress progress) {
            List<Progress.Entry> entries = progress.all(ApplyObject.class);
            if (entries.isEmpty()) {
                return done();
            }
            Optional<String> before = Tree.text(entries.get(0).before(), "data", "value");
            boolean restored = value(view, params.name()).equals(before);
            ObjectRef object = ObjectRef.of("v1", "ConfigMap", "kube-system", params.name());
            return restored
                    ? done()
                    : new StepOutcome.Perform(
                            List.of(before.<io.cnishift.api.act.Act>map(v -> applying(params.name(), v))
                                    .orElse(new DeleteObject(object, Optional.empty()))),
                            "back");
        }

        @Override
        public Set<Part> reads() {
            return Set.of(Part.CONFIG_MAPS);
        }

        @Override
        public Optional<String> holdsUntil(Write params) {
            return Optional.of(params.until()).filter(u -> !u.isEmpty());
        }
    }

    private final class Scripting implements StepHandler<Script> {
        @Override
        public StepOutcome next(View view, Script params, Progress progress) {
            return forward.getOrDefault(params.id(), (v, p) -> done()).apply(view, progress);
        }

        @Override
        public StepOutcome back(View view, Script params, Progress progress) {
            return back.getOrDefault(params.id(), (v, p) -> done()).apply(view, progress);
        }

        @Override
        public Set<Part> reads() {
            return Set.of(Part.NODES, Part.CONFIG_MAPS);
        }
    }
}
