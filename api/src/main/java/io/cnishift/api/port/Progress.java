package io.cnishift.api.port;

import io.cnishift.api.act.Act;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one step has done so far: the fold of its journal records. Survives a crash, for it is read from the journal. */
public interface Progress {

    /**
     * An act of the step: what stood there before, how it ended, when. One whose outcome nobody knows, for the process died
     * before it was written down, is shown as refused for {@link ActResult.Reason#UNAVAILABLE}; it may have been done.
     */
    record Entry(Act act, Map<String, Object> before, ActResult result, Instant at) {}

    /** The tag, or label, of created things whose value is the id of the migration that made them. */
    String TAG = "cnishift.io/migration";

    /** Id of the migration; created things carry it in their name or tags. */
    String migration();

    /** Tags that the user wants on everything that the run makes in AWS. */
    default Map<String, String> tags() {
        return Map.of();
    }

    /** Id of the step. */
    String step();

    /** The time of this pass. */
    Instant now();

    /** When the step first did something. */
    Optional<Instant> begunAt();

    /**
     * Since when the step is under way without a break: when it was first asked, when the run was last resumed or turned
     * back, or when an owner last did its part, whichever is latest. Patience counts from here, so that nobody is blamed for
     * the time of others.
     */
    Instant underWaySince();

    /** Since when the step waits: since that act, or since it is under way, whichever is later. */
    default Instant waitingSince(Optional<Entry> last) {
        Instant since = underWaySince();
        return last.map(Entry::at).filter(since::isBefore).orElse(since);
    }

    /** Whether the run is on its way back: what was taken away is being put up again. */
    boolean goingBack();

    /** The last act of that type on that target. */
    <A extends Act> Optional<Entry> last(Class<A> type, String target);

    /** All acts of that type, oldest first. */
    <A extends Act> List<Entry> all(Class<A> type);

    /** The last answer to that question in this step. */
    Optional<Answer> answer(Question question);

    /** The answers to that question in this step, oldest first; of very many, the last ones. */
    List<Answer> answers(Question question);

    /** The progress of another step of the same run. */
    Progress of(String step);

    /** Whether that step has reached its end (and was not taken back). */
    boolean done(String step);

    /** How far this run may go with what is done node by node; the way back is not bound. */
    default Bounds bounds() {
        return Bounds.none();
    }
}
