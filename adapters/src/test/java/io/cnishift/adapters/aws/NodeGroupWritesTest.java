package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.StubAws.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.adapters.aws.StubAws.Asked;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.act.DeleteNodeGroup;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Performed;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.ActResult.Refused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NodeGroupWritesTest {

    private static final String MAKE = "eks:CreateNodegroup";
    private static final String LOOK = "eks:DescribeNodegroup";
    private static final Map<String, String> TAGS = Map.of("cnishift.io/migration", StubAws.MIGRATION);
    private static final Map<String, Object> GENERAL = Map.of(
            "nodegroupName", "general",
            "status", "ACTIVE",
            "version", "1.32",
            "nodeRole", "arn:aws:iam::123456789012:role/node",
            "amiType", "AL2023_x86_64_STANDARD",
            "capacityType", "SPOT",
            "instanceTypes", List.of("m5.large", "m6i.large"),
            "updateConfig", Map.of("maxUnavailable", 2),
            "launchTemplate", Map.of("id", Wire.TEMPLATE, "version", "3"),
            "tags",
                    Map.of(
                            "team", "shop",
                            "aws:cloudformation:stack-name", "stack",
                            "managed-by", "terraform"));
    private static final CreateNodeGroup COPY = new CreateNodeGroup(
            "general-new",
            "general",
            OptionalLong.of(4),
            Map.of("side", "new"),
            List.of(new Taint("node.cilium.io/agent-not-ready", "true", "NoExecute")),
            0,
            6,
            0,
            List.of("subnet-1"),
            TAGS);

    private final StubAws aws = new StubAws();

    @BeforeEach
    void aGroupToCopy() {
        aws.on(LOOK, Wire.nodegroup(GENERAL))
                .on(
                        "ec2:DescribeLaunchTemplateVersions",
                        Wire.versions(Wire.version(4, "", "<userData>eA==</userData>")))
                .on(MAKE, Wire.empty(MAKE));
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void copiesAllButWhatThePlanSays() {
        assertThat(aws.port().perform(COPY)).isEqualTo(new Performed(Map.of("name", "general-new")));
        Map<String, Object> request = new java.util.TreeMap<>(aws.one(MAKE).json());
        assertThat(request.remove("clientRequestToken")).asString().hasSize(40);
        assertThat(request)
                .isEqualTo(Map.ofEntries(
                        Map.entry("nodegroupName", "general-new"),
                        Map.entry("nodeRole", "arn:aws:iam::123456789012:role/node"),
                        Map.entry("amiType", "AL2023_x86_64_STANDARD"),
                        Map.entry("version", "1.32"),
                        Map.entry("capacityType", "SPOT"),
                        Map.entry("instanceTypes", List.of("m5.large", "m6i.large")),
                        Map.entry("updateConfig", Map.of("maxUnavailable", 2)),
                        Map.entry("launchTemplate", Map.of("id", Wire.TEMPLATE, "version", "4")),
                        Map.entry("scalingConfig", Map.of("minSize", 0, "maxSize", 6, "desiredSize", 0)),
                        Map.entry("subnets", List.of("subnet-1")),
                        Map.entry("labels", Map.of("side", "new")),
                        Map.entry(
                                "taints",
                                List.of(Map.of(
                                        "key",
                                        "node.cilium.io/agent-not-ready",
                                        "value",
                                        "true",
                                        "effect",
                                        "NO_EXECUTE"))),
                        Map.entry("tags", Map.of("team", "shop", "cnishift.io/migration", StubAws.MIGRATION))));
    }

    @Test
    void besideAnImageInTheTemplateStandsNoAmiType() {
        aws.on("ec2:DescribeLaunchTemplateVersions", Wire.versions(Wire.version(4, "", "<imageId>ami-1</imageId>")));
        aws.port().perform(COPY);
        assertThat(aws.one(MAKE).json()).doesNotContainKeys("amiType", "version");
    }

    @Test
    void aVersionThatIsNotThereIsInvalid() {
        aws.on("ec2:DescribeLaunchTemplateVersions", Wire.gone("ec2"));
        assertThat(reason(COPY)).isEqualTo(Reason.INVALID);
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void aGroupOfThatNameExists() {
        aws.on(MAKE, error(409, "ResourceInUseException", "NodeGroup already exists"));
        assertThat(reason(COPY)).isEqualTo(Reason.EXISTS);
    }

    @Test
    void aNameThatIsNotTakenIsBusy() {
        aws.on(MAKE, error(409, "ResourceInUseException", "cluster is updating"))
                .on(LOOK, Wire.nodegroup(GENERAL), Wire.gone("eks:"));
        assertThat(reason(COPY)).isEqualTo(Reason.BUSY);
    }

    @Test
    void aGroupThatALostAnswerMadeIsOurs() {
        Map<String, Object> ours = new java.util.HashMap<>(GENERAL);
        ours.put("tags", TAGS);
        aws.on(MAKE, error(500, "InternalFailure", "oops"), error(409, "ResourceInUseException", "already exists"))
                .on(LOOK, Wire.nodegroup(GENERAL), Wire.nodegroup(ours));
        assertThat(aws.port().perform(COPY)).isEqualTo(new Performed(Map.of("name", "general-new")));
    }

    @Test
    void aRepeatHasTheSameTokenAndSoHasTheNextProcess() {
        aws.on(MAKE, error(503, "ServerException", "oops"), Wire.empty(MAKE));
        aws.port().perform(COPY);
        aws.port().perform(COPY);
        assertThat(aws.asked(MAKE)).extracting(NodeGroupWritesTest::token).hasSize(3);
        assertThat(aws.asked(MAKE).stream().map(NodeGroupWritesTest::token))
                .containsOnly(token(aws.asked(MAKE).get(0)));
    }

    @Test
    void aMakingAfterOneThatWasAnsweredIsAnotherOne() {
        RealAwsPort port = aws.port();
        port.perform(COPY);
        port.perform(COPY);
        assertThat(aws.asked(MAKE).stream().map(NodeGroupWritesTest::token)).doesNotHaveDuplicates();
    }

    @Test
    void anotherMigrationHasAnotherToken() {
        aws.port().perform(COPY);
        aws.port(Optional.of("shop-2")).perform(COPY);
        assertThat(aws.asked(MAKE).stream().map(NodeGroupWritesTest::token)).doesNotHaveDuplicates();
    }

    @Test
    void namesTheActionThatWasDeniedEvenIfItIsAnotherService() {
        aws.on(
                MAKE,
                error(
                        403,
                        "AccessDeniedException",
                        "User: x is not authorized to perform: iam:PassRole on resource: y"));
        ActResult result = aws.port().perform(COPY);
        assertThat(result).isEqualTo(new Refused(Reason.FORBIDDEN, "AWS denies iam:PassRole (AccessDeniedException)"));
    }

    @Test
    void aFullSubnetIsKnownByTheWordsOfEc2() {
        aws.on(MAKE, error(400, "InvalidRequestException", "InsufficientFreeAddressesInSubnet: subnet-1"));
        assertThat(reason(COPY)).isEqualTo(Reason.ADDRESSES);
    }

    @Test
    void deletesOnceAndThenFindsItDone() {
        String delete = "eks:DeleteNodegroup";
        Map<String, Object> deleting = new java.util.HashMap<>(GENERAL);
        deleting.put("status", "DELETING");
        aws.on(delete, Wire.empty(delete))
                .on(LOOK, Wire.nodegroup(GENERAL), Wire.nodegroup(deleting), Wire.gone("eks:"));
        for (int i = 0; i < 3; i++) {
            assertThat(aws.port().perform(new DeleteNodeGroup("general")).done())
                    .isTrue();
        }
        assertThat(aws.asked(delete)).hasSize(1);
    }

    @Test
    void aGroupThatIsBeingMadeIsNotDeleted() {
        Map<String, Object> creating = new java.util.HashMap<>(GENERAL);
        creating.put("status", "CREATING");
        aws.on(LOOK, Wire.nodegroup(creating));
        assertThat(reason(new DeleteNodeGroup("general"))).isEqualTo(Reason.BUSY);
    }

    private static Object token(Asked asked) {
        return asked.json().get("clientRequestToken");
    }

    private Reason reason(Act act) {
        return aws.port().perform(act).fold(done -> null, Refused::reason);
    }
}
