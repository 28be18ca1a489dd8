package io.cnishift.engine.step;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Progress;
import io.cnishift.api.port.Question;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The acts of a step on the second cluster, as a handler that knows one cluster would have done them. */
final class ProgressOnSecond implements Progress {

    private final Progress both;

    ProgressOnSecond(Progress both) {
        this.both = Objects.requireNonNull(both);
    }

    @Override
    public <A extends Act> List<Entry> all(Class<A> type) {
        return both.all(OnSecond.class).stream()
                .filter(e -> type.isInstance(((OnSecond) e.act()).act()))
                .map(e -> new Entry(((OnSecond) e.act()).act(), e.before(), e.result(), e.at()))
                .toList();
    }

    @Override
    public <A extends Act> Optional<Entry> last(Class<A> type, String target) {
        return all(type).stream().filter(e -> e.act().target().equals(target)).reduce((earlier, later) -> later);
    }

    @Override
    public Optional<Answer> answer(Question question) {
        return both.answer(there(question));
    }

    @Override
    public List<Answer> answers(Question question) {
        return both.answers(there(question));
    }

    private static Question there(Question question) {
        return new Question(
                question.from(), question.to(), question.protocol(), question.port(), question.bytes(), true);
    }

    @Override
    public Progress of(String step) {
        return new ProgressOnSecond(both.of(step));
    }

    @Override
    public String migration() {
        return both.migration();
    }

    @Override
    public Map<String, String> tags() {
        return both.tags();
    }

    @Override
    public String step() {
        return both.step();
    }

    @Override
    public Instant now() {
        return both.now();
    }

    @Override
    public Optional<Instant> begunAt() {
        return both.begunAt();
    }

    @Override
    public Instant underWaySince() {
        return both.underWaySince();
    }

    @Override
    public boolean goingBack() {
        return both.goingBack();
    }

    @Override
    public boolean done(String step) {
        return both.done(step);
    }
}
