package io.cnishift.engine.policy;

import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.View;
import java.util.Optional;

/** ARNs of what a cluster consists of. */
record Arns(Cluster cluster) {

    static final String ANY = "*";

    String ofCluster() {
        return eks("cluster/" + cluster.name());
    }

    String nodeGroup(String name) {
        return eks("nodegroup/" + cluster.name() + "/" + name + "/*");
    }

    String addon(String name) {
        return eks("addon/" + cluster.name() + "/" + name + "/*");
    }

    String eks(String path) {
        return of("eks", path);
    }

    String ec2(String path) {
        return of("ec2", path);
    }

    /** EKS gives the group of a managed one a name that ends by chance. */
    String scalingGroup(View view, String group) {
        Optional<NodeGroup> found = view.nodeGroup(group);
        boolean managed = found.filter(g -> g.kind() == NodeGroup.Kind.MANAGED).isPresent();
        String name = managed
                ? "eks-" + group + "-*"
                : found.flatMap(NodeGroup::autoScalingGroup).orElse(group);
        return of("autoscaling", "autoScalingGroup:*:autoScalingGroupName/" + name);
    }

    String targetGroups() {
        return of("elasticloadbalancing", "targetgroup/*");
    }

    private String of(String service, String path) {
        String[] parts = cluster.arn().split(":", -1);
        String partition = parts.length > 1 ? parts[1] : "aws";
        return "arn:" + partition + ":" + service + ":" + cluster.region() + ":" + cluster.account() + ":" + path;
    }
}
