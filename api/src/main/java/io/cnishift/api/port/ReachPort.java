package io.cnishift.api.port;

/** Asks whether one end of the network reaches another. */
public interface ReachPort {

    /** Asks; an answer that could not be obtained is {@link Answer.Verdict#UNKNOWN}, with the reason. */
    Answer ask(Question question);
}
