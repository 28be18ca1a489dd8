package io.cnishift.simulator.kit;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Probe;
import io.cnishift.api.Request;
import io.cnishift.api.StepKind;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.engine.plan.LoadedStrategy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a strategy answers, before anything is run. */
final class Answers {

    private final Trial trial;

    Answers(Trial trial) {
        this.trial = trial;
    }

    /** Asked again, after other questions and from a view of its own, it says the same, byte for byte in the plan. */
    List<Violation> pure() {
        List<Violation> wrong = new ArrayList<>();
        Assessment first = assess(trial.cluster());
        String plan = text(trial.plan(trial.strategy(), trial.cluster()));
        assess(without(Part.PODS));
        if (!first.equals(assess(trial.cluster()))) {
            wrong.add(new Violation("pure", "assess answers otherwise the second time"));
        }
        String again = text(trial.plan(trial.strategy(), trial.cluster()));
        if (!plan.equals(again)) {
            wrong.add(new Violation("pure", "plan answers otherwise the second time: " + difference(plan, again)));
        }
        return wrong;
    }

    /** Every code that it reports is in its descriptor. */
    List<Violation> coded() {
        Listened listened = new Listened(trial.strategy(), new ArrayList<>());
        trial.planner().assess(new LoadedStrategy(listened, "contract"), trial.cluster(), trial.wishes());
        trial.plan(listened, trial.cluster());
        return listened.findings().stream()
                .map(Finding::code)
                .distinct()
                .filter(code -> !trial.strategy().descriptor().codes().containsKey(code))
                .map(code -> new Violation("coded", "code " + code + " is not in the descriptor"))
                .toList();
    }

    /** The plan is the same when it is read from its file, with the parameters of its own step kinds. */
    List<Violation> filed() {
        return trial.plan(trial.strategy(), trial.cluster())
                .fold(
                        planned -> {
                            MigrationPlan plan = planned.plan();
                            byte[] bytes = trial.files().text(plan).getBytes(StandardCharsets.UTF_8);
                            return trial.files()
                                    .read("plan.yaml", bytes)
                                    .fold(
                                            read -> read.equals(plan)
                                                    ? List.of()
                                                    : List.of(
                                                            new Violation("filed", "the plan of the file is another")),
                                            problems -> problems.stream()
                                                    .map(p -> new Violation("filed", p.toString()))
                                                    .toList());
                        },
                        refused -> List.of());
    }

    /** It answers also when nobody was allowed to read a part of the cluster. */
    List<Violation> total() {
        List<Violation> wrong = new ArrayList<>();
        for (Part part : Part.values()) {
            if (part == Part.CLUSTER || part == Part.VPC) {
                continue;
            }
            try {
                ClusterSnapshot gap = without(part);
                assess(gap);
                trial.plan(trial.strategy(), gap);
            } catch (RuntimeException e) {
                wrong.add(new Violation("total", "with " + part + " unknown it throws " + e));
            }
        }
        return wrong;
    }

    private Assessment assess(ClusterSnapshot cluster) {
        return trial.planner()
                .assess(new LoadedStrategy(trial.strategy(), "contract"), cluster, trial.wishes())
                .orElseThrow(problems -> new IllegalArgumentException(problems.toString()));
    }

    private String text(PlanResult result) {
        return result.fold(
                planned -> trial.files().text(planned.plan()) + planned.findings(),
                refused -> refused.findings().toString());
    }

    private static String difference(String one, String other) {
        List<String> before = one.lines().toList();
        List<String> after = other.lines().toList();
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            if (!before.get(i).equals(after.get(i))) {
                return "'" + before.get(i).strip() + "' became '" + after.get(i).strip() + "'";
            }
        }
        return before.size() + " lines became " + after.size();
    }

    /** The cluster of which nobody was allowed to read that part. */
    private ClusterSnapshot without(Part part) {
        List<Resource> rest =
                trial.cluster().resources().filter(r -> r.part() != part).toList();
        Unknown unknown = new Unknown(part, "", "denied", "allow it");
        return ClusterSnapshot.of(trial.cluster().source(), trial.cluster().takenAt(), rest, List.of(unknown));
    }

    /** The strategy, of which every finding is written down. */
    private record Listened(MigrationStrategy inner, List<Finding> findings) implements MigrationStrategy {

        Listened {
            Objects.requireNonNull(inner);
        }

        @Override
        public StrategyDescriptor descriptor() {
            return inner.descriptor();
        }

        @Override
        public Assessment assess(Request request) {
            Assessment assessed = inner.assess(request);
            findings.addAll(assessed.findings());
            return assessed;
        }

        @Override
        public PlanResult plan(Request request) {
            PlanResult result = inner.plan(request);
            findings.addAll(result.fold(PlanResult.Planned::findings, PlanResult.Refused::findings));
            return result;
        }

        @Override
        public List<StepKind<?>> stepKinds() {
            return inner.stepKinds();
        }

        @Override
        public List<Probe> probes() {
            return inner.probes();
        }
    }
}
