package io.cnishift.api.step;

import java.util.Objects;

/**
 * Restricts aws-node to labelled nodes by nodeSelector; refuses while any of its nodes lacks the label, and checks that no node lost it.
 *
 * @param newSide label key of nodes that the new CNI wires and that must not get aws-node
 */
public record FenceAwsNode(String key, String value, String newSide) {

    public FenceAwsNode {
        Objects.requireNonNull(key);
        Objects.requireNonNull(value);
        Objects.requireNonNull(newSide);
    }
}
