package io.cnishift.engine.plugin;

/** The source of a strategy of which a test writes the parts that matter. */
record Plain(String id, int api, String field, String assess, String plan, String kinds) {

    static final String NAME = "org.example.Plain";

    static Plain of(String id) {
        return new Plain(id, 1, "", "return none(\"gained\");", "return refused();", "return List.of();");
    }

    Plain api(int version) {
        return new Plain(id, version, field, assess, plan, kinds);
    }

    /** A member of the class, or an initializer. */
    Plain field(String text) {
        return new Plain(id, api, text, assess, plan, kinds);
    }

    Plain assess(String body) {
        return new Plain(id, api, field, body, plan, kinds);
    }

    Plain plan(String body) {
        return new Plain(id, api, field, assess, body, kinds);
    }

    Plain kinds(String body) {
        return new Plain(id, api, field, assess, plan, body);
    }

    /** A jar with nothing else. */
    Jar jar() {
        return new Jar().source(NAME, source()).provides(NAME);
    }

    String source() {
        return """
                package org.example;

                import io.cnishift.api.*;
                import io.cnishift.api.act.*;
                import io.cnishift.api.cluster.*;
                import io.cnishift.api.plan.*;
                import io.cnishift.api.port.*;
                import java.util.*;

                public final class Plain implements MigrationStrategy {
                    %s

                    public record Nothing() {}

                    public StrategyDescriptor descriptor() {
                        return new StrategyDescriptor("%s", "Plain", "Does nothing.", %d, NoOptions.class, Map.of());
                    }

                    public Assessment assess(Request request) {
                        %s
                    }

                    public PlanResult plan(Request request) {
                        %s
                    }

                    public List<StepKind<?>> stepKinds() {
                        %s
                    }

                    public List<Probe> probes() {
                        return List.of(new Dead());
                    }

                    static Assessment none(String gained) {
                        return new Assessment(
                                List.of(),
                                new Assessment.Capacity(Map.of(), 1),
                                List.of(),
                                new Assessment.Disruption(0, 0, 0),
                                new Assessment.Cost(0, 0),
                                new Assessment.Features(List.of(gained), List.of()),
                                new Assessment.Reversible(Optional.empty(), ""));
                    }

                    static PlanResult refused() {
                        return new PlanResult.Refused(
                                List.of(Finding.of("PLAIN", Severity.BLOCKER, "all", "no", "no", "no")));
                    }

                    static final class Dead implements Probe {
                        public String code() {
                            return "%s-DEAD";
                        }

                        public String title() {
                            return "dies";
                        }

                        public List<Question> ask(View view) {
                            throw new IllegalStateException("no question");
                        }

                        public Result judge(View view, Map<Question, Answer> answers) {
                            throw new NoClassDefFoundError("org/example/Gone");
                        }
                    }

                    static final class Handler implements StepKind.StepHandler<Nothing> {
                        public StepKind.StepOutcome next(View view, Nothing params, Progress progress) {
                            throw new NoSuchMethodError("Act.gone()");
                        }

                        public StepKind.StepOutcome back(View view, Nothing params, Progress progress) {
                            return null;
                        }

                        public Set<Part> reads() {
                            throw new IllegalStateException("reads nothing");
                        }
                    }
                }
                """.formatted(field, id, api, assess, plan, kinds, id.toUpperCase(java.util.Locale.ROOT));
    }
}
