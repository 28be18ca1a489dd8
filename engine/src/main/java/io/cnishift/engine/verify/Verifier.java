package io.cnishift.engine.verify;

import io.cnishift.api.Probe;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.World;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks probes once, of a cluster as it was just read. */
public final class Verifier {

    private final List<Probe> probes;

    public Verifier(List<Probe> probes) {
        this.probes = List.copyOf(probes);
    }

    /** What they say. */
    public Verification verify(ClusterSnapshot read, World world) {
        View view = View.of(read);
        return Verification.of(probes.stream()
                .map(probe -> line(probe, view, read.unknown(), world))
                .toList());
    }

    private static Verification.Line line(Probe probe, View view, List<Unknown> unknown, World world) {
        Instant begin = world.time().now();
        Map<Question, Answer> answers = new LinkedHashMap<>();
        probe.ask(view).forEach(question -> answers.put(question, world.reach().ask(question)));
        Probe.Result asked = absence(probe, view)
                .map(why -> new Probe.Result(ProbeStatus.SKIPPED, why, ""))
                .orElseGet(() -> probe.judge(view, answers));
        Probe.Result result = judged(probe, asked, unknown);
        return new Verification.Line(
                probe.code(),
                probe.title(),
                result.status(),
                result.evidence(),
                result.remedy(),
                Duration.between(begin, world.time().now()));
    }

    private static Optional<String> absence(Probe probe, View view) {
        return probe instanceof StaticProbe known ? known.absence().apply(view) : Optional.empty();
    }

    /** What it looks at; of a strategy's own probe that may be anything. */
    private static Set<Part> reads(Probe probe) {
        return probe instanceof StaticProbe known ? known.reads() : ProbeReads.any();
    }

    /** What was not read cannot be complained of; what was, can. */
    static Probe.Result judged(Probe probe, Probe.Result result, List<Unknown> unknown) {
        Optional<Unknown> gap =
                unknown.stream().filter(u -> reads(probe).contains(u.part())).findFirst();
        boolean fine = result.status() == ProbeStatus.PASS || result.status() == ProbeStatus.SKIPPED;
        return fine && gap.isPresent()
                ? new Probe.Result(
                        ProbeStatus.UNKNOWN,
                        gap.get().subject() + " could not be read: " + gap.get().reason(),
                        gap.get().remedy())
                : result;
    }
}
