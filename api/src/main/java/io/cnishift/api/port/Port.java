package io.cnishift.api.port;

import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One side of a cluster that can be read and changed. Implementations are called from one thread, except the sink of
 * {@link #watch}, which they may call from any.
 */
public interface Port {

    /** Reads these parts, paged, all of them that it is the source of; what cannot be read is unknown, with the reason. */
    Reading read(Set<Part> parts);

    /** The same, with that work done now and then where reading takes many calls: what is due meanwhile does not wait for its end. */
    default Reading read(Set<Part> parts, Runnable between) {
        return read(parts);
    }

    /**
     * Feeds changes of these parts from now on, until closed. Returns the parts that it does feed; the others have to be
     * read again when they are too old.
     */
    Set<Part> watch(Set<Part> parts, Consumer<Change> sink);

    /** The object that an act would change as a tree, for the journal and the way back; empty when it does not exist. */
    Map<String, Object> before(Act act);

    /** Performs one act. A refusal is an answer; an exception means that nothing is known about the outcome. */
    ActResult perform(Act act);

    /**
     * What {@link #perform} would answer now, as the API itself finds it, permissions and admission included; nothing is changed.
     * Empty when the API of this act cannot be asked without doing it, or does not serve what it is about.
     */
    default Optional<ActResult> check(Act act) {
        return Optional.empty();
    }
}
