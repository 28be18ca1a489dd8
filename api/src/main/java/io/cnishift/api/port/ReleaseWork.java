package io.cnishift.api.port;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.UninstallRelease;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Tree;
import java.time.Duration;
import java.util.Optional;

/**
 * What Helm is at with a release that a step wants to change. An operation that stays under way is the trace of a helm process that died, and
 * Helm refuses all further work: one of ours is brought into order by the port before the next act, another one by a person.
 */
public enum ReleaseWork {
    /** Nothing stands against the next act. */
    NONE,
    /** An operation of somebody else is under way. */
    UNDER_WAY,
    /** What our last act left is not known to have ended yet. */
    OURS_UNDER_WAY,
    /** An operation of somebody else is under way for longer than {@link #PENDING_AT_MOST}. */
    STUCK,
    /**
     * The release is failed after an act of ours since the step is under way, whatever Helm answered to it: one that fails says so, and each try
     * leaves one more failed revision.
     */
    FAILED;

    /** How long another helm is waited for. */
    public static final Duration PENDING_AT_MOST = Duration.ofMinutes(15);

    /** By then no helm of ours is at work any more, also none of a process that died. */
    private static final Duration OURS_ENDED = Duration.ofMinutes(1);

    /**
     * What it is at now.
     *
     * @param act the one that the step wants to perform on the release
     */
    public static ReleaseWork of(Release release, Act act, Progress progress) {
        Optional<Progress.Entry> last = progress.last(act.getClass(), act.target());
        if (release.status().startsWith("pending") || release.status().equals("uninstalling")) {
            boolean ours = last.filter(entry -> left(entry, release)).isPresent();
            return over(progress, last, ours ? OURS_ENDED : PENDING_AT_MOST)
                    ? (ours ? NONE : STUCK)
                    : (ours ? OURS_UNDER_WAY : UNDER_WAY);
        }
        boolean ours = last.filter(e -> e.act().equals(act))
                .filter(e -> !e.at().isBefore(progress.underWaySince()))
                .isPresent();
        return release.status().equals("failed") && ours ? FAILED : NONE;
    }

    private static boolean over(Progress progress, Optional<Progress.Entry> last, Duration limit) {
        return !progress.now().isBefore(progress.waitingSince(last).plus(limit));
    }

    /** Whether that act, whose outcome nobody knows, is what left the release so: it made the revision, or was to remove it. */
    private static boolean left(Progress.Entry entry, Release release) {
        int before = (int) Tree.number(entry.before(), 0, "revision");
        int wanted = entry.act() instanceof UninstallRelease ? before : before + 1;
        return !entry.result().done() && release.revision() == wanted;
    }
}
