package io.cnishift.simulator.kit;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import io.cnishift.api.capacity.MaxPods;
import io.cnishift.api.capacity.PodMode;
import io.cnishift.api.cluster.Owner;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a cluster of {@link Clusters} is made of.
 *
 * @param reservedFree free instances of the capacity reservation of the group; empty without one
 * @param held variables of aws-node that another than EKS set
 */
record Layout(
        int nodes,
        int subnetPrefix,
        String instanceType,
        int hopLimit,
        boolean publicSubnets,
        boolean selfManaged,
        boolean spot,
        String targetType,
        int webReplicas,
        boolean openToItself,
        Owner owner,
        OptionalInt reservedFree,
        Map<String, String> env,
        Set<String> held,
        List<Extra> extras) {

    static final String REGION = "eu-west-1";
    static final String VPC = "vpc-0aaaaaaaaaaaaaaaa";
    static final String CLUSTER_SG = "sg-0cccccccccccccccc";
    static final String NODE_SG = "sg-0dddddddddddddddd";
    static final String ALB_SG = "sg-0eeeeeeeeeeeeeeee";
    static final String ROUTE_TABLE = "rtb-0aaaaaaaaaaaaaaaa";
    static final String TEMPLATE = "lt-0aaaaaaaaaaaaaaaa";
    static final String RESERVATION = "cr-0aaaaaaaaaaaaaaaa";
    static final String IMAGE = "ami-0aaaaaaaaaaaaaaaa";
    static final String ARN = "arn:aws:elasticloadbalancing:" + REGION + ":111122223333:";
    static final String TARGET_GROUP = ARN + "targetgroup/k8s-web-web-0123456789/0123456789abcdef";
    static final int NODE_PORT = 30080;

    Layout {
        Objects.requireNonNull(instanceType, "instanceType");
        Objects.requireNonNull(targetType, "targetType");
        Objects.requireNonNull(owner, "owner");
        env = Map.copyOf(env);
        held = Set.copyOf(held);
        extras = List.copyOf(extras);
    }

    String capacityType() {
        return spot ? "spot" : "on-demand";
    }

    static String zone(int index) {
        return REGION + (index % 2 == 0 ? "a" : "b");
    }

    static String subnet(int index) {
        return "subnet-0" + (index % 2 == 0 ? "a" : "b").repeat(16);
    }

    Cidr cidr(int index) {
        return Cidr.parse("10.0.0.0/16")
                .nth(Math.min(24, subnetPrefix), index % 2)
                .nth(subnetPrefix, 0);
    }

    InstanceLimits limits() {
        return InstanceTable.embedded().find(instanceType).orElseThrow();
    }

    int maxPods() {
        return MaxPods.recommended(limits(), PodMode.SECONDARY_IP).orElseThrow();
    }

    String nodeSecurityGroup() {
        return openToItself ? CLUSTER_SG : NODE_SG;
    }

    boolean instanceTargets() {
        return targetType.equals("instance");
    }
}
