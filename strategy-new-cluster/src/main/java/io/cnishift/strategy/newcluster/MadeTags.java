package io.cnishift.strategy.newcluster;

import io.cnishift.api.port.Progress;
import java.util.HashMap;
import java.util.Map;

/** The tags of what the run makes in AWS: those that the user wants, and the id of the migration, by which it is told from the work of others. */
final class MadeTags {

    private MadeTags() {}

    static Map<String, String> of(Progress progress) {
        Map<String, String> tags = new HashMap<>(progress.tags());
        tags.put(Progress.TAG, progress.migration());
        return tags;
    }

    /** Whether what bears these tags was made by this migration. */
    static boolean ours(Map<String, String> tags, Progress progress) {
        return progress.migration().equals(tags.get(Progress.TAG));
    }
}
