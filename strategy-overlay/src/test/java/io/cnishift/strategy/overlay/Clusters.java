package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.step.StepKinds;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.plan.OptionForm;
import io.cnishift.engine.plan.Planner;
import io.cnishift.engine.plan.StepFacts;
import io.cnishift.engine.plan.Wishes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The bundled clusters, each with the wishes of its owner, changed by a test in one point. */
record Clusters(ClusterSnapshot snapshot, Intent intent, Map<String, Object> options, Map<String, Object> values) {

    static final Codec CODEC = Codec.builder()
            .openType(
                    MigrationPlan.Step.class,
                    "kind",
                    "params",
                    kind -> StepKinds.all().stream()
                            .filter(type -> StepKinds.id(type).equals(kind))
                            .<Class<? extends Record>>map(type -> type)
                            .findFirst())
            .build();

    private static final String FOLDER = "/io/cnishift/simulator/scenario/";

    static Clusters minnieWallace() {
        return named("minnie-wallace");
    }

    static Clusters govcloud() {
        return named("govcloud-26");
    }

    static Clusters clean() {
        return named("clean-cluster");
    }

    Clusters with(UnaryOperator<ClusterSnapshot> change) {
        return new Clusters(change.apply(snapshot), intent, options, values);
    }

    Clusters option(String name, Object value) {
        Map<String, Object> more = new TreeMap<>(options);
        more.put(name, value);
        return new Clusters(snapshot, intent, more, values);
    }

    Clusters values(Map<String, Object> chart) {
        return new Clusters(snapshot, intent, options, chart);
    }

    Clusters forbid(Constraint constraint) {
        List<Constraint> all = new ArrayList<>(intent.constraints());
        all.add(constraint);
        return new Clusters(snapshot, new Intent(intent.goal(), all, intent.accepted()), options, values);
    }

    Clusters accept(String code) {
        List<Consent> all = new ArrayList<>(intent.accepted());
        all.add(new Consent(code, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        return new Clusters(snapshot, new Intent(intent.goal(), intent.constraints(), all), options, values);
    }

    Clusters acceptNothing() {
        return new Clusters(snapshot, new Intent(intent.goal(), intent.constraints(), List.of()), options, values);
    }

    PlanResult plan() {
        return plan(new OverlayStrategy());
    }

    PlanResult plan(MigrationStrategy strategy) {
        return planner().plan(new LoadedStrategy(strategy, "test"), snapshot, wishes(strategy));
    }

    io.cnishift.api.Assessment assess() {
        return assess(new OverlayStrategy());
    }

    io.cnishift.api.Assessment assess(MigrationStrategy strategy) {
        return planner()
                .assess(new LoadedStrategy(strategy, "test"), snapshot, wishes(strategy))
                .orElseThrow(problems -> new IllegalStateException(problems.toString()));
    }

    /** The draft of the overlay, for tests of a part. */
    Draft draft() {
        List<Draft> drafts = new ArrayList<>();
        MigrationStrategy spy = new Spy(request -> drafts.add(Draft.of(Site.of(request))));
        assess(spy);
        return drafts.get(0);
    }

    List<Finding> findings() {
        return assess().findings();
    }

    private Wishes wishes(MigrationStrategy strategy) {
        return new Wishes(intent, Map.of(strategy.descriptor().id(), options), values, List.of(), false);
    }

    private static Planner planner() {
        return new Planner(new OptionForm(CODEC), new StepFacts(Spy::kind));
    }

    static Clusters named(String name) {
        return new Clusters(
                read(ClusterSnapshot.class, name + ".yaml"),
                read(Intent.class, name + ".intent.yaml"),
                Map.of(),
                Map.of());
    }

    private static <T> T read(Class<T> type, String file) {
        return CODEC.read(type, Source.of(file, () -> Clusters.class.getResourceAsStream(FOLDER + file)))
                .orElseThrow(problems -> new IllegalStateException(problems.toString()));
    }
}
