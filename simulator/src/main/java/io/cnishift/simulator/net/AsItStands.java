package io.cnishift.simulator.net;

import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Answers that hold as long as the world stands as it does: each is worked out once, and all are forgotten with the next event
 * and with the next write. Looking at a network of hundreds of nodes asks the same hundreds of times.
 */
public final class AsItStands<K, V> {

    private final Kernel kernel;
    private final Cloud cloud;
    private final Function<K, V> question;
    private final Map<K, V> answers = new HashMap<>();
    private long events = -1;
    private long writes = -1;
    private long cloudWrites = -1;

    /** Answers to that question, which reads the world and changes nothing. */
    public AsItStands(Kernel kernel, Function<K, V> question) {
        this.kernel = kernel;
        this.cloud = Cloud.of(kernel);
        this.question = question;
    }

    /** The answer as of now. */
    public V of(K key) {
        if (moved()) {
            answers.clear();
        }
        V known = answers.get(key);
        if (known == null) {
            known = question.apply(key);
            answers.put(key, known);
        }
        return known;
    }

    /** Whether anything may have changed since this was last asked. */
    private boolean moved() {
        boolean same = events == kernel.clock().ran()
                && writes == kernel.objects().resourceVersion()
                && cloudWrites == cloud.version();
        events = kernel.clock().ran();
        writes = kernel.objects().resourceVersion();
        cloudWrites = cloud.version();
        return !same;
    }
}
