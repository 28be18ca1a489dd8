package io.cnishift.api.draft;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.plan.Meanwhile;
import java.util.List;

/** Behaviour of a step after which a run does not rest without somebody noticing: something is missing, or must be left alone. */
public interface RestingHandler<P extends Record> extends StepHandler<P> {

    /** What is to be known while a run rests after the step has begun. */
    List<Meanwhile> meanwhile(P params);
}
