package io.cnishift.engine.run;

import io.cnishift.api.act.Act;
import io.cnishift.api.port.ActResult;
import io.cnishift.engine.journal.StopCause;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to do after an act of a step was refused.
 *
 * <p>Of most refusals the step itself makes something when it is asked again, which is at once. Those that time cures
 * (a conflict, throttling, an API that is busy or away) make it wait first, longer each time; so does an act that is
 * refused although it was refused just before. When only refusals came for a quarter of an hour the run pauses. It does
 * after five minutes in which an API had the same trouble with one act, whatever became of others: each attempt has been
 * sent several times by then, and what cannot be read is waited for as long.
 */
final class Refusals {

    private static final Set<ActResult.Reason> CURED_BY_TIME = Set.of(
            ActResult.Reason.CONFLICT, ActResult.Reason.THROTTLED, ActResult.Reason.BUSY, ActResult.Reason.UNAVAILABLE);

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration SAME_ANSWER = Duration.ofMinutes(5);
    private static final int DOUBLINGS = 6;

    private @Nullable Act last;
    private Optional<Instant> since = Optional.empty();
    private int row;
    private final Map<Act, Trouble> troubles = new HashMap<>();

    /** What an API says of an act that it cannot take, since when it says the same, and when it last did. */
    private record Trouble(String answer, Instant since, Instant last) {

        /** One that was not asked for a while is trouble anew. */
        Trouble then(Trouble next) {
            boolean same = answer.equals(next.answer) && next.last.isBefore(last.plus(LONGEST.multipliedBy(2)));
            return same ? new Trouble(answer, since, next.last) : next;
        }
    }

    /** That act was done. */
    void clear(Act done) {
        troubles.remove(done);
        last = null;
        since = Optional.empty();
        row = 0;
    }

    /** Another act was refused. */
    Pass refused(String step, Act act, ActResult.Refused refusal, Instant now) {
        boolean again = act.equals(last);
        last = act;
        if (!CURED_BY_TIME.contains(refusal.reason()) && !again) {
            return new Pass.Again();
        }
        Instant first = since.orElse(now);
        since = Optional.of(first);
        String what = act.target() + ": " + refusal.message();
        if (alwaysTheSame(act, refusal, now)) {
            return paused("step " + step + " got the same answer for " + SAME_ANSWER.toMinutes() + " minutes: " + what);
        }
        if (Duration.between(first, now).compareTo(PATIENCE) >= 0) {
            return paused("step " + step + " was refused for " + PATIENCE.toMinutes() + " minutes: " + what);
        }
        return new Pass.Wait(now.plus(pause()), what);
    }

    private boolean alwaysTheSame(Act act, ActResult.Refused refusal, Instant now) {
        if (refusal.reason() != ActResult.Reason.UNAVAILABLE) {
            troubles.remove(act);
            return false;
        }
        Trouble trouble = troubles.merge(act, new Trouble(refusal.message(), now, now), Trouble::then);
        return Duration.between(trouble.since(), now).compareTo(SAME_ANSWER) >= 0;
    }

    private static Pass paused(String reason) {
        return new Pass.Stopped(Stop.paused(StopCause.ERROR, reason));
    }

    private Duration pause() {
        Duration pause = FIRST.multipliedBy(1L << Math.min(row, DOUBLINGS));
        row++;
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
