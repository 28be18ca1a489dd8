package io.cnishift.api.step;

import io.cnishift.api.cluster.SecurityGroup;
import java.util.List;
import java.util.Objects;

/**
 * Adds ingress rules to a security group.
 *
 * @param rules their ids are ignored
 */
public record AllowIngress(String securityGroup, List<SecurityGroup.Rule> rules) {

    public AllowIngress {
        Objects.requireNonNull(securityGroup);
        rules = List.copyOf(rules);
    }
}
