package io.cnishift.api.plan;

import java.util.Objects;
import java.util.Optional;

/**
 * What is to be known while a run rests, from the begin of a step until a phase is done. Those of several steps that differ in their object
 * alone are told as one.
 *
 * @param until the phase; one that the plan has not is never done before the run is
 * @param sentence what must not be done; or, of one with an object, what it is short of, to be read as "until then SENTENCE OBJECT"
 * @param object what somebody has to do without, {@code Kind/namespace/name}; empty where nobody has to do without anything
 */
public record Meanwhile(String until, String sentence, Optional<String> object) {

    public Meanwhile {
        Objects.requireNonNull(until);
        Objects.requireNonNull(sentence);
        Objects.requireNonNull(object);
    }

    /** Something that must not be done to the cluster. */
    public static Meanwhile leave(String until, String sentence) {
        return new Meanwhile(until, sentence, Optional.empty());
    }

    /** Something that is not there, although nothing is done to the cluster: no state to rest in by choice. */
    public static Meanwhile without(String until, String sentence, String object) {
        return new Meanwhile(until, sentence, Optional.of(object));
    }
}
