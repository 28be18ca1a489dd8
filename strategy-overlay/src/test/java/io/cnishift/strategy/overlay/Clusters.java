package io.cnishift.strategy.overlay;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.step.StepKinds;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Decoded;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.codec.Style;
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
import java.util.function.Consumer;

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

    /** The same with one resource of a part changed, found by its text of a key such as {@code name}. */
    Clusters change(String part, String key, String text, Consumer<Map<String, Object>> change) {
        return edit(tree -> {
            List<Map<String, Object>> hits = Tree.maps(tree, part).stream()
                    .filter(r -> text.equals(String.valueOf(r.get(key))))
                    .toList();
            if (hits.isEmpty()) {
                throw new IllegalArgumentException("no " + part + " with " + key + " " + text);
            }
            hits.forEach(change);
        });
    }

    /** The same with every resource of a part changed. */
    Clusters changeAll(String part, Consumer<Map<String, Object>> change) {
        return edit(tree -> Tree.maps(tree, part).forEach(change));
    }

    /** The same with a resource more, written as YAML. */
    Clusters add(String part, String yaml) {
        Object resource =
                CODEC.read(Object.class, Source.text("added", yaml)).value().orElseThrow();
        return edit(tree -> {
            List<Object> more = new ArrayList<>(Tree.list(tree, part));
            more.add(resource);
            tree.put(part, more);
        });
    }

    /** The same with a part emptied. */
    Clusters without(String part) {
        return edit(tree -> tree.put(part, new ArrayList<>()));
    }

    /** The same with fields of the cluster changed. */
    Clusters cluster(Consumer<Map<String, Object>> change) {
        return edit(tree -> change.accept(Tree.map(tree, "cluster")));
    }

    @SuppressWarnings("unchecked")
    Clusters edit(Consumer<Map<String, Object>> change) {
        Map<String, Object> tree =
                Tree.mutable((Map<String, Object>) CODEC.toTree(ClusterSnapshot.class, snapshot, Style.RESULT));
        change.accept(tree);
        return new Clusters(decoded(CODEC.fromTree(ClusterSnapshot.class, tree, "edited")), intent, options, values);
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

    Assessment assess() {
        return assess(new OverlayStrategy());
    }

    Assessment assess(MigrationStrategy strategy) {
        return decoded(planner().assess(new LoadedStrategy(strategy, "test"), snapshot, wishes(strategy)));
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
        return decoded(CODEC.read(type, Source.of(file, () -> Clusters.class.getResourceAsStream(FOLDER + file))));
    }

    private static <T> T decoded(Decoded<T> decoded) {
        return decoded.orElseThrow(problems -> new IllegalStateException(problems.toString()));
    }

    /** The codes of the findings that stop a plan; none when there is one. */
    List<String> refusal() {
        return plan().fold(
                        planned -> List.of(),
                        refused -> refused.findings().stream()
                                .filter(Finding::stops)
                                .map(Finding::code)
                                .distinct()
                                .toList());
    }

    /** The plan. */
    MigrationPlan planned() {
        return plan().fold(PlanResult.Planned::plan, refused -> {
            throw new AssertionError(
                    refused.findings().stream().filter(Finding::stops).toList());
        });
    }

    /** A step of the plan. */
    MigrationPlan.Step step(String id) {
        return steps().stream()
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step " + id + " among "
                        + steps().stream().map(MigrationPlan.Step::id).toList()));
    }

    /** The parameters of a step of the plan. */
    <P extends Record> P params(String id, Class<P> type) {
        return type.cast(step(id).params());
    }

    List<MigrationPlan.Step> steps() {
        return planned().phases().stream().flatMap(p -> p.steps().stream()).toList();
    }

    List<String> stepIds() {
        return steps().stream().map(MigrationPlan.Step::id).toList();
    }

    /** The findings of one code. */
    List<Finding> findings(String code) {
        return findings().stream().filter(f -> f.code().equals(code)).toList();
    }
}
