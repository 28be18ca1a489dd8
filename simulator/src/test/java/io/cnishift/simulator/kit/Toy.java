package io.cnishift.simulator.kit;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.StepKind;
import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Namespace;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.PlanDraft;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.NoOptions;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.port.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A strategy that puts a label on a namespace: as it should be, or with one fault. */
public final class Toy implements MigrationStrategy {

    /** What is wrong with it. */
    enum Fault {
        NONE,
        ASSESSES_BY_CALLS,
        PLANS_BY_CALLS,
        HIDES_A_CODE,
        THROWS,
        ACTS_WHEN_DONE,
        ACTS_EACH_TIME,
        FORGETS_WHEN_KILLED,
        LEAVES_IT_THERE,
        TRUSTS_ANSWERS,
        STOPS_UNANSWERED,
        TAKES_THE_CNI,
        NEVER_ENDS
    }

    private static final String LABEL = "example.org/toy";
    private static final ObjectRef NAMESPACE = ObjectRef.of("v1", "Namespace", "kube-system");

    private final Fault fault;
    private int calls;

    /** Without a fault, for ServiceLoader. */
    public Toy() {
        this(Fault.NONE);
    }

    Toy(Fault fault) {
        this.fault = fault;
    }

    record Params(String why) {}

    @Override
    public StrategyDescriptor descriptor() {
        Map<String, String> codes = Map.of("TOY-DONE", "The namespace has the label already.");
        return new StrategyDescriptor(
                "toy", "A label", "Labels a namespace.", StrategyDescriptor.API_VERSION, NoOptions.class, codes);
    }

    @Override
    public Assessment assess(Request request) {
        calls++;
        // a map like any other when the pods were read, null when they were not
        Map<String, Integer> first = new HashMap<>();
        request.view().pods().forEach(p -> first.putIfAbsent("pod", 1));
        int slots = fault == Fault.THROWS ? first.get("pod") : fault == Fault.ASSESSES_BY_CALLS ? calls : 1;
        return new Assessment(
                findings(request),
                new Assessment.Capacity(Map.of(), slots),
                List.of(),
                new Assessment.Disruption(0, 0, 0),
                new Assessment.Cost(0, 0),
                new Assessment.Features(List.of(), List.of()),
                new Assessment.Reversible(Optional.empty(), "the label goes"));
    }

    @Override
    public PlanResult plan(Request request) {
        calls++;
        Params params = new Params(fault == Fault.PLANS_BY_CALLS ? "call " + calls : "it is asked for");
        Step step = Step.of("label", "toy", params, "why not", List.of("namespaces/kube-system"), "the label goes");
        return new PlanDraft("toy", request.options(NoOptions.class), findings(request), List.of())
                .result(request, () -> List.of(new Phase("preflight", List.of(step))));
    }

    private List<Finding> findings(Request request) {
        boolean done = labelled(request.view()) && fault != Fault.ACTS_EACH_TIME;
        if (done) {
            return List.of(Finding.of("TOY-DONE", Severity.BLOCKER, "kube-system", "has the label", "none", "none"));
        }
        return fault == Fault.HIDES_A_CODE
                ? List.of(Finding.of("TOY-SECRET", Severity.INFO, "kube-system", "is there", "none", "none"))
                : List.of();
    }

    @Override
    public List<StepKind<?>> stepKinds() {
        return List.of(new StepKind<>("toy", 1, Params.class, new Handler(fault)));
    }

    private static boolean labelled(View view) {
        return view.get(Part.NAMESPACES, Namespace.class, "kube-system")
                .filter(n -> n.labels().containsKey(LABEL))
                .isPresent();
    }

    private static final class Handler implements StepHandler<Params> {
        private final Fault fault;
        private boolean remembered;

        Handler(Fault fault) {
            this.fault = fault;
        }

        @Override
        public StepOutcome next(View view, Params params, Progress progress) {
            if (fault == Fault.NEVER_ENDS) {
                return new StepOutcome.Failed("it cannot", Disposition.ABORT);
            }
            if (fault == Fault.FORGETS_WHEN_KILLED && !remembered) {
                remembered = true;
                return act(new CreateObject(
                        configMap("toy-" + progress.all(CreateObject.class).size())));
            }
            if (!labelled(view)) {
                return act(label("on"));
            }
            if (fault == Fault.ACTS_EACH_TIME
                    && progress.all(CreateObject.class).isEmpty()) {
                return act(new CreateObject(configMap("toy")));
            }
            if (fault == Fault.TAKES_THE_CNI && view.awsNode().isPresent()) {
                return act(new DeleteObject(
                        ObjectRef.of("apps/v1", "DaemonSet", "kube-system", "aws-node"), Optional.empty()));
            }
            if (fault == Fault.ACTS_WHEN_DONE) {
                remembered = !remembered;
                return remembered ? new StepOutcome.Done("labelled", List.of()) : act(label("again"));
            }
            return new StepOutcome.Done("labelled", List.of());
        }

        @Override
        public StepOutcome back(View view, Params params, Progress progress) {
            boolean unanswered = progress.all(PatchObject.class).stream()
                    .noneMatch(entry -> entry.result().done());
            if (fault == Fault.STOPS_UNANSWERED && unanswered) {
                return new StepOutcome.Failed("nobody knows whether it was done", Disposition.ASK);
            }
            boolean left = fault == Fault.LEAVES_IT_THERE || (fault == Fault.TRUSTS_ANSWERS && unanswered);
            return labelled(view) && !left ? act(label(null)) : new StepOutcome.Done("gone", List.of());
        }

        @Override
        public Set<Part> reads() {
            return Set.of(Part.NAMESPACES, Part.CONFIG_MAPS, Part.WORKLOADS);
        }
    }

    private static StepOutcome act(Act act) {
        return new StepOutcome.Perform(List.of(act), "toying");
    }

    private static Act label(String value) {
        Map<String, Object> labels = new HashMap<>();
        labels.put(LABEL, value);
        return new PatchObject(
                NAMESPACE,
                PatchType.MERGE,
                Tree.frozen(Map.of("metadata", Map.of("labels", labels))),
                Optional.empty());
    }

    private static Map<String, Object> configMap(String name) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("namespace", "kube-system", "name", name),
                "data",
                Map.of("a", "b"));
    }
}
