package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.View;
import io.cnishift.api.step.RollNodes;
import io.cnishift.engine.journal.JournalState;
import io.cnishift.engine.slice.Forecast;
import io.cnishift.engine.slice.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Foretells how many nodes a run replaces: goes through what is left of the plan with the times that are known. Pure. */
final class Forecasts {

    private final MigrationPlan plan;
    private final Course course;
    private final View view;
    private final JournalState state;
    private final Pace pace;
    private Instant at;
    private int left;
    private int chosen;
    private int fit;
    private Duration each = Duration.ZERO;

    private Forecasts(MigrationPlan plan, Course course, View view, JournalState state, Instant now) {
        this.plan = plan;
        this.course = course;
        this.view = view;
        this.state = state;
        this.pace = state.run().drains().pace();
        this.at = now;
    }

    static Forecast of(MigrationPlan plan, Course course, View view, JournalState state, Instant now) {
        return new Forecasts(plan, course, view, state, now).of();
    }

    private Forecast of() {
        for (MigrationPlan.Phase phase : plan.phases()) {
            Turns turns = Turns.of(phase, course, view, state);
            for (MigrationPlan.Step step : phase.steps()) {
                Optional<RollNodes> roll = Course.roll(step);
                if (roll.isPresent()) {
                    roll(roll.get(), state.done(step.id()));
                } else if (!state.done(step.id()) && !state.skipped(step.id()) && !turns.leavesOut(step)) {
                    // that is the longest of its kind, and most are shorter
                    at = at.plus(Course.takes(plan, step, state).multipliedBy(2).dividedBy(3));
                }
            }
        }
        int most = course.slice().nodes().orElse(Integer.MAX_VALUE);
        return new Forecast(
                course.endsAt(),
                left,
                chosen,
                Math.min(most, fit),
                each.isZero() ? pace.each().orElse(pace.drain()) : each,
                pace.measured());
    }

    private void roll(RollNodes roll, boolean done) {
        int ahead = done ? 0 : Course.ahead(view, roll).size();
        int ours = done ? 0 : Math.toIntExact(course.taken(view, roll));
        left += ahead;
        chosen += ours;
        if (ours == 0) {
            return;
        }
        Duration drain = pace.measured() > 0 ? pace.drain() : Expected.drain(plan, view, Course.ahead(view, roll));
        Duration one = pace.each().orElseGet(() -> drain.plus(Pace.BOOT).dividedBy(Math.max(1, roll.maxUnavailable())));
        each = each.isZero() ? one : each;
        Instant first = roll.maxSurge() > 0 ? at.plus(Pace.BOOT) : at;
        // the first drain begins by the careful estimate, those after it by what it took
        Optional<Long> room = course.endsAt()
                .map(end -> Duration.between(first, end))
                .map(time -> {
                    boolean begins = time.compareTo(pace.drain()) >= 0;
                    return begins ? 1 + time.minus(drain).dividedBy(one) : 0;
                });
        int fits = (int) Math.min(ours, room.orElse((long) ours));
        fit += fits;
        at = fits < ours ? course.endsAt().orElse(at) : first.plus(one.multipliedBy(ours));
    }
}
