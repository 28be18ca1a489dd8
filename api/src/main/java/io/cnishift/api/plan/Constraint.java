package io.cnishift.api.plan;

import java.util.Locale;

/** What a user may forbid. */
public enum Constraint {
    /** CIDR blocks, reserved ranges, route tables, network ACLs; a security group rule is none. */
    VPC_CHANGES,
    NEW_SUBNETS,
    NEW_CLUSTER,
    /** Nodes may not be replaced by new ones. */
    NODE_REPLACEMENT,
    /** Only the CNI that AWS supports on EC2 nodes: the VPC CNI. */
    UNSUPPORTED_CNI,
    LOSING_SECURITY_GROUPS_FOR_PODS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
