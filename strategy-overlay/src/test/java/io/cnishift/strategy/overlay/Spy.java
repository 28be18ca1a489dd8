package io.cnishift.strategy.overlay;

import io.cnishift.api.Assessment;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.StepKind;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.StepKinds;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The overlay strategy with an ear at its request, and kinds of steps that do nothing. */
record Spy(Consumer<Request> ear) implements MigrationStrategy {

    @Override
    public StrategyDescriptor descriptor() {
        return new OverlayStrategy().descriptor();
    }

    @Override
    public Assessment assess(Request request) {
        ear.accept(request);
        return new OverlayStrategy().assess(request);
    }

    @Override
    public PlanResult plan(Request request) {
        return new OverlayStrategy().plan(request);
    }

    /** A built-in kind without behaviour and without facts. */
    static Optional<StepKind<?>> kind(String id) {
        return StepKinds.all().stream()
                .filter(type -> StepKinds.id(type).equals(id))
                .<StepKind<?>>map(type -> still(id, type))
                .findFirst();
    }

    private static <P extends Record> StepKind<P> still(String id, Class<P> type) {
        return new StepKind<>(id, 1, type, new StepKind.StepHandler<>() {
            @Override
            public StepKind.StepOutcome next(View view, P params, Progress progress) {
                return new StepKind.StepOutcome.Failed("never asked", Disposition.ABORT);
            }

            @Override
            public StepKind.StepOutcome back(View view, P params, Progress progress) {
                return new StepKind.StepOutcome.Failed("never asked", Disposition.ABORT);
            }

            @Override
            public Set<Part> reads() {
                return Set.of();
            }
        });
    }
}
