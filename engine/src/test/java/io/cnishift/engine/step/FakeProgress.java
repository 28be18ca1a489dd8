package io.cnishift.engine.step;

import io.cnishift.api.act.Act;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Bounds;
import io.cnishift.api.port.Progress;
import io.cnishift.api.port.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The journal of a step, written by hand. */
final class FakeProgress implements Progress {

    static final Instant START = Instant.parse("2026-11-21T01:00:00Z");

    private final String step;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Question, List<Answer>> answers = new HashMap<>();
    private final Map<String, FakeProgress> others = new HashMap<>();
    private Instant now = START;
    private Instant since = START;
    private boolean back;
    private boolean finished;
    private Bounds bounds = Bounds.none();

    FakeProgress(String step) {
        this.step = step;
    }

    FakeProgress() {
        this("s-1");
    }

    FakeProgress later(Duration time) {
        now = now.plus(time);
        others.values().forEach(o -> o.later(time));
        return this;
    }

    FakeProgress later(long seconds) {
        return later(Duration.ofSeconds(seconds));
    }

    /** The process died and another one goes on. */
    FakeProgress resumed() {
        since = now;
        return this;
    }

    FakeProgress turnedBack() {
        back = true;
        return resumed();
    }

    FakeProgress bound(Bounds by) {
        bounds = by;
        return this;
    }

    FakeProgress finished() {
        finished = true;
        return this;
    }

    FakeProgress did(Act act, Map<String, Object> before) {
        return ended(act, before, new ActResult.Performed(Map.of()));
    }

    FakeProgress refused(Act act, ActResult.Reason reason, String message) {
        return ended(act, Map.of(), new ActResult.Refused(reason, message));
    }

    /** The process died before the outcome was written down. */
    FakeProgress lost(Act act, Map<String, Object> before) {
        return ended(act, before, new ActResult.Refused(ActResult.Reason.UNAVAILABLE, "outcome unknown"));
    }

    FakeProgress ended(Act act, Map<String, Object> before, ActResult result) {
        entries.add(new Entry(act, before, result, now));
        return this;
    }

    FakeProgress answered(Question question, Answer.Verdict verdict, String evidence) {
        answers.computeIfAbsent(question, q -> new ArrayList<>()).add(new Answer(verdict, evidence, now));
        return this;
    }

    FakeProgress other(String id) {
        return others.computeIfAbsent(id, other -> new FakeProgress(other));
    }

    @Override
    public String migration() {
        return "m-1";
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
        return Optional.of(START);
    }

    @Override
    public Instant underWaySince() {
        return since;
    }

    @Override
    public boolean goingBack() {
        return back;
    }

    @Override
    public <A extends Act> Optional<Entry> last(Class<A> type, String target) {
        return all(type).stream().filter(e -> e.act().target().equals(target)).reduce((a, b) -> b);
    }

    @Override
    public <A extends Act> List<Entry> all(Class<A> type) {
        return entries.stream().filter(e -> type.isInstance(e.act())).toList();
    }

    @Override
    public Optional<Answer> answer(Question question) {
        return answers(question).stream().reduce((a, b) -> b);
    }

    @Override
    public List<Answer> answers(Question question) {
        return List.copyOf(answers.getOrDefault(question, List.of()));
    }

    @Override
    public Progress of(String other) {
        return other(other);
    }

    @Override
    public boolean done(String other) {
        return other.equals(step) ? finished : others.containsKey(other) && other(other).finished;
    }

    @Override
    public Bounds bounds() {
        return bounds;
    }
}
