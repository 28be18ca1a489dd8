package io.cnishift.engine.verify;

import io.cnishift.api.Probe;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A probe that only reads: it passes when nothing is to be complained of.
 *
 * @param reads what it looks at; where one of these could not be read, it cannot pass
 * @param complaints one sentence for each thing that is wrong
 * @param absence why a cluster that no plan has touched need not have it; a plan asks for it all the same
 */
record StaticProbe(
        String code,
        String title,
        Set<Part> reads,
        Function<View, List<String>> complaints,
        String remedy,
        Function<View, Optional<String>> absence)
        implements Probe {

    private static final int SHOWN = 5;

    /** Of something that every cluster has. */
    StaticProbe(String code, String title, Set<Part> reads, Function<View, List<String>> complaints, String remedy) {
        this(code, title, reads, complaints, remedy, view -> Optional.empty());
    }

    @Override
    public List<Question> ask(View view) {
        return List.of();
    }

    @Override
    public Result judge(View view, Map<Question, Answer> answers) {
        List<String> wrong = complaints.apply(view);
        return wrong.isEmpty()
                ? new Result(ProbeStatus.PASS, "nothing to complain of", "")
                : new Result(ProbeStatus.FAIL, shortened(wrong), remedy);
    }

    static String shortened(List<String> sentences) {
        String shown = String.join("; ", sentences.subList(0, Math.min(SHOWN, sentences.size())));
        return sentences.size() > SHOWN ? shown + "; and " + (sentences.size() - SHOWN) + " more" : shown;
    }
}
