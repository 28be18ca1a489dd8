package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.StubAws.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.AssociateAccessPolicy;
import io.cnishift.api.act.AssociateCidrBlock;
import io.cnishift.api.act.AssociateRouteTable;
import io.cnishift.api.act.AuthorizeIngress;
import io.cnishift.api.act.ChangeRecords;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.CreateAccessEntry;
import io.cnishift.api.act.CreateAddon;
import io.cnishift.api.act.CreateAutoScalingGroup;
import io.cnishift.api.act.CreateCluster;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.act.CreateOidcProvider;
import io.cnishift.api.act.CreatePodIdentity;
import io.cnishift.api.act.CreateSubnet;
import io.cnishift.api.act.CreateSubnetCidrReservation;
import io.cnishift.api.act.CreateSubnetTag;
import io.cnishift.api.act.CreateTargetGroup;
import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.DeleteAccessEntry;
import io.cnishift.api.act.DeleteAddon;
import io.cnishift.api.act.DeleteAutoScalingGroup;
import io.cnishift.api.act.DeleteCluster;
import io.cnishift.api.act.DeleteFargateProfile;
import io.cnishift.api.act.DeleteNodeGroup;
import io.cnishift.api.act.DeleteOidcProvider;
import io.cnishift.api.act.DeletePodIdentity;
import io.cnishift.api.act.DeleteSubnet;
import io.cnishift.api.act.DeleteSubnetCidrReservation;
import io.cnishift.api.act.DeleteSubnetTag;
import io.cnishift.api.act.DeleteTargetGroup;
import io.cnishift.api.act.DeleteTemplateVersion;
import io.cnishift.api.act.DeregisterTargets;
import io.cnishift.api.act.DisassociateAccessPolicy;
import io.cnishift.api.act.DisassociateCidrBlock;
import io.cnishift.api.act.ExtendTrust;
import io.cnishift.api.act.ReduceTrust;
import io.cnishift.api.act.RegisterTargets;
import io.cnishift.api.act.ResumeProcesses;
import io.cnishift.api.act.RevokeIngress;
import io.cnishift.api.act.SetAutoRepair;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.SuspendProcesses;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.act.UseTemplateVersion;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroup.Rule;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.ActResult.Refused;
import io.cnishift.api.port.MigrationException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every act over a wire that throttles, breaks, denies and hangs. */
final class RealAwsPortTest {

    private static final Rule RULE = new Rule("", "udp", 8472, 8472, "10.0.0.0/16", "");

    private static final StubAws.Reply MADE =
            StubAws.ok("<R><launchTemplateVersion>" + Wire.version(4, "shop-1/t", "") + "</launchTemplateVersion></R>");

    /** One for all: its clients take long to make. */
    private static final StubAws SHARED = new StubAws();

    private static final DnsRecord NAME = new DnsRecord(
            "Z1",
            "www.shop.example",
            "CNAME",
            Optional.of("shop"),
            OptionalInt.of(95),
            OptionalInt.of(60),
            List.of("one.elb.amazonaws.com"),
            Optional.empty(),
            "weighted");

    private StubAws aws = SHARED;

    /** An act, the request that writes it, and whether the group that it is about is a managed one. */
    record Written(Act act, String request, boolean managed) {
        @Override
        public String toString() {
            return act.getClass().getSimpleName() + (managed ? " (managed)" : "");
        }
    }

    static Stream<Written> acts() {
        return Stream.of(
                of(new AuthorizeIngress("sg-1", List.of(RULE)), "ec2:AuthorizeSecurityGroupIngress"),
                of(new RevokeIngress("sg-1", List.of(RULE)), "ec2:RevokeSecurityGroupIngress"),
                of(new AssociateCidrBlock("vpc-1", Cidr.parse("100.66.0.0/16")), "ec2:AssociateVpcCidrBlock"),
                of(new DisassociateCidrBlock("vpc-1", Wire.BLOCK), "ec2:DisassociateVpcCidrBlock"),
                of(
                        new CreateSubnet("vpc-1", "eu-1a", Cidr.parse("100.65.64.0/18"), Map.of("a", "b")),
                        "ec2:CreateSubnet"),
                of(new DeleteSubnet("vpc-1", Wire.PODS), "ec2:DeleteSubnet"),
                of(new AssociateRouteTable("vpc-1", Wire.PODS, "rtb-1"), "ec2:AssociateRouteTable"),
                of(
                        new CreateSubnetCidrReservation("vpc-1", Wire.PODS, Wire.PODS.nth(28, 1)),
                        "ec2:CreateSubnetCidrReservation"),
                of(
                        new DeleteSubnetCidrReservation("vpc-1", Wire.PODS, Wire.PODS.nth(27, 1)),
                        "ec2:DeleteSubnetCidrReservation"),
                of(new CreateSubnetTag("vpc-1", Wire.PODS, "k", "1"), "ec2:CreateTags"),
                of(new DeleteSubnetTag("vpc-1", Wire.PODS, "k"), "ec2:DeleteTags"),
                of(
                        new CreateTemplateVersion(
                                Wire.TEMPLATE,
                                3,
                                "shop-1/t",
                                OptionalInt.empty(),
                                OptionalInt.of(2),
                                Map.of(),
                                List.of()),
                        "ec2:CreateLaunchTemplateVersion"),
                of(new DeleteTemplateVersion(Wire.TEMPLATE, 7), "ec2:DeleteLaunchTemplateVersions"),
                managed(
                        new CreateNodeGroup(
                                "new",
                                "general",
                                OptionalLong.of(3),
                                Map.of(),
                                List.of(),
                                0,
                                1,
                                0,
                                List.of("subnet-1"),
                                Map.of("a", "b")),
                        "eks:CreateNodegroup"),
                managed(new DeleteNodeGroup("general"), "eks:DeleteNodegroup"),
                of(
                        new CreateAutoScalingGroup("new", "own", 3, 0, 1, 0, List.of("subnet-1"), Map.of("a", "b")),
                        "autoscaling:CreateAutoScalingGroup"),
                of(new DeleteAutoScalingGroup("own"), "autoscaling:DeleteAutoScalingGroup"),
                managed(new SetGroupSize("general", 0, 9, 9), "eks:UpdateNodegroupConfig"),
                of(new SetGroupSize("own", 0, 9, 9), "autoscaling:UpdateAutoScalingGroup"),
                managed(new SetAutoRepair("general", true), "eks:UpdateNodegroupConfig"),
                of(new SuspendProcesses("own", List.of("Launch")), "autoscaling:SuspendProcesses"),
                managed(new ResumeProcesses("general", List.of("Launch")), "autoscaling:ResumeProcesses"),
                of(new UseTemplateVersion("own", Wire.TEMPLATE, 3), "autoscaling:UpdateAutoScalingGroup"),
                of(new TerminateInstance("i-1", "own", true), "autoscaling:TerminateInstanceInAutoScalingGroup"),
                of(new TerminateInstance("i-1", "", false), "ec2:TerminateInstances"),
                of(new CreateAddon("vpc-cni", "v1", Map.of(), Optional.empty()), "eks:CreateAddon"),
                of(new UpdateAddon("vpc-cni", Map.of("a", "b")), "eks:UpdateAddon"),
                of(new DeleteAddon("vpc-cni"), "eks:DeleteAddon"),
                of(new RegisterTargets("arn:tg", List.of("i-1")), "elasticloadbalancing:RegisterTargets"),
                of(new DeregisterTargets("arn:tg", List.of("i-1")), "elasticloadbalancing:DeregisterTargets"),
                of(
                        new ChangeRecords("Z1", "www.shop.example", List.of(), List.of(NAME)),
                        "route53:ChangeResourceRecordSets"));
    }

    private static Written of(Act act, String request) {
        return new Written(act, request, false);
    }

    private static Written managed(Act act, String request) {
        return new Written(act, request, true);
    }

    /** Everything that is looked at is there, so that each act comes to its write. */
    private void world(Written written) {
        String instance = "<Instances><member><InstanceId>i-1</InstanceId><LifecycleState>InService</LifecycleState>"
                + "</member></Instances>";
        StubAws.Reply own = Wire.groups(Wire.group("own", Wire.template("3") + instance));
        aws.on("ec2:DescribeVpcs", Wire.vpc())
                .on("ec2:DescribeSubnets", Wire.subnets(Wire.subnet("subnet-1", "100.65.0.0/18", "k=1")))
                .on("ec2:DescribeRouteTables", Wire.routeTables(""))
                .on("ec2:GetSubnetCidrReservations", Wire.reservations("scr-1", Wire.PODS.nth(27, 1), "prefix"))
                .on("ec2:DescribeSecurityGroups", Wire.securityGroup("sg-1"))
                .on("ec2:DescribeSecurityGroupRules", Wire.rules(List.of(Wire.rule("sgr-1", 8472, "10.0.0.0/16"))))
                .on("ec2:DescribeLaunchTemplateVersions", Wire.versions(Wire.version(3, "", "")))
                .on("ec2:DescribeInstances", Wire.instance("i-1", "running"))
                .on("eks:ListNodegroups", StubAws.ok("{\"nodegroups\":[]}"))
                .on("eks:DescribeAddon", Wire.addon(Map.of("addonName", "vpc-cni", "status", "ACTIVE")))
                .on("elasticloadbalancing:DescribeTargetHealth", Wire.targets("i-1"))
                .on("autoscaling:DescribeLifecycleHooks", Wire.hooks())
                .on("autoscaling:DescribeAutoScalingGroups", own)
                .on(
                        "eks:DescribeNodegroup",
                        written.managed()
                                ? Wire.nodegroup(Map.of(
                                        "nodegroupName",
                                        "general",
                                        "status",
                                        "ACTIVE",
                                        "launchTemplate",
                                        Map.of("id", Wire.TEMPLATE, "version", "3"),
                                        "resources",
                                        Map.of("autoScalingGroups", List.of(Map.of("name", "own")))))
                                : Wire.gone("eks:"))
                .on(written.request(), Wire.empty(written.request()));
        if (written.act() instanceof CreateTemplateVersion) {
            aws.on(written.request(), MADE);
        } else if (written.act() instanceof CreateAutoScalingGroup) {
            aws.on("autoscaling:DescribeAutoScalingGroups", Wire.groups(), own);
        }
    }

    /** Acts on clusters, identities and access look at more than a list can have answers for; {@link ClusterWritesTest} and its neighbours have them. */
    private static final Set<Class<? extends Act>> BY_LOOKING = Set.of(
            CreateCluster.class,
            DeleteCluster.class,
            DeleteFargateProfile.class,
            CreateOidcProvider.class,
            DeleteOidcProvider.class,
            CreatePodIdentity.class,
            DeletePodIdentity.class,
            CreateAccessEntry.class,
            DeleteAccessEntry.class,
            AssociateAccessPolicy.class,
            DisassociateAccessPolicy.class,
            CreateTargetGroup.class,
            DeleteTargetGroup.class,
            ExtendTrust.class,
            ReduceTrust.class);

    @BeforeEach
    void forget() {
        SHARED.reset();
    }

    @AfterAll
    static void close() {
        SHARED.close();
    }

    @Test
    void theListAboveHasEveryActOfAws() {
        Set<Class<?>> seen =
                Set.copyOf(acts().map(w -> (Class<?>) w.act().getClass()).toList());
        assertThat(acts()).allMatch(w -> w.act().api() == Act.Api.AWS);
        assertThat(Arrays.stream(Act.class.getPermittedSubclasses())
                        .filter(type -> ActBook.full().knows(type.asSubclass(Act.class))))
                .containsAll(seen)
                .containsAll(BY_LOOKING)
                .hasSize(29 + BY_LOOKING.size());
        assertThat(seen).hasSize(29);
    }

    @ParameterizedTest
    @MethodSource("acts")
    void comesToItsWrite(Written written) {
        world(written);
        assertThat(aws.port().perform(written.act()).done()).isTrue();
        assertThat(aws.writes()).containsExactly(written.request());
    }

    /** The permissions that an act names are those that its writing asks for. */
    @ParameterizedTest
    @MethodSource("acts")
    void namesTheActionThatItWrites(Written written) {
        assertThat(written.act().operations()).contains(written.request());
    }

    @ParameterizedTest
    @MethodSource("acts")
    void aStormOfThrottlingEndsAsThrottled(Written written) {
        world(written);
        aws.on(written.request(), error(400, "ThrottlingException", "Rate exceeded"));
        Duration began = aws.time.passed();
        assertThat(refusal(written).reason()).isEqualTo(Reason.THROTTLED);
        assertThat(aws.time.passed().minus(began)).isLessThanOrEqualTo(ActCalls.LIMIT);
        boolean once = written.request().equals("autoscaling:TerminateInstanceInAutoScalingGroup");
        assertThat(aws.asked(written.request()).size() > 1).isEqualTo(!once);
    }

    @ParameterizedTest
    @MethodSource("acts")
    void serverErrorsThatEndAreNotSeen(Written written) {
        world(written);
        aws.on(
                written.request(),
                error(503, "ServiceUnavailable", "oops"),
                written.act() instanceof CreateTemplateVersion ? MADE : Wire.empty(written.request()));
        if (written.request().equals("autoscaling:TerminateInstanceInAutoScalingGroup")) {
            return;
        }
        assertThat(aws.port().perform(written.act()).done()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("acts")
    void serverErrorsThatDoNotEndLeaveTheOutcomeUnknown(Written written) {
        world(written);
        aws.on(written.request(), error(503, "ServiceUnavailable", "oops"));
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> aws.port().perform(written.act()))
                .matches(e -> e.code().equals("AWS-NO-ANSWER"))
                .matches(e -> e.disposition() == Disposition.RETRY)
                .withMessageContaining(written.act().target());
    }

    @ParameterizedTest
    @MethodSource("acts")
    void serverErrorsWhileLookingRefuseAndChangeNothing(Written written) {
        aws.otherwise(error(500, "InternalFailure", "oops"));
        if (written.act() instanceof AuthorizeIngress
                || written.act() instanceof RegisterTargets
                || written.act() instanceof CreateAddon
                || written.act() instanceof ChangeRecords) {
            return; // these write without looking
        }
        assertThat(refusal(written).reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(aws.writes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("acts")
    void aDenialNamesTheAction(Written written) {
        world(written);
        aws.on(written.request(), error(403, "AccessDeniedException", "no"));
        assertThat(refusal(written))
                .isEqualTo(
                        new Refused(Reason.FORBIDDEN, "AWS denies " + written.request() + " (AccessDeniedException)"));
    }

    @ParameterizedTest
    @MethodSource("acts")
    void expiredCredentialsStopTheRunWithWhatRenewsThem(Written written) {
        world(written);
        aws.on(written.request(), error(403, "ExpiredTokenException", "expired"));
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> aws.port().perform(written.act()))
                .matches(e -> e.code().equals("AWS-CREDENTIALS"))
                .matches(e -> e.category() == MigrationException.Category.ENVIRONMENT)
                .matches(e -> e.remedy().contains("aws sso login"));
    }

    @ParameterizedTest
    @MethodSource("acts")
    void whatCannotBeReadBeforeIsAnExceptionAndNotNothing(Written written) {
        aws.otherwise(error(403, "AccessDenied", "no"));
        if (written.act() instanceof CreateTemplateVersion) {
            return; // nothing stands where it writes
        }
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> aws.port().before(written.act()))
                .matches(e -> e.code().equals("AWS-UNREADABLE"));
    }

    @Test
    void aRequestThatHangsIsGivenUp() {
        Act act = new RegisterTargets("arn:tg", List.of("i-1"));
        aws = new StubAws().limit(Duration.ofMillis(150)).on("elasticloadbalancing:RegisterTargets", StubAws.none());
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> aws.port().perform(act))
                .matches(e -> e.code().equals("AWS-NO-ANSWER"));
        aws.close();
    }

    @Test
    void noRequestBeginsThatCouldEndAfterTheTimeOfTheAct() {
        Written written = of(new DeleteAutoScalingGroup("own"), "autoscaling:DeleteAutoScalingGroup");
        world(written);
        aws.whenAsked("autoscaling:DescribeAutoScalingGroups", () -> aws.time.pass(Duration.ofSeconds(21)));
        assertThat(refusal(written).reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void aRefusedConnectionChangesNothing() {
        Act act = new RegisterTargets("arn:tg", List.of("i-1"));
        aws = new StubAws();
        aws.close();
        assertThat(aws.port().perform(act).fold(done -> null, Refused::reason)).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void feedsNothingAndReadsWhatTheReaderReads() {
        assertThat(aws.port().watch(Set.of(Part.NODE_GROUPS), change -> {})).isEmpty();
        assertThat(aws.port().read(Set.of(Part.NODE_GROUPS)).resources()).isEmpty();
    }

    @Test
    void anActOfAnotherApiIsADefect() {
        Act act = new CordonNode("node-1", "uid-1");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> aws.port().perform(act));
    }

    private Refused refusal(Written written) {
        return aws.port().perform(written.act()).fold(done -> new Refused(Reason.INVALID, "it was done"), no -> no);
    }
}
