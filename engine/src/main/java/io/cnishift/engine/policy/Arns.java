package io.cnishift.engine.policy;

import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.View;
import java.util.Optional;

/**
 * ARNs of what a cluster consists of.
 *
 * @param cluster of the account and region
 * @param name of the cluster, which may be another one beside that
 */
record Arns(Cluster cluster, String name) {

    static final String ANY = "*";

    static Arns of(Cluster cluster) {
        return new Arns(cluster, cluster.name());
    }

    Arns named(String other) {
        return new Arns(cluster, other);
    }

    String ofCluster() {
        return eks("cluster/" + name);
    }

    String nodeGroup(String group) {
        return eks("nodegroup/" + name + "/" + group + "/*");
    }

    String addon(String addon) {
        return eks("addon/" + name + "/" + addon + "/*");
    }

    String fargateProfile(String profile) {
        return eks("fargateprofile/" + name + "/" + profile + "/*");
    }

    String podIdentities() {
        return eks("podidentityassociation/" + name + "/*");
    }

    String accessEntries() {
        return eks("access-entry/" + name + "/*");
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
        return targetGroup("*");
    }

    /** A target group by its name; ELB adds what nobody knows before it is made. */
    String targetGroup(String name) {
        return of("elasticloadbalancing", "targetgroup/" + name + (name.equals("*") ? "" : "/*"));
    }

    private String of(String service, String path) {
        String[] parts = cluster.arn().split(":", -1);
        String partition = parts.length > 1 ? parts[1] : "aws";
        return "arn:" + partition + ":" + service + ":" + cluster.region() + ":" + cluster.account() + ":" + path;
    }
}
