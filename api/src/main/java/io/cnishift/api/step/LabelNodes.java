package io.cnishift.api.step;

import java.util.List;
import java.util.Objects;

/**
 * Gives every Linux node of the groups the label, also those that join later, until the fence is taken down.
 *
 * @param groups node groups of the old side
 * @param newSide label key of nodes in these groups that the new CNI wires and that are left out; empty for none
 */
public record LabelNodes(List<String> groups, String key, String value, String newSide) {

    public LabelNodes {
        groups = List.copyOf(groups);
        Objects.requireNonNull(key);
        Objects.requireNonNull(value);
        Objects.requireNonNull(newSide);
    }
}
