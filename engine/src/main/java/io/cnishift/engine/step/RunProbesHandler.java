package io.cnishift.engine.step;

import io.cnishift.api.Probe;
import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Progress;
import io.cnishift.api.port.Question;
import io.cnishift.api.step.RunProbes;
import io.cnishift.engine.verify.ProbeReads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks probes in rounds until they all pass so many times in a row. Every round also asks whether the API server answers:
 * that dates the round when the probes themselves ask nothing. Rounds from before a resume do not count.
 */
final class RunProbesHandler implements StepHandler<RunProbes> {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration AFTER_PASS = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(15);
    private static final Question CLOCK =
            Question.of(Question.From.RUNNER, "", Question.To.API_SERVER, "", Question.Protocol.TCP, 443);

    private final Map<String, Probe> probes;

    RunProbesHandler(List<Probe> probes) {
        this.probes = probes.stream().collect(Collectors.toUnmodifiableMap(Probe::code, p -> p));
    }

    @Override
    public StepOutcome next(View view, RunProbes params, Progress progress) {
        Optional<String> unknown = params.probes().stream()
                .filter(code -> !probes.containsKey(code))
                .findFirst();
        if (unknown.isPresent()) {
            return Outcomes.blocked(StepCode.PROBE_UNKNOWN.of(
                    "probe " + unknown.get(),
                    "is in the plan and not provided by anybody here",
                    "use the version and the plug-ins that the plan was made with"));
        }
        Set<Question> questions = new LinkedHashSet<>(List.of(CLOCK));
        params.probes().forEach(code -> questions.addAll(probe(code).ask(view)));
        List<Map<Question, Answer>> rounds = rounds(questions, progress);
        StepOutcome ask = new StepOutcome.Ask(
                List.copyOf(questions), Count.of(params.probes().size(), "probe"));
        return rounds.isEmpty() ? ask : judged(view, params, rounds, progress).orElse(ask);
    }

    /** What the rounds so far come to; empty when it is time for another one. */
    private Optional<StepOutcome> judged(
            View view, RunProbes params, List<Map<Question, Answer>> rounds, Progress progress) {
        int passed = 0;
        Optional<String> failure = Optional.empty();
        for (int i = rounds.size() - 1; i >= 0 && failure.isEmpty() && passed < params.passes(); i--) {
            failure = failure(view, params, rounds.get(i));
            passed += failure.isEmpty() ? 1 : 0;
        }
        if (passed >= params.passes()) {
            return Optional.of(Outcomes.done(Count.of(params.probes().size(), "probe") + " passed"
                    + (passed == 1 ? "" : ", " + passed + " times in a row")));
        }
        boolean failing = passed == 0;
        if (failing && Patience.over(progress, LIMIT)) {
            return Optional.of(Outcomes.blocked(StepCode.PROBE_FAILED.of(
                    "step " + progress.step(),
                    failure.orElse("") + ", for " + LIMIT.toMinutes() + " minutes",
                    "see what the probe saw, then resume")));
        }
        Instant last =
                rounds.get(rounds.size() - 1).getOrDefault(CLOCK, never()).at();
        Instant due = last.plus(failing ? AFTER_FAILURE : AFTER_PASS);
        String reason =
                failing ? failure.orElse("") : "passed " + passed + " of " + params.passes() + " times in a row";
        return progress.now().isBefore(due)
                ? Optional.of(new StepOutcome.NotYet(Duration.between(progress.now(), due), reason))
                : Optional.empty();
    }

    private Optional<String> failure(View view, RunProbes params, Map<Question, Answer> answers) {
        for (String code : params.probes()) {
            Probe.Result result = probe(code).judge(view, answers);
            if (result.status() == ProbeStatus.FAIL || result.status() == ProbeStatus.UNKNOWN) {
                return Optional.of(code + " " + result.status() + ": " + result.evidence());
            }
        }
        return Optional.empty();
    }

    /** The answers of rounds in which every question of now was asked, oldest first. */
    private static List<Map<Question, Answer>> rounds(Set<Question> questions, Progress progress) {
        Map<Question, List<Answer>> known = new HashMap<>();
        int count = Integer.MAX_VALUE;
        for (Question question : questions) {
            List<Answer> answers = progress.answers(question).stream()
                    .filter(a -> !a.at().isBefore(progress.underWaySince()))
                    .toList();
            known.put(question, answers);
            count = Math.min(count, answers.size());
        }
        List<Map<Question, Answer>> rounds = new ArrayList<>();
        for (int back = count; back > 0; back--) {
            Map<Question, Answer> round = new HashMap<>();
            int ago = back;
            known.forEach((question, answers) -> round.put(question, answers.get(answers.size() - ago)));
            rounds.add(round);
        }
        return rounds;
    }

    private static Answer never() {
        return new Answer(Answer.Verdict.UNKNOWN, "not asked", Instant.EPOCH);
    }

    private Probe probe(String code) {
        return Optional.ofNullable(probes.get(code)).orElseThrow();
    }

    @Override
    public StepOutcome back(View view, RunProbes params, Progress progress) {
        return Outcomes.done("probes change nothing");
    }

    /** Probes look at whatever they like. */
    @Override
    public Set<Part> reads() {
        return ProbeReads.any();
    }
}
