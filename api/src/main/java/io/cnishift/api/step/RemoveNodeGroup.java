package io.cnishift.api.step;

import java.util.Objects;

/**
 * Deletes a group that has no node any more.
 */
public record RemoveNodeGroup(String group) {

    public RemoveNodeGroup {
        Objects.requireNonNull(group);
    }
}
