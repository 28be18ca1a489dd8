package io.cnishift.api.cluster;

import java.util.Objects;

/**
 * A TargetGroupBinding of the AWS Load Balancer Controller.
 *
 * @param targetGroup ARN
 * @param userOwned whether a user wrote it, not the controller
 */
public record TargetGroupBinding(
        String namespace,
        String name,
        String targetGroup,
        String service,
        String servicePort,
        String targetType,
        boolean userOwned)
        implements Resource {

    public TargetGroupBinding {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
    }

    @Override
    public Part part() {
        return Part.TARGET_GROUP_BINDINGS;
    }

    @Override
    public String key() {
        return namespace + "/" + name;
    }
}
