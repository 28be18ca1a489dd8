package io.cnishift.adapters.kubernetes;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Opens answers of an API server that do not end: one document a line, for as long as the connection lasts. */
@FunctionalInterface
interface KubeStreams {

    /**
     * Opens one and returns at once. No thread waits for it; the next part of it is asked for when the last one has been heard.
     *
     * @param turn in which the listener is told
     */
    Stream open(String pathAndQuery, Executor turn, Listener listener);

    /** An open answer. */
    @FunctionalInterface
    interface Stream {

        /** Lets it go. The listener may still be told what was under way. */
        void cancel();
    }

    /** Hears what comes. Once it was told of an end, it is told nothing more. */
    interface Listener {

        /** The server has begun to answer. */
        void opened();

        void document(Map<String, Object> tree);

        /** It is over: by the server when there is no failure. */
        void ended(Optional<KubeFailure> failure);
    }
}
