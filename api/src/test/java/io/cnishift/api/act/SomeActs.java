package io.cnishift.api.act;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.AccessEntry;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.TemplateVersion;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Vpc;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Acts of every kind, and a cluster that they are for. */
final class SomeActs {

    static final ObjectRef AWS_NODE = ObjectRef.of("apps/v1", "DaemonSet", "kube-system", "aws-node");
    static final Map<String, Object> NOTE = Map.of(
            "apiVersion",
            "v1",
            "kind",
            "ConfigMap",
            "metadata",
            Map.of("name", "note", "namespace", "web"),
            "data",
            Map.of("text", "it's \"so\"\n$HOME `id` \\n # no comment"));
    static final DnsRecord SIMPLE = new DnsRecord(
            "Z1",
            "www.shop.example",
            "A",
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            List.of(),
            Optional.of(new DnsRecord.Alias("ZELB", "one.elb.amazonaws.com", false)),
            "simple");
    static final Cidr PODS = Cidr.parse("100.64.0.0/18");
    static final Taint STARTUP = new Taint("node.cilium.io/agent-not-ready", "true", "NoExecute");
    static final List<SecurityGroup.Rule> RULES = List.of(
            new SecurityGroup.Rule("", "udp", 8472, 8472, "sg-2", "VXLAN"),
            new SecurityGroup.Rule("", "icmp", 8, 0, "10.0.0.0/16", ""),
            new SecurityGroup.Rule("", "-1", -1, -1, "fd00::/8", ""),
            new SecurityGroup.Rule("", "tcp", 4240, 4240, "pl-1", ""));

    static final Surroundings AT = Surroundings.of(View.of(ClusterSnapshot.of(
            "test",
            Instant.EPOCH,
            List.<Resource>of(
                    cluster(Optional.empty()),
                    new Vpc("vpc-1", List.of(), List.of()),
                    group("blue", NodeGroup.Kind.MANAGED, "eks-blue-1"),
                    group("own", NodeGroup.Kind.SELF_MANAGED, "own-asg"),
                    version(3, Optional.empty()),
                    version(4, Optional.of("ami-1"))),
            List.of())));

    private SomeActs() {}

    /** One act of each kind, and more where the command has several forms. */
    static Stream<Act> acts() {
        return Stream.of(
                new ApplyObject(NOTE),
                new AssociateAccessPolicy("arn:aws:iam::1:role/team", new AccessEntry.Policy("arn:p", List.of())),
                new AssociateAccessPolicy("arn:aws:iam::1:role/team", new AccessEntry.Policy("arn:p", List.of("web"))),
                new AssociateCidrBlock("vpc-1", PODS),
                new AssociateRouteTable("vpc-1", PODS, "rtb-1"),
                new AuthorizeIngress("sg-1", RULES),
                CarryObject.of(AWS_NODE),
                new CarryObject(
                        ObjectRef.of("batch/v1", "CronJob", "web", "night"), Map.of("spec", Map.of("suspend", true))),
                new ChangeRecords(
                        "Z1", "www.shop.example", List.of(SIMPLE), List.of(SIMPLE.weighted("it's", 5, "two"))),
                new OnSecond(new DeleteObject(AWS_NODE, Optional.empty())),
                new OnSecond(new ApplyObject(NOTE)),
                new OnSecond(new UninstallRelease("kube-system", "cilium")),
                new CordonNode("ip-10-0-0-1.ec2.internal", "u"),
                new CreateAccessEntry(
                        "arn:aws:iam::1:role/team",
                        "team:{{SessionName}}",
                        List.of("devs", "it's us"),
                        Map.of("a", "b")),
                new CreateAccessEntry("arn:aws:iam::1:user/ann", "ann", List.of(), Map.of()),
                new CreateAddon(
                        "vpc-cni", "v1.20.4", Map.of("env", Map.of("A", "it's")), Optional.of("arn:aws:iam::1:r")),
                new CreateObject(NOTE),
                new CreateSubnet("vpc-1", "eu-west-1a", PODS, Map.of("Team", "it's us")),
                new CreateSubnetCidrReservation("vpc-1", PODS, PODS.nth(28, 3)),
                new CreateSubnetTag("vpc-1", PODS, "kubernetes.io/role/cni", "1"),
                new CreateAutoScalingGroup(
                        "own-2", "own", 4, 0, 3, 0, List.of("subnet-1", "subnet-2"), Map.of("Team", "it's us")),
                new CreateCluster(
                        "green-moon",
                        "blue-moon",
                        "1.35",
                        List.of("subnet-1"),
                        IpFamily.IPV4,
                        Map.of("Team", "it's us")),
                new CreateOidcProvider("blue-moon", Map.of()),
                new CreateTargetGroup(
                        "moon-shop", "arn:aws:elasticloadbalancing:r:1:targetgroup/a/b", "ip", Map.of("a", "it's us")),
                new CreatePodIdentity("web", "shop", "arn:aws:iam::1:role/shop", Map.of()),
                newGroup(OptionalLong.empty()),
                newGroup(OptionalLong.of(4)),
                template(Optional.empty(), OptionalInt.of(110), OptionalInt.of(2)),
                template(Optional.of("ami-2"), OptionalInt.empty(), OptionalInt.empty()),
                new DeleteAccessEntry("arn:aws:iam::1:role/team"),
                new DeleteAddon("vpc-cni"),
                new DeleteAutoScalingGroup("own"),
                new DeleteCluster("green-moon"),
                new DeleteFargateProfile("batch"),
                new DeleteOidcProvider("blue-moon"),
                new DeletePodIdentity("web", "shop"),
                new DeleteNodeGroup("blue"),
                new DeleteObject(AWS_NODE, Optional.empty()),
                new DeleteObject(AWS_NODE, Optional.of("u-1")),
                new DeleteSubnet("vpc-1", PODS),
                new DeleteSubnetCidrReservation("vpc-1", PODS, PODS.nth(28, 3)),
                new DeleteSubnetTag("vpc-1", PODS, "kubernetes.io/role/cni"),
                new DeleteTargetGroup("moon-shop", Map.of()),
                new DeleteTemplateVersion("lt-1", 4),
                new DeregisterTargets("arn:aws:elasticloadbalancing:r:1:targetgroup/a/b", List.of("10.0.0.1")),
                new DisassociateAccessPolicy("arn:aws:iam::1:role/team", "arn:p"),
                new DisassociateCidrBlock("vpc-1", PODS),
                new EvictPod("web", "x", "u-1", OptionalLong.of(5)),
                new ExtendTrust("shop", List.of(Map.of("Sid", "it's"))),
                new PatchObject(AWS_NODE, PatchType.MERGE, NOTE, Optional.of("77")),
                new ReduceTrust("shop", List.of(Map.of("Sid", "it's"))),
                new RegisterTargets("arn:aws:elasticloadbalancing:r:1:targetgroup/a/b", List.of("i-1", "i-2")),
                new ResumeProcesses("own", List.of("Launch")),
                new RevokeIngress("sg-1", RULES),
                new SetAutoRepair("blue", false),
                new SetGroupSize("blue", 0, 3, 1),
                new SetGroupSize("own", 0, 3, 1),
                new SuspendProcesses("blue", List.of("AZRebalance", "Launch")),
                new TerminateInstance("i-1", "blue", true),
                new UncordonNode("n", "u"),
                new UninstallRelease("kube-system", "cilium"),
                new UpdateAddon("vpc-cni", Map.of("note", "it's")),
                new UpgradeRelease("kube-system", "cilium", "https://helm.cilium.io/cilium", "1.20.0", NOTE),
                new UseTemplateVersion("own", "lt-1", 4));
    }

    static CreateNodeGroup newGroup(OptionalLong version) {
        return new CreateNodeGroup(
                "green",
                "blue",
                version,
                Map.of("a", "b"),
                List.of(STARTUP),
                0,
                3,
                0,
                List.of("subnet-1"),
                Map.of("t", "it's"));
    }

    static CreateTemplateVersion template(Optional<String> image, OptionalInt maxPods, OptionalInt hops) {
        boolean userData = maxPods.isPresent();
        return new CreateTemplateVersion(
                "lt-1",
                3,
                "m-1/it's a step",
                image,
                maxPods,
                hops,
                userData ? Map.of("a", "b") : Map.of(),
                userData ? List.of(STARTUP) : List.of());
    }

    static Cluster cluster(Optional<String> issuer) {
        return new Cluster(
                "blue-moon",
                "arn:aws:eks:eu-west-1:1:cluster/blue-moon",
                "1",
                "eu-west-1",
                "1.33",
                "ACTIVE",
                "https://x",
                true,
                true,
                Cidr.parse("172.20.0.0/16"),
                Cluster.IpFamily.IPV4,
                "API",
                false,
                false,
                List.of(),
                List.of(),
                "sg-1",
                "vpc-1",
                "u",
                issuer,
                false,
                Map.of(),
                OptionalInt.empty());
    }

    private static NodeGroup group(String name, NodeGroup.Kind kind, String scalingGroup) {
        return new NodeGroup(
                name,
                kind,
                "ACTIVE",
                Optional.of(scalingGroup),
                0,
                3,
                1,
                List.of("m5.large"),
                "AL2023_x86_64_STANDARD",
                "on-demand",
                List.of("subnet-1"),
                Optional.of(new NodeGroup.LaunchTemplate(
                        "lt-1", "n", 3, Optional.empty(), false, 1, true, List.of(), Optional.empty())),
                NodeGroup.MaxPodsBy.MANAGED_GROUP,
                OptionalInt.empty(),
                Map.of(),
                List.of(),
                "arn:r",
                true,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Owner.NONE);
    }

    private static TemplateVersion version(long number, Optional<String> image) {
        return new TemplateVersion(
                "lt-1",
                number,
                "",
                image,
                OptionalInt.empty(),
                1,
                Map.of("old", "1"),
                List.of(new Taint("old", "", "NoSchedule")),
                List.of());
    }
}
