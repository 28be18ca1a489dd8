package io.cnishift.api.step;

import java.util.Objects;

/**
 * Restricts aws-node to labelled nodes by nodeSelector; refuses while any of its nodes lacks the label, and checks that no node lost it.
 */
public record FenceAwsNode(String key, String value) {

    public FenceAwsNode {
        Objects.requireNonNull(key);
        Objects.requireNonNull(value);
    }
}
