package io.cnishift.api.act;

import static io.cnishift.api.act.SomeActs.AT;
import static io.cnishift.api.act.SomeActs.AWS_NODE;
import static io.cnishift.api.act.SomeActs.PODS;
import static io.cnishift.api.act.SomeActs.RULES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.AccessEntry;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Vpc;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the command lines of acts say. */
final class CommandTest {

    @Test
    void everyKindOfActIsAmongThoseTested() {
        assertThat(SomeActs.acts().<Class<?>>map(Act::getClass)).contains(Act.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("io.cnishift.api.act.SomeActs#acts")
    void isOneLineWithNothingLeftToFillIn(Act act) {
        String command = act.command(AT);

        assertThat(command).doesNotContain("\n");
        String words = withoutQuoted(command);
        assertThat(words).doesNotContain("#", "...", "values.yaml");
        assertThat(words.contains(" -f -"))
                .isEqualTo(words.startsWith("printf Q Q | ") || words.startsWith("kubectl get -o json "));
    }

    @ParameterizedTest
    @MethodSource("io.cnishift.api.act.SomeActs#acts")
    void awsIsToldTheRegionAndEksTheCluster(Act act) {
        for (String call : withoutQuoted(act.command(AT)).split("(?=\\baws )", -1)) {
            if (call.startsWith("aws ")) {
                assertThat(call).contains(" --region eu-west-1");
                boolean wholes = call.matches("(?s)aws eks [a-z]+-cluster .*");
                assertThat(call.contains(" --cluster-name blue-moon"))
                        .isEqualTo(call.startsWith("aws eks ") && !wholes);
            }
        }
    }

    @Test
    void aTargetGroupIsMadeLikeTheOtherWithItsAttributes() {
        String command = new CreateTargetGroup("green-web", "arn:blue", "instance", Map.of("a", "b")).command(AT);

        assertThat(command)
                .startsWith(
                        "aws elbv2 modify-target-group-attributes --region eu-west-1 --target-group-arn \"$(aws elbv2"
                                + " create-target-group --region eu-west-1 --cli-input-json ")
                .contains("describe-target-groups --region eu-west-1 --target-group-arns arn:blue")
                .contains("\"Name\":\"green-web\"")
                .endsWith(
                        "--attributes \"$(aws elbv2 describe-target-group-attributes --region eu-west-1 --target-group-arn"
                                + " arn:blue --query Attributes --output json)\"");
        assertThat(new DeleteTargetGroup("green-web", Map.of()).command(AT)).contains("--names green-web");
    }

    @Test
    void aClusterOfTheOtherFamilyIsToldNoRangeOfServices() {
        assertThat(new CreateCluster("green", "blue", "1.35", List.of("subnet-1"), IpFamily.IPV6, Map.of()).command(AT))
                .contains("kubernetesNetworkConfig: {ipFamily: \"ipv6\"},")
                .doesNotContain("serviceIpv4Cidr");
        assertThat(new CreateCluster("green", "blue", "1.35", List.of("subnet-1"), IpFamily.IPV4, Map.of()).command(AT))
                .contains("{serviceIpv4Cidr, ipFamily: \"ipv4\"}");
    }

    @Test
    void aClusterMayHaveServicesOfItsOwnRange() {
        Optional<Cidr> range = Optional.of(Cidr.parse("10.101.0.0/16"));
        assertThat(new CreateCluster("green", "blue", "1.35", List.of("s"), IpFamily.IPV4, range, Map.of()).command(AT))
                .contains("kubernetesNetworkConfig: {serviceIpv4Cidr: \"10.101.0.0/16\", ipFamily: \"ipv4\"},");
        assertThatThrownBy(
                        () -> new CreateCluster("green", "blue", "1.35", List.of("s"), IpFamily.IPV6, range, Map.of()))
                .hasMessageContaining("EKS chooses the range");
    }

    @Test
    void whatIsOnTheSecondClusterSaysSo() {
        assertThat(new OnSecond(new DeleteObject(AWS_NODE, Optional.empty())).command(AT))
                .isEqualTo(
                        "kubectl --context \"${SECOND_CONTEXT:?}\" delete --ignore-not-found -n kube-system daemonset/aws-node");
        assertThat(new OnSecond(new UninstallRelease("kube-system", "cilium")).command(AT))
                .startsWith("helm --kube-context \"${SECOND_CONTEXT:?}\" ");
        assertThat(OnSecond.inContext("echo values | helm upgrade x | kubectl apply -f - # $(kubectl get n)"))
                .isEqualTo("echo values | helm --kube-context \"${SECOND_CONTEXT:?}\" upgrade x"
                        + " | kubectl --context \"${SECOND_CONTEXT:?}\" apply -f -"
                        + " # $(kubectl --context \"${SECOND_CONTEXT:?}\" get n)");
        assertThat(CarryObject.of(AWS_NODE).command(AT))
                .startsWith("kubectl get -o json -n kube-system daemonset/aws-node | jq ")
                .endsWith(" | kubectl --context \"${SECOND_CONTEXT:?}\" create --field-manager=cnishift -f -");
    }

    @Test
    void aPatchIsForTheObjectAsItIsThen() {
        assertThat(new PatchObject(AWS_NODE, PatchType.STRATEGIC, Map.of("a", 1), Optional.of("77")).command(AT))
                .isEqualTo("kubectl patch -n kube-system daemonset/aws-node --type=strategic" + " -p '{\"a\":1}'");
        assertThat(new PatchObject(AWS_NODE, PatchType.MERGE, Map.of("a", "it's \"so\""), Optional.empty()).command(AT))
                .isEqualTo("kubectl patch -n kube-system daemonset/aws-node --type=merge"
                        + " -p '{\"a\":\"it'\\''s \\\"so\\\"\"}'");
    }

    @Test
    void aSubnetThatIsNotThereYetIsFoundByItsBlock() {
        String asked = "\"$(aws ec2 describe-subnets --region eu-west-1 --filters Name=vpc-id,Values=vpc-1"
                + " Name=cidr-block,Values=100.64.0.0/18 --query 'Subnets[0].SubnetId' --output text)\"";
        assertThat(new AssociateRouteTable("vpc-1", PODS, "rtb-1").command(AT))
                .isEqualTo(
                        "aws ec2 associate-route-table --region eu-west-1 --route-table-id rtb-1 --subnet-id " + asked);
        assertThat(new CreateSubnetTag("vpc-1", PODS, "kubernetes.io/role/cni", "1").command(AT))
                .isEqualTo("aws ec2 create-tags --region eu-west-1 --resources " + asked
                        + " --tags '[{\"Key\":\"kubernetes.io/role/cni\",\"Value\":\"1\"}]'");
        assertThat(new DeleteSubnetTag("vpc-1", PODS, "kubernetes.io/role/cni").command(AT))
                .isEqualTo("aws ec2 delete-tags --region eu-west-1 --resources " + asked
                        + " --tags '[{\"Key\":\"kubernetes.io/role/cni\"}]'");
    }

    @Test
    void aReservationIsFoundAgainByItsRange() {
        String subnet = "\"$(aws ec2 describe-subnets --region eu-west-1 --filters Name=vpc-id,Values=vpc-1"
                + " Name=cidr-block,Values=100.64.0.0/18 --query 'Subnets[0].SubnetId' --output text)\"";
        Cidr range = PODS.nth(27, 1);
        assertThat(new CreateSubnetCidrReservation("vpc-1", PODS, range).command(AT))
                .isEqualTo("aws ec2 create-subnet-cidr-reservation --region eu-west-1 --subnet-id " + subnet
                        + " --cidr 100.64.0.32/27 --reservation-type prefix --description"
                        + " 'cnishift: kept for prefixes of nodes'");
        assertThat(new DeleteSubnetCidrReservation("vpc-1", PODS, range).command(AT))
                .isEqualTo("aws ec2 delete-subnet-cidr-reservation --region eu-west-1 --subnet-cidr-reservation-id"
                        + " \"$(aws ec2 get-subnet-cidr-reservations --region eu-west-1 --subnet-id " + subnet
                        + " --query 'SubnetIpv4CidrReservations[?Cidr=='\\''100.64.0.32/27'\\'' &&"
                        + " ReservationType=='\\''prefix'\\''].SubnetCidrReservationId' --output text)\"");
    }

    @Test
    void aBlockIsTakenAwayByItsAssociation() {
        assertThat(new DisassociateCidrBlock("vpc-1", PODS).command(AT))
                .isEqualTo("aws ec2 disassociate-vpc-cidr-block --region eu-west-1 --association-id"
                        + " \"$(aws ec2 describe-vpcs --region eu-west-1 --vpc-ids vpc-1 --query"
                        + " 'Vpcs[0].CidrBlockAssociationSet[?CidrBlock=='\\''100.64.0.0/18'\\'' &&"
                        + " CidrBlockState.State=='\\''associated'\\''].AssociationId' --output text)\"");
    }

    @Test
    void whatWasThereBeforeIsNotTakenAway() {
        CreateSubnet subnet = new CreateSubnet("vpc-1", "eu-west-1a", PODS, Map.of());
        CreateSubnetTag tag = new CreateSubnetTag("vpc-1", PODS, "k", "1");
        Map<String, Object> there = Map.of("value", "0");
        assertThat(subnet.inverse(Map.of())).contains(new DeleteSubnet("vpc-1", PODS));
        assertThat(subnet.inverse(there)).isEmpty();
        assertThat(new AssociateCidrBlock("vpc-1", PODS).inverse(there)).isEmpty();
        assertThat(tag.inverse(Map.of())).contains(new DeleteSubnetTag("vpc-1", PODS, "k"));
        assertThat(tag.inverse(there)).contains(new CreateSubnetTag("vpc-1", PODS, "k", "0"));
        CreateSubnetCidrReservation kept = new CreateSubnetCidrReservation("vpc-1", PODS, PODS.nth(28, 3));
        DeleteSubnetCidrReservation given = new DeleteSubnetCidrReservation("vpc-1", PODS, PODS.nth(28, 3));
        assertThat(kept.inverse(Map.of())).contains(given);
        assertThat(kept.inverse(there)).isEmpty();
        assertThat(given.inverse(there)).contains(kept);
        assertThat(given.inverse(Map.of())).isEmpty();
    }

    @Test
    void deletingWhatIsGoneIsNoError() {
        assertThat(new DeleteObject(AWS_NODE, Optional.empty()).command(AT))
                .isEqualTo("kubectl delete --ignore-not-found -n kube-system daemonset/aws-node");
    }

    @Test
    void eachIngressRuleIsACallWithItsPeerWhereEc2WantsIt() {
        String call = "aws ec2 %s --region eu-west-1 --group-id sg-1 --ip-permissions '[%s]'";
        String others =
                "{\"FromPort\":8,\"IpProtocol\":\"icmp\",\"IpRanges\":[{\"CidrIp\":\"10.0.0.0/16\"}],\"ToPort\":0}"
                        + "|{\"IpProtocol\":\"-1\",\"Ipv6Ranges\":[{\"CidrIpv6\":\"fd00::/8\"}]}"
                        + "|{\"FromPort\":4240,\"IpProtocol\":\"tcp\",\"PrefixListIds\":[{\"PrefixListId\":\"pl-1\"}],\"ToPort\":4240}";
        String described = "{\"FromPort\":8472,\"IpProtocol\":\"udp\",\"ToPort\":8472,"
                + "\"UserIdGroupPairs\":[{\"Description\":\"VXLAN\",\"GroupId\":\"sg-2\"}]}|" + others;
        String plain = described.replace("\"Description\":\"VXLAN\",", "");

        assertThat(new AuthorizeIngress("sg-1", RULES).command(AT).split("; "))
                .containsExactlyElementsOf(calls(call, "authorize-security-group-ingress", described));
        assertThat(new RevokeIngress("sg-1", RULES).command(AT).split("; "))
                .containsExactlyElementsOf(calls(call, "revoke-security-group-ingress", plain));
    }

    private static List<String> calls(String call, String operation, String permissions) {
        return Arrays.stream(permissions.split("\\|"))
                .map(p -> String.format(call, operation, p))
                .toList();
    }

    @Test
    void anAddonIsMadeWithItsRoleAndConfiguration() {
        assertThat(new CreateAddon("vpc-cni", "v1", Map.of("a", 1), Optional.of("arn:aws:iam::1:role/r")).command(AT))
                .isEqualTo("aws eks create-addon --region eu-west-1 --cluster-name blue-moon --addon-name vpc-cni"
                        + " --addon-version v1 --service-account-role-arn arn:aws:iam::1:role/r"
                        + " --configuration-values '{\"a\":1}' --resolve-conflicts OVERWRITE");
        assertThat(new CreateAddon("vpc-cni", "", Map.of(), Optional.empty()).command(AT))
                .endsWith("--addon-name vpc-cni --resolve-conflicts OVERWRITE");
    }

    @Test
    void whatIsMadeForASecondClusterBearsItsTags() {
        Map<String, String> tags = Map.of("b", "2", "a", "1");
        assertThat(new CreatePodIdentity("web", "shop", "arn:aws:iam::1:role/shop", tags).command(AT))
                .endsWith(" --role-arn arn:aws:iam::1:role/shop --tags '{\"a\":\"1\",\"b\":\"2\"}'");
        assertThat(new CreateOidcProvider("blue-moon", tags).command(AT))
                .endsWith(" --client-id-list sts.amazonaws.com"
                        + " --tags '[{\"Key\":\"a\",\"Value\":\"1\"},{\"Key\":\"b\",\"Value\":\"2\"}]'");
    }

    /** The line before it deletes the cluster, which then tells nobody who its issuer was. */
    @Test
    void theProviderOfAClusterThatIsSeenIsNamedByWhatWasSeen() {
        Surroundings seen = Surroundings.of(View.of(ClusterSnapshot.of(
                "test",
                Instant.EPOCH,
                List.<Resource>of(
                        SomeActs.cluster(Optional.of("https://oidc.eks.eu-west-1.amazonaws.com/id/AB")),
                        new Vpc("vpc-1", List.of(), List.of())),
                List.of())));

        assertThat(new DeleteOidcProvider("blue-moon").command(seen))
                .isEqualTo("aws iam delete-open-id-connect-provider --region eu-west-1 --open-id-connect-provider-arn"
                        + " arn:aws:iam::1:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/AB");
        assertThat(new DeleteOidcProvider("other").command(seen)).contains(" --name other ");
    }

    @Test
    void whoIsLetInIsInGroupsAndHasPolicies() {
        String team = "arn:aws:iam::1:role/team";
        CreateAccessEntry entry = new CreateAccessEntry(team, "team", List.of("devs", "ops"), Map.of());
        assertThat(entry.command(AT))
                .isEqualTo("aws eks create-access-entry --region eu-west-1 --cluster-name blue-moon --principal-arn "
                        + team + " --username team --kubernetes-groups devs ops");
        assertThat(entry.inverse(Map.of())).contains(new DeleteAccessEntry(team));
        assertThat(entry.inverse(Map.of("username", "team"))).isEmpty();
        assertThat(new AssociateAccessPolicy(team, new AccessEntry.Policy("arn:p", List.of("web", "db"))).command(AT))
                .endsWith(
                        " --policy-arn arn:p --access-scope '{\"namespaces\":[\"web\",\"db\"],\"type\":\"namespace\"}'");
        AssociateAccessPolicy everywhere = new AssociateAccessPolicy(team, new AccessEntry.Policy("arn:p", List.of()));
        assertThat(everywhere.command(AT)).endsWith(" --access-scope '{\"type\":\"cluster\"}'");
        assertThat(everywhere.inverse(Map.of())).contains(new DisassociateAccessPolicy(team, "arn:p"));
    }

    @Test
    void otherChangesOfAnAddon() {
        assertThat(new UpdateAddon("vpc-cni", Map.of("a", 1)).command(AT))
                .isEqualTo("aws eks update-addon --region eu-west-1 --cluster-name blue-moon --addon-name vpc-cni"
                        + " --resolve-conflicts PRESERVE --configuration-values '{\"a\":1}'");
        assertThat(new DeleteAddon("vpc-cni").command(AT))
                .isEqualTo("aws eks delete-addon --region eu-west-1 --cluster-name blue-moon --addon-name vpc-cni");
    }

    @Test
    void aSelfManagedGroupIsNamedByItsScalingGroup() {
        String own = " --region eu-west-1 --auto-scaling-group-name own-asg";
        assertThat(new ResumeProcesses("own", List.of("Launch")).command(AT))
                .isEqualTo("aws autoscaling resume-processes" + own + " --scaling-processes Launch");
        assertThat(new DeleteAutoScalingGroup("own").command(AT))
                .isEqualTo("aws autoscaling delete-auto-scaling-group" + own + " --force-delete");
        assertThat(new UseTemplateVersion("own", "lt-1", 4).command(AT))
                .isEqualTo("aws autoscaling update-auto-scaling-group" + own
                        + " --launch-template LaunchTemplateId=lt-1,Version=4");
        assertThat(new SetGroupSize("own", 0, 3, 1).command(AT))
                .isEqualTo("aws autoscaling update-auto-scaling-group" + own
                        + " --min-size 0 --max-size 3 --desired-capacity 1");
    }

    @Test
    void aManagedGroupIsChangedThroughEks() {
        String blue = " --region eu-west-1 --cluster-name blue-moon --nodegroup-name blue";
        assertThat(new SetGroupSize("blue", 0, 3, 1).command(AT))
                .isEqualTo("aws eks update-nodegroup-config" + blue
                        + " --scaling-config minSize=0,maxSize=3,desiredSize=1");
        assertThat(new SetAutoRepair("blue", false).command(AT))
                .isEqualTo("aws eks update-nodegroup-config" + blue + " --node-repair-config enabled=false");
        assertThat(new DeleteNodeGroup("blue").command(AT)).isEqualTo("aws eks delete-nodegroup" + blue);
        assertThat(new DeleteFargateProfile("batch").command(AT))
                .isEqualTo(
                        "aws eks delete-fargate-profile --region eu-west-1 --cluster-name blue-moon --fargate-profile-name batch");
    }

    @Test
    void nodesInstancesAndTargetsAreNamed() {
        assertThat(new CordonNode("n", "u").command(AT)).isEqualTo("kubectl cordon n");
        assertThat(new UncordonNode("n", "u").command(AT)).isEqualTo("kubectl uncordon n");
        assertThat(new UninstallRelease("kube-system", "cilium").command(AT))
                .isEqualTo("helm -n kube-system uninstall cilium");
        assertThat(new TerminateInstance("i-1", "blue", true).command(AT))
                .isEqualTo("aws autoscaling terminate-instance-in-auto-scaling-group --region eu-west-1"
                        + " --instance-id i-1 --should-decrement-desired-capacity");
        assertThat(new TerminateInstance("i-1", "blue", false).command(AT))
                .endsWith(" --no-should-decrement-desired-capacity");
        assertThat(new RegisterTargets("arn:a", List.of("i-1", "i-2")).command(AT))
                .isEqualTo("aws elbv2 register-targets --region eu-west-1 --target-group-arn arn:a"
                        + " --targets Id=i-1 Id=i-2");
        assertThat(new DeregisterTargets("arn:a", List.of("i-1")).command(AT))
                .isEqualTo("aws elbv2 deregister-targets --region eu-west-1 --target-group-arn arn:a --targets Id=i-1");
    }

    @Test
    void aVersionThatAnEarlierLineMakesIsAVariable() {
        Surroundings script = new Surroundings(AT.view(), Map.of("lt-1:4", "made"));

        assertThat(new UseTemplateVersion("own", "lt-1", 4).command(script)).endsWith(",Version=\"$made\"");
        assertThat(new DeleteTemplateVersion("lt-1", 4).command(script)).endsWith(" --versions \"$made\"");
        assertThat(new DeleteTemplateVersion("lt-1", 3).command(script)).endsWith(" --versions 3");
        assertThat(SomeActs.newGroup(OptionalLong.of(4)).command(script)).contains(" --arg version \"$made\" ");
    }

    @Test
    void anImageAloneNeedsNoLookAtTheSource() {
        assertThat(SomeActs.template(Optional.of("ami-2"), OptionalInt.empty(), OptionalInt.empty())
                        .command(AT))
                .isEqualTo("aws ec2 create-launch-template-version --region eu-west-1 --launch-template-id lt-1"
                        + " --source-version 3 --version-description 'm-1/it'\\''s a step'"
                        + " --launch-template-data '{\"ImageId\":\"ami-2\"}'");
    }

    private static String withoutQuoted(String command) {
        return command.replaceAll("'[^']*'(\\\\''[^']*')*", "Q");
    }
}
