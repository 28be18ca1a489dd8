package io.cnishift.engine.journal;

import io.cnishift.api.act.Act;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Bounds;
import io.cnishift.api.port.Progress;
import io.cnishift.api.port.Question;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The progress of one step at one time, as handlers see it. */
final class JournalProgress implements Progress {

    private final JournalState state;
    private final String step;
    private final StepFold fold;
    private final Instant now;
    private final Bounds bounds;

    JournalProgress(JournalState state, String step, StepFold fold, Instant now, Bounds bounds) {
        this.state = state;
        this.step = step;
        this.fold = fold;
        this.now = now;
        this.bounds = bounds;
    }

    @Override
    public String migration() {
        return state.migration();
    }

    @Override
    public Map<String, String> tags() {
        return state.run().begun().map(JournalRecord.Begun::tags).orElse(Map.of());
    }

    @Override
    public String step() {
        return step;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Optional<Instant> begunAt() {
        return fold.trace().startedAt();
    }

    @Override
    public Instant underWaySince() {
        Instant begun = begunAt().orElse(now);
        Instant wentOn = state.run().wentOnAt();
        Instant later = wentOn.isAfter(begun) ? wentOn : begun;
        return fold.ownerActedAt().isAfter(later) ? fold.ownerActedAt() : later;
    }

    @Override
    public boolean goingBack() {
        return state.run().rollback().isPresent();
    }

    @Override
    public <A extends Act> Optional<Entry> last(Class<A> type, String target) {
        return fold.last(type, target);
    }

    @Override
    public <A extends Act> List<Entry> all(Class<A> type) {
        return fold.all(type);
    }

    @Override
    public Optional<Answer> answer(Question question) {
        List<Answer> all = fold.answers(question);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    @Override
    public List<Answer> answers(Question question) {
        return fold.answers(question);
    }

    @Override
    public Progress of(String other) {
        return state.progress(other, now, bounds);
    }

    @Override
    public boolean done(String other) {
        return state.done(other);
    }

    @Override
    public Bounds bounds() {
        return goingBack() ? Bounds.none() : bounds;
    }
}
