package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.Probe;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Gate;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.ProbeVerdict;
import io.cnishift.engine.journal.StopCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Opens the gate of one step once all its probes have passed so many times in a row. A probe that did not pass sets the row
 * to nought; after {@value #FAILURES} times since the run was last gone on with it pauses.
 */
final class GateKeeper {

    private static final Duration BETWEEN = Duration.ofSeconds(10);
    private static final int FAILURES = 30;

    private final RunContext run;
    private final ProbeBook probes;
    private final MigrationPlan.Step step;
    private final int before;
    private Instant due = Instant.MIN;
    private String told = "";

    GateKeeper(RunContext run, ProbeBook probes, MigrationPlan.Step step) {
        this.run = run;
        this.probes = probes;
        this.step = step;
        this.before = run.state().gateFailures(step.id());
    }

    /** The end of the step, if its gate is open; else when to come again, or that the run stops. */
    Pass pass(Pass.Finished end) {
        return step.gate().map(gate -> judge(gate, end)).orElse(end);
    }

    private Pass judge(Gate gate, Pass.Finished end) {
        if (run.now().isBefore(due)) {
            return new Pass.Wait(due, told);
        }
        due = run.now().plus(BETWEEN);
        run.keeper().refresh(EnumSet.allOf(Part.class));
        List<ProbeVerdict> verdicts = new ArrayList<>();
        for (String code : gate.probes()) {
            Map<Question, Answer> answers = new LinkedHashMap<>();
            Optional<Stop> halt = ask(probe(code), answers);
            if (halt.isPresent()) {
                return new Pass.Stopped(halt.get());
            }
            verdicts.add(verdict(code, answers));
        }
        List<ProbeVerdict> against = verdicts.stream().filter(v -> !v.passes()).toList();
        int passes = against.isEmpty() ? run.state().gatePasses(step.id()) + 1 : 0;
        int failures = run.state().gateFailures(step.id()) + (against.isEmpty() ? 0 : 1);
        run.write(new JournalRecord.GateJudged(step.id(), verdicts, passes, failures));
        run.listener().judged(step, verdicts, passes);
        if (passes >= gate.passes()) {
            return end;
        }
        told = against.isEmpty()
                ? "gate passed " + passes + " of " + gate.passes() + " times"
                : "gate: " + against.stream().map(GateKeeper::words).collect(Collectors.joining("; "));
        return failures - before >= FAILURES
                ? new Pass.Stopped(Stop.paused(
                        StopCause.GATE,
                        "the gate of step " + step.id() + " did not pass " + Count.of(failures - before, "time") + ": "
                                + told))
                : new Pass.Wait(due, told);
    }

    /** Asks for as long as the run may go on: an answer takes time, in which a lock has to be kept and people lose patience. */
    private Optional<Stop> ask(Probe probe, Map<Question, Answer> answers) {
        for (Question question : probe.ask(run.keeper().view())) {
            Optional<Stop> halt = run.halt("at the gate of step " + step.id());
            if (halt.isPresent()) {
                return halt;
            }
            answers.put(question, run.ports().ask(question));
        }
        return Optional.empty();
    }

    private ProbeVerdict verdict(String code, Map<Question, Answer> answers) {
        Probe.Result result = probe(code).judge(run.keeper().view(), answers);
        return new ProbeVerdict(code, result.status(), result.evidence());
    }

    private Probe probe(String code) {
        return probes.probe(code).orElseThrow(() -> new IllegalStateException("no probe " + code));
    }

    private static String words(ProbeVerdict verdict) {
        return verdict.probe() + " " + verdict.status() + ": " + verdict.evidence();
    }
}
