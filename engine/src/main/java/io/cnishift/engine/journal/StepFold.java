package io.cnishift.engine.journal;

import io.cnishift.api.act.Act;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Progress;
import io.cnishift.api.port.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the records of one step amount to. */
final class StepFold {

    private static final int ANSWERS_KEPT = 20;

    private final Map<Class<?>, List<Progress.Entry>> byType = new HashMap<>();
    /** By act type and target. */
    private final Map<Class<?>, Map<String, Progress.Entry>> last = new HashMap<>();

    private final Map<Question, List<Answer>> answers = new HashMap<>();
    private final List<JournalRecord.OwnerAsked> asked = new ArrayList<>();
    private StepTrace trace = StepTrace.NONE;
    private Optional<Instant> left = Optional.empty();
    private Optional<String> waiting = Optional.empty();
    private Instant ownerActedAt = Instant.MIN;
    /** When it first came to its end, for one that lapsed since: what it took is not how long it had to hold. */
    private Optional<Instant> ended = Optional.empty();

    private int passes;
    private int failures;

    /** The step has begun, or is asked again after its end. */
    void run(Instant at, String why) {
        boolean anew = trace.standing() == StepTrace.Standing.ROLLED_BACK;
        Optional<Instant> since = trace.startedAt().filter(start -> !anew).or(() -> Optional.of(at));
        left = Optional.empty();
        ended = anew ? Optional.empty() : ended.or(trace::finishedAt);
        trace = trace.with(StepTrace.Standing.RUNNING, since, Optional.empty(), why);
    }

    void ended(Act act, Map<String, Object> before, ActResult result, Instant at) {
        Progress.Entry entry = new Progress.Entry(act, before, result, at);
        byType.computeIfAbsent(act.getClass(), t -> new ArrayList<>()).add(entry);
        last.computeIfAbsent(act.getClass(), t -> new HashMap<>()).put(act.target(), entry);
    }

    void answered(Question question, Answer answer) {
        List<Answer> known = answers.computeIfAbsent(question, q -> new ArrayList<>());
        known.add(answer);
        if (known.size() > ANSWERS_KEPT) {
            known.remove(0);
        }
    }

    void judged(int inARow, int inVain) {
        passes = inARow;
        failures = inVain;
    }

    void ownerAsked(JournalRecord.OwnerAsked record) {
        asked.add(record);
    }

    /** What was asked of the owner counts as done now, so that the way back knows what stood there before. */
    void ownerActed(Instant at) {
        asked.forEach(a -> ended(a.act(), a.before(), new ActResult.Performed(Map.of()), at));
        asked.clear();
        ownerActedAt = at;
    }

    /** What the owner was asked for and is not known to have done. */
    List<Act> asked() {
        return asked.isEmpty()
                ? List.of()
                : asked.stream().map(JournalRecord.OwnerAsked::act).toList();
    }

    /** When the owner last did its part; long ago when it never did. */
    Instant ownerActedAt() {
        return ownerActedAt;
    }

    void waits(String reason) {
        waiting = Optional.of(reason);
    }

    void finished(Instant at, JournalRecord.StepDone done) {
        trace = new StepTrace(
                StepTrace.Standing.DONE,
                trace.startedAt().or(() -> Optional.of(at)),
                ended.or(() -> Optional.of(at)),
                done.detail(),
                done.deferred());
        waiting = Optional.empty();
        judged(0, 0);
    }

    void skipped(Instant at, String reason) {
        trace = trace.with(StepTrace.Standing.SKIPPED, Optional.empty(), Optional.of(at), reason);
    }

    /** The run ends or turns back; a step in the middle goes forward no longer. */
    void left(Instant at) {
        if (trace.standing() == StepTrace.Standing.RUNNING && left.isEmpty()) {
            left = Optional.of(at);
        }
    }

    /** Forgets all: the step may be begun anew. How long it went forward stays, for what it took is not what its undo took. */
    void back(Instant at, String detail) {
        byType.clear();
        last.clear();
        answers.clear();
        asked.clear();
        waiting = Optional.empty();
        judged(0, 0);
        Optional<Instant> finished = trace.finishedAt().or(() -> left).or(() -> Optional.of(at));
        left = Optional.empty();
        trace = new StepTrace(StepTrace.Standing.ROLLED_BACK, trace.startedAt(), finished, detail, List.of());
    }

    StepTrace trace() {
        return trace.standing() == StepTrace.Standing.RUNNING
                ? trace.with(trace.standing(), trace.startedAt(), Optional.empty(), waiting.orElse(trace.detail()))
                : trace;
    }

    Optional<String> waiting() {
        return waiting;
    }

    int passes() {
        return passes;
    }

    int failures() {
        return failures;
    }

    Optional<Progress.Entry> last(Class<?> type, String target) {
        Map<String, Progress.Entry> ofType = last.get(type);
        return ofType == null ? Optional.empty() : Optional.ofNullable(ofType.get(target));
    }

    List<Progress.Entry> all(Class<?> type) {
        return Collections.unmodifiableList(byType.getOrDefault(type, List.of()));
    }

    /** The last {@value #ANSWERS_KEPT} answers, oldest first. */
    List<Answer> answers(Question question) {
        return Collections.unmodifiableList(answers.getOrDefault(question, List.of()));
    }
}
