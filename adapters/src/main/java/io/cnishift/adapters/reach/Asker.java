package io.cnishift.adapters.reach;

import io.cnishift.api.port.Question;

/** Asks from one kind of origin. */
@FunctionalInterface
interface Asker {

    /**
     * What was seen.
     *
     * @throws Unasked when the question could not be put
     */
    Seen ask(Question question);
}
