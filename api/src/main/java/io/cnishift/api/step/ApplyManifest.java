package io.cnishift.api.step;

import io.cnishift.api.cluster.Tree;
import java.util.Map;

/**
 * Creates an object, or brings its fields to these values.
 */
public record ApplyManifest(Map<String, Object> object) {

    public ApplyManifest {
        object = Tree.copy(object);
    }
}
