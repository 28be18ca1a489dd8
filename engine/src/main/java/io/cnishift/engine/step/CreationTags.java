package io.cnishift.engine.step;

import io.cnishift.api.port.Progress;
import java.util.HashMap;
import java.util.Map;

/** The tags of what a step makes in AWS, beside those of what it replaces: those that the user wants, and the migration's id. */
final class CreationTags {

    private CreationTags() {}

    static Map<String, String> of(Progress progress) {
        Map<String, String> tags = new HashMap<>(progress.tags());
        tags.put(Progress.TAG, progress.migration());
        return tags;
    }
}
