package io.cnishift.api;

import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One question about a cluster, judged on evidence. Pure: the engine asks what {@link #ask} wants to know. */
public interface Probe {

    /** Stable, explained by {@code cnishift explain CODE}. */
    String code();

    /** A few words for a table. */
    String title();

    /** What it looks at; where one of these could not be read, it cannot pass. */
    default Set<Part> reads() {
        return EnumSet.allOf(Part.class);
    }

    /** What to ask on the network; empty for a probe that only reads. */
    List<Question> ask(View view);

    /** The verdict. A question without an answer makes it unknown, never a pass. */
    Result judge(View view, Map<Question, Answer> answers);

    /** A verdict with what was seen; {@code remedy} is empty when it passed. */
    record Result(ProbeStatus status, String evidence, String remedy) {}
}
