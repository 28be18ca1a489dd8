package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.Probe;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.StoredPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A fake world, tiny kinds, scripted probes, and a runner over them. */
final class Runs {

    final FakeWorld world = new FakeWorld();
    final TinyKinds kinds = new TinyKinds();
    final Map<String, Supplier<ProbeStatus>> probes = new HashMap<>();

    /** What every probe asks. */
    final List<Question> questions = new ArrayList<>();

    Journal journal = Journal.inMemory("m-1");

    Runner runner() {
        return new Runner(
                kinds,
                code -> Optional.ofNullable(probes.get(code)).map(status -> new Asking(code, status, questions)));
    }

    RunRequest request(MigrationPlan plan) {
        return RunRequest.of(stored(plan), journal, world.world());
    }

    static StoredPlan stored(MigrationPlan plan) {
        String text = plan.toString();
        return new StoredPlan(plan, text, Integer.toHexString(text.hashCode()) + "00000000");
    }

    <R extends JournalRecord> List<R> records(Class<R> type) {
        return journal.lines().stream()
                .map(JournalLine::record)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private record Asking(String code, Supplier<ProbeStatus> status, List<Question> questions) implements Probe {
        @Override
        public String title() {
            return code;
        }

        @Override
        public List<Question> ask(View view) {
            return questions;
        }

        @Override
        public Result judge(View view, Map<Question, Answer> answers) {
            return new Result(status.get(), "seen by " + code, "");
        }
    }
}
