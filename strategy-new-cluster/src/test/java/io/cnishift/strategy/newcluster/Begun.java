package io.cnishift.strategy.newcluster;

import io.cnishift.api.act.Act;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Progress;
import io.cnishift.api.port.Question;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The progress of a step that has done this, by now. */
record Begun(Instant now, List<Entry> done) implements Progress {

    /** That of one that has done nothing yet. */
    Begun() {
        this(Instant.EPOCH, List.of());
    }

    @Override
    public String migration() {
        return "m0";
    }

    @Override
    public String step() {
        return "step";
    }

    @Override
    public Optional<Instant> begunAt() {
        return Optional.empty();
    }

    @Override
    public Instant underWaySince() {
        return Instant.EPOCH;
    }

    @Override
    public boolean goingBack() {
        return false;
    }

    @Override
    public <A extends Act> Optional<Entry> last(Class<A> type, String target) {
        return done.stream()
                .filter(e -> type.isInstance(e.act()) && e.act().target().equals(target))
                .reduce((earlier, later) -> later);
    }

    @Override
    public <A extends Act> List<Entry> all(Class<A> type) {
        return done.stream().filter(e -> type.isInstance(e.act())).toList();
    }

    @Override
    public Optional<Answer> answer(Question question) {
        return Optional.empty();
    }

    @Override
    public List<Answer> answers(Question question) {
        return List.of();
    }

    @Override
    public Progress of(String step) {
        return this;
    }

    @Override
    public boolean done(String step) {
        return false;
    }
}
