package io.cnishift.engine.run;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Endpoints;
import io.cnishift.api.cluster.MinReady;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.port.Guard;
import io.cnishift.api.port.GuardPort;
import io.cnishift.api.port.GuardPort.Sample;
import io.cnishift.api.port.GuardPort.Verdict;
import io.cnishift.api.port.TimeSource;
import io.cnishift.engine.guard.GuardTally;
import io.cnishift.engine.guard.Guarding;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunFold;
import io.cnishift.engine.journal.ServiceSeconds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Judges the guards of a run.
 *
 * <ol>
 *   <li>Samples are taken by the {@link GuardPort} on a schedule of its own; the loop takes them over whenever it comes by. A
 *       Service is looked at in the view that the loop keeps.
 *   <li>Before a run writes anything each guard has been seen once; a red one refuses the run.
 *   <li>What the samples amount to is written down whenever one was not green, and now and then else, so that a process that
 *       dies takes nothing of a spent budget with it.
 *   <li>A guard of which no sample comes is one that cannot be sampled.
 * </ol>
 */
final class Watchman {

    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration WRITE = Duration.ofMinutes(5);
    /** So many intervals without a sample are one that could not be taken. */
    private static final int SILENCE = 3;

    private final Guarding guarding;
    private final GuardPort port;
    private final TimeSource time;
    private final Journal journal;
    private final ViewKeeper keeper;
    private final RunListener listener;
    private final Map<Guard, GuardTally> tallies = new LinkedHashMap<>();
    private final Map<Guard, Instant> seenAt = new LinkedHashMap<>();
    private Optional<GuardPort.Watch> watch = Optional.empty();
    private Instant due = Instant.MIN;
    private Instant writtenAt = Instant.MIN;
    private boolean changed;
    private boolean bad;

    Watchman(Guarding guarding, RunRequest request, ViewKeeper keeper) {
        this.guarding = Objects.requireNonNull(guarding);
        this.port = request.world().guards();
        this.time = request.world().time();
        this.journal = request.journal();
        this.listener = request.listener();
        this.keeper = keeper;
    }

    /** Begins to watch, and sees each guard once; findings about those that are not green. */
    List<Finding> begin() {
        if (guarding.guards().isEmpty()) {
            return List.of();
        }
        watch = Optional.of(port.watch(
                guarding.guards().stream()
                        .filter(g -> g.kind() != Guard.Kind.SERVICE)
                        .toList(),
                guarding.every()));
        Map<Guard, Sample> first = new LinkedHashMap<>();
        Instant end = time.now().plus(FIRST);
        take(first);
        while (first.size() < guarding.guards().size() && time.now().isBefore(end)) {
            time.await(time.now().plus(LOOK));
            take(first);
        }
        List<Finding> against = new ArrayList<>();
        for (Guard guard : guarding.guards()) {
            against(guard, first.getOrDefault(guard, silent(guard, FIRST))).ifPresent(against::add);
        }
        goOn();
        due = time.now().plus(guarding.every());
        writtenAt = time.now();
        return against;
    }

    /** What a process that died had counted counts; after a stop somebody has seen to it. */
    private void goOn() {
        RunFold run = journal.state().run();
        if (run.ended().isEmpty()) {
            run.guards().stream()
                    .filter(t -> guarding.guards().contains(t.guard()))
                    .forEach(t -> tallies.put(t.guard(), t));
        }
    }

    private void take(Map<Guard, Sample> first) {
        samples().forEach(sample -> first.putIfAbsent(sample.guard(), sample));
    }

    private Optional<Finding> against(Guard guard, Sample sample) {
        saw(sample);
        return switch (sample.verdict()) {
            case GREEN -> Optional.empty();
            case ABSENT -> {
                listener.guard("guard " + guard + " is not watched: " + sample.evidence());
                yield Optional.empty();
            }
            case RED ->
                Optional.of(Finding.of(
                        "GUARD-RED",
                        Severity.BLOCKER,
                        "guard " + guard,
                        "is red before anything was done: " + sample.evidence(),
                        "mend what it watches, or leave it out",
                        "cnishift explain GUARD-RED"));
            case UNKNOWN ->
                Optional.of(Finding.of(
                        "GUARD-UNKNOWN",
                        Severity.BLOCKER,
                        "guard " + guard,
                        "cannot be sampled: " + sample.evidence(),
                        "see that it can be reached from here, or leave it out",
                        "cnishift explain GUARD-UNKNOWN"));
        };
    }

    /** Takes over what has come, and writes it down where a crash must not lose it. */
    void look() {
        if (watch.isEmpty()) {
            return;
        }
        samples().forEach(this::charge);
        if (!time.now().isBefore(due)) {
            due = time.now().plus(guarding.every());
            guarding.guards().forEach(this::missed);
        }
        if (bad || (changed && !time.now().isBefore(writtenAt.plus(WRITE)))) {
            write();
        }
    }

    private void charge(Sample sample) {
        Guard guard = sample.guard();
        GuardTally before = tallies.getOrDefault(guard, GuardTally.of(guard));
        GuardTally after = before.with(sample);
        saw(sample);
        tallies.put(guard, after);
        changed |= !after.equals(before);
        if (sample.verdict() == Verdict.RED || sample.verdict() == Verdict.UNKNOWN) {
            bad = true;
            listener.guard("guard " + guard + " is " + sample.verdict() + ": " + sample.evidence());
        }
    }

    /** What nobody watches here is not missed. */
    private void saw(Sample sample) {
        seenAt.put(sample.guard(), sample.verdict() == Verdict.ABSENT ? Instant.MAX : sample.at());
    }

    private void missed(Guard guard) {
        Duration silence = guarding.every().multipliedBy(SILENCE).plus(guard.latency());
        Instant last = seenAt.getOrDefault(guard, time.now());
        if (!last.equals(Instant.MAX) && last.plus(silence).isBefore(time.now())) {
            charge(silent(guard, silence));
        }
    }

    private Sample silent(Guard guard, Duration time) {
        return new Sample(guard, Verdict.UNKNOWN, "no sample came for " + time.toSeconds() + " s", this.time.now());
    }

    /** Writes the tallies down, if they have changed since. */
    void write() {
        if (changed) {
            journal.append(time.now(), new JournalRecord.Guarded(List.copyOf(tallies.values())));
        }
        changed = false;
        bad = false;
        writtenAt = time.now();
    }

    /** Looks no more. */
    void end() {
        watch.ifPresent(GuardPort.Watch::close);
        watch = Optional.empty();
    }

    /** When the loop should come by next. */
    Instant next() {
        return watch.isPresent() ? due : Instant.MAX;
    }

    /** Why the run must stop. */
    Optional<String> spent() {
        if (tallies.isEmpty()) {
            return Optional.empty();
        }
        return tallies.values().stream()
                .flatMap(t -> t.spent(guarding.budget()).stream())
                .findFirst();
    }

    private List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        watch.ifPresent(w -> samples.addAll(w.taken()));
        if (!time.now().isBefore(due)) {
            guarding.guards().stream()
                    .filter(g -> g.kind() == Guard.Kind.SERVICE)
                    .map(this::service)
                    .forEach(samples::add);
        }
        return samples;
    }

    private Sample service(Guard guard) {
        View view = keeper.view();
        int ready = view.endpoints(guard.subject()).map(Endpoints::ready).orElse(0);
        Optional<Integer> least = journal.state().run().baseline().stream()
                .flatMap(b -> b.services().stream())
                .filter(s -> s.key().equals(guard.subject()))
                .map(ServiceSeconds::minReady)
                .findFirst()
                .or(() -> view.service(guard.subject()).map(s -> MinReady.whenHealthy(view, s)));
        int needed = Math.max(1, least.orElse(1));
        boolean there = view.service(guard.subject()).isPresent();
        return new Sample(
                guard,
                there && ready >= needed ? Verdict.GREEN : Verdict.RED,
                there ? ready + " ready endpoints, at least " + needed + " are guaranteed" : "there is no such Service",
                time.now());
    }
}
