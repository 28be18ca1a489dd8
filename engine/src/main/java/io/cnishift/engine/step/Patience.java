package io.cnishift.engine.step;

import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.util.Optional;

/** How long a step has waited: since its last act, or since it is under way, whichever is later. */
final class Patience {

    private Patience() {}

    /** Whether so much time is over since that act, or since the step is under way. */
    static boolean over(Progress progress, Duration limit, Optional<Progress.Entry> last) {
        return !progress.now().isBefore(progress.waitingSince(last).plus(limit));
    }

    /** Whether so much time is over since the step is under way. */
    static boolean over(Progress progress, Duration limit) {
        return over(progress, limit, Optional.empty());
    }
}
