package io.cnishift.api.act;

import static io.cnishift.api.act.SomeActs.AT;
import static io.cnishift.api.act.SomeActs.AWS_NODE;
import static io.cnishift.api.act.SomeActs.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cnishift.api.cluster.OwnerTags;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Command lines of acts, run by a shell with programs in the place of kubectl, helm and aws that write down what reaches them.
 * What describes something prints what the test says.
 */
final class CommandInShellTest {

    private static final String RECORDER = String.join(
            "\n",
            "#!/bin/sh",
            "name=${0##*/}",
            "for word in \"$name\" \"$@\"; do printf '%s\\036' \"$word\"; done >>calls",
            "printf '\\035' >>calls",
            "case \"$*\" in *' -f -'*) cat >input ;; esac",
            "case \"$2\" in describe-* | get-role) cat answer ;; list-open-id-connect-providers) cat providers ;; esac",
            "");

    @TempDir
    private Path folder;

    @BeforeEach
    void programs() throws IOException {
        assumeTrue(found("sh"), "there is no sh here");
        for (String program : List.of("kubectl", "helm", "aws")) {
            Path file = Files.writeString(folder.resolve(program), RECORDER);
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("io.cnishift.api.act.SomeActs#acts")
    void aShellReadsIt(Act act) throws Exception {
        assertThat(sh("-n", "-c", act.command(AT))).isEmpty();
    }

    @Test
    void aDocumentReachesTheProgramAsItWas() throws Exception {
        assertThat(call(new ApplyObject(NOTE)))
                .containsExactly("kubectl", "apply", "--server-side", "--field-manager=cnishift", "-f", "-");
        assertThat(input()).isEqualTo(Json.write(NOTE));
    }

    @Test
    void aCreationIsNoApply() throws Exception {
        assertThat(call(new CreateObject(NOTE)))
                .containsExactly("kubectl", "create", "--field-manager=cnishift", "-f", "-");
        assertThat(input()).isEqualTo(Json.write(NOTE));
    }

    @Test
    void aReleaseGetsItsValues() throws Exception {
        Act act = new UpgradeRelease("kube-system", "cilium", "https://helm.cilium.io/cilium", "1.20.0", NOTE);

        assertThat(String.join(" ", call(act)))
                .isEqualTo("helm -n kube-system upgrade --install cilium cilium --repo https://helm.cilium.io"
                        + " --version 1.20.0 --reset-values -f -");
        assertThat(input()).isEqualTo(Json.write(NOTE));
    }

    @Test
    void anEvictionIsOneAndNoDeletion() throws Exception {
        assertThat(String.join(" ", call(new EvictPod("web", "x", "u-1", OptionalLong.of(5)))))
                .isEqualTo("kubectl create --raw /api/v1/namespaces/web/pods/x/eviction -f -");
        assertThat(input())
                .isEqualTo("{\"apiVersion\":\"policy/v1\",\"deleteOptions\":{\"gracePeriodSeconds\":5,"
                        + "\"preconditions\":{\"uid\":\"u-1\"}},\"kind\":\"Eviction\","
                        + "\"metadata\":{\"name\":\"x\",\"namespace\":\"web\"}}");
    }

    @Test
    void aDeletionOfOneObjectSaysWhichOne() throws Exception {
        assertThat(String.join(" ", call(new DeleteObject(AWS_NODE, Optional.of("u-1")))))
                .isEqualTo("kubectl delete --raw /apis/apps/v1/namespaces/kube-system/daemonsets/aws-node -f -");
        assertThat(input())
                .isEqualTo("{\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\",\"preconditions\":{\"uid\":\"u-1\"}}");
    }

    @Test
    void theProcessesOfAManagedGroupAreThoseOfTheScalingGroupBehindIt() throws Exception {
        describes("eks-blue-1");

        assertThat(String.join(" ", call(new SuspendProcesses("blue", List.of("AZRebalance", "Launch")))))
                .isEqualTo("aws autoscaling suspend-processes --region eu-west-1 --auto-scaling-group-name eks-blue-1"
                        + " --scaling-processes AZRebalance Launch");
        assertThat(String.join(" ", calls().get(0)))
                .isEqualTo(
                        "aws eks describe-nodegroup --region eu-west-1 --cluster-name blue-moon --nodegroup-name blue"
                                + " --query nodegroup.resources.autoScalingGroups[0].name --output text");
    }

    private static final String BLUE = "{\"nodegroup\":{\"nodegroupName\":\"blue\",\"status\":\"ACTIVE\","
            + "\"nodeRole\":\"arn:r\",\"capacityType\":\"SPOT\",\"instanceTypes\":[\"m5.large\"],"
            + "\"amiType\":\"AL2023_x86_64_STANDARD\",\"nodeRepairConfig\":{\"enabled\":true},\"diskSize\":null,"
            + "\"version\":\"1.32\",\"tags\":{\"team\":\"x\",\"aws:cloudformation:stack-name\":\"s\"},"
            + "\"launchTemplate\":{\"id\":\"lt-1\",\"name\":\"n\",\"version\":\"3\"}}}";
    private static final String GREEN = "\"labels\":{\"a\":\"b\"},\"nodegroupName\":\"green\",\"scalingConfig\":"
            + "{\"desiredSize\":0,\"maxSize\":3,\"minSize\":0},\"subnets\":[\"subnet-1\"],\"tags\":{\"team\":\"x\",\"t\":\"it's\"},"
            + "\"taints\":[{\"effect\":\"NO_EXECUTE\",\"key\":\"node.cilium.io/agent-not-ready\",\"value\":\"true\"}]}";

    @Test
    void aManagedGroupLikeAnotherTakesWhatTheOtherIsMadeOf() throws Exception {
        describes(BLUE);

        assertThat(copied(SomeActs.newGroup(OptionalLong.empty())))
                .isEqualTo("{\"nodeRole\":\"arn:r\",\"capacityType\":\"SPOT\",\"instanceTypes\":[\"m5.large\"],"
                        + "\"amiType\":\"AL2023_x86_64_STANDARD\",\"version\":\"1.32\",\"nodeRepairConfig\":{\"enabled\":true},"
                        + "\"launchTemplate\":{\"id\":\"lt-1\",\"version\":\"3\"}," + GREEN);
        assertThat(calls().get(0)).contains("describe-nodegroup", "blue");
    }

    @Test
    void aManagedGroupWithAnImageOfItsTemplateNamesNoAmiType() throws Exception {
        describes(BLUE);

        assertThat(copied(SomeActs.newGroup(OptionalLong.of(4))))
                .isEqualTo("{\"nodeRole\":\"arn:r\",\"capacityType\":\"SPOT\",\"instanceTypes\":[\"m5.large\"],"
                        + "\"nodeRepairConfig\":{\"enabled\":true},"
                        + "\"launchTemplate\":{\"id\":\"lt-1\",\"version\":\"4\"}," + GREEN);
    }

    @Test
    void anAutoScalingGroupLikeAnotherTakesItsTargetsAndHealthChecks() throws Exception {
        describes("{\"AutoScalingGroups\":[{\"AutoScalingGroupName\":\"own-asg\",\"HealthCheckType\":\"EC2\","
                + "\"LaunchTemplate\":{\"LaunchTemplateId\":\"lt-1\",\"LaunchTemplateName\":\"n\",\"Version\":\"3\"},"
                + "\"TargetGroupARNs\":[\"arn:t\"],\"LoadBalancerNames\":[],\"Instances\":[{}],\"MinSize\":9,"
                + "\"Tags\":[{\"ResourceId\":\"own-asg\",\"Key\":\"kubernetes.io/cluster/blue-moon\",\"Value\":\"owned\","
                + "\"PropagateAtLaunch\":false},{\"Key\":\"Team\",\"Value\":\"they\"}]}]}");

        assertThat(copied(copyOfOwn()))
                .isEqualTo("{\"LaunchTemplate\":{\"LaunchTemplateId\":\"lt-1\",\"Version\":\"4\"},"
                        + "\"TargetGroupARNs\":[\"arn:t\"],\"HealthCheckType\":\"EC2\","
                        + "\"AutoScalingGroupName\":\"own-2\",\"DesiredCapacity\":0,\"MaxSize\":3,\"MinSize\":0,"
                        + "\"Tags\":[{\"Key\":\"kubernetes.io/cluster/blue-moon\",\"Value\":\"owned\",\"PropagateAtLaunch\":false},"
                        + "{\"Key\":\"Team\",\"PropagateAtLaunch\":true,\"Value\":\"it's us\"}],"
                        + "\"VPCZoneIdentifier\":\"subnet-1,subnet-2\"}");
    }

    @Test
    void aGroupOfMixedInstancesStaysOne() throws Exception {
        describes("{\"AutoScalingGroups\":[{\"MixedInstancesPolicy\":{\"LaunchTemplate\":{"
                + "\"LaunchTemplateSpecification\":{\"LaunchTemplateId\":\"lt-1\",\"LaunchTemplateName\":\"n\","
                + "\"Version\":\"3\"},\"Overrides\":[{\"InstanceType\":\"m5.large\"}]}}}]}");

        assertThat(copied(copyOfOwn()))
                .startsWith("{\"MixedInstancesPolicy\":{\"LaunchTemplate\":{"
                        + "\"LaunchTemplateSpecification\":{\"LaunchTemplateId\":\"lt-1\",\"Version\":\"4\"},"
                        + "\"Overrides\":[{\"InstanceType\":\"m5.large\"}]}},\"AutoScalingGroupName\"");
    }

    @Test
    void aTrustPolicyIsEditedWhateverTheOrderOfItsLists() throws Exception {
        String two = "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\"b\",\"a\"]}}";
        String one = "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\"c\"]}}";
        List<Map<String, Object>> said = List.of(
                Map.of("Effect", "Allow", "Principal", Map.of("AWS", List.of("a", "b"))),
                Map.of("Effect", "Allow", "Principal", Map.of("AWS", "c")));

        describes("{\"Statement\":[" + two + "]}");
        assertThat(copied(new ExtendTrust("orders", said)))
                .isEqualTo("{\"Statement\":[" + two + "," + one.replace("[\"c\"]", "\"c\"") + "]}");
        describes("{\"Statement\":[" + two + ",{\"Effect\":\"Deny\"}," + one + "]}");
        assertThat(copied(new ReduceTrust("orders", said))).isEqualTo("{\"Statement\":[{\"Effect\":\"Deny\"}]}");
    }

    private static final String OTHERS = "arn:aws:iam::1:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/";

    @Test
    void anIssuerIsForgottenByItsOwnProviderAndNoOther() throws Exception {
        Files.writeString(folder.resolve("providers"), OTHERS + "AB\t" + OTHERS + "ABC\t" + OTHERS + "B\n");
        describes("https://oidc.eks.eu-west-1.amazonaws.com/id/AB\n");

        assertThat(call(new DeleteOidcProvider("blue-moon"))).endsWith(OTHERS + "AB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "None", "https://oidc.eks.eu-west-1.amazonaws.com/id/A"})
    void withoutAnIssuerThatIamKnowsNothingIsForgotten(String issuer) throws Exception {
        Files.writeString(folder.resolve("providers"), OTHERS + "AB\n");
        describes(issuer);

        assertThat(sh("-c", new DeleteOidcProvider("blue-moon").command(AT))).isEmpty();
        assertThat(calls()).noneMatch(call -> call.contains("delete-open-id-connect-provider"));
    }

    private static Act copyOfOwn() {
        return SomeActs.acts()
                .filter(CreateAutoScalingGroup.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTemplateKeepsItsMetadataOptionsBesideTheHopLimit() throws Exception {
        describes("{\"MetadataOptions\":{\"State\":\"applied\",\"HttpTokens\":\"required\","
                + "\"HttpPutResponseHopLimit\":1},\"ImageId\":\"ami-1\"}");

        assertThat(copied(SomeActs.template(Optional.of("ami-2"), OptionalInt.empty(), OptionalInt.of(2))))
                .isEqualTo("{\"ImageId\":\"ami-2\",\"MetadataOptions\":"
                        + "{\"HttpTokens\":\"required\",\"HttpPutResponseHopLimit\":2}}");
    }

    @Test
    void instancesOfATemplateGetMoreTagsBesideTheirOwn() throws Exception {
        describes(
                "{\"TagSpecifications\":[{\"ResourceType\":\"network-interface\",\"Tags\":[{\"Key\":\"n\",\"Value\":\"1\"}]},"
                        + "{\"ResourceType\":\"instance\",\"Tags\":[{\"Key\":\"team\",\"Value\":\"x\"},{\"Key\":\"t\",\"Value\":\"old\"}]}]}");

        CreateTemplateVersion plain = SomeActs.template(Optional.empty(), OptionalInt.empty(), OptionalInt.empty());
        assertThat(copied(new CreateTemplateVersion(
                        plain.template(),
                        plain.source(),
                        plain.description(),
                        plain.imageId(),
                        plain.maxPods(),
                        plain.hopLimit(),
                        plain.labels(),
                        plain.taints(),
                        Map.of("t", "it's"))))
                .isEqualTo(
                        "{\"TagSpecifications\":[{\"ResourceType\":\"network-interface\",\"Tags\":[{\"Key\":\"n\",\"Value\":\"1\"}]},"
                                + "{\"ResourceType\":\"instance\",\"Tags\":[{\"Key\":\"team\",\"Value\":\"x\"},"
                                + "{\"Key\":\"t\",\"Value\":\"it's\"}]},"
                                + "{\"ResourceType\":\"volume\",\"Tags\":[{\"Key\":\"t\",\"Value\":\"it's\"}]}]}");
    }

    /** What the adapter of AWS leaves out of a copy, the command leaves out too. */
    @Test
    void tagsThatTellOfTheOriginalAreNoneOfTheCopy() throws Exception {
        Map<String, String> tags = new TreeMap<>(Map.of(
                "team", "x",
                "aws:a", "1",
                "eks:nodegroup-name", "blue",
                "alpha.eksctl.io/cluster-name", "c",
                "Terraform", "true",
                "tool", "hammer",
                "Managed-By", "Terraform Cloud",
                "created_by", "atofu"));
        tags.put("terraform.workspace", "prod");
        tags.put("OpenTofu", "No");
        describes("{\"nodegroup\":{\"nodegroupName\":\"blue\",\"tags\":" + Json.write(tags) + "}}");

        String copy = copied(SomeActs.newGroup(OptionalLong.empty()));

        tags.entrySet()
                .forEach(tag -> assertThat(copy.contains("\"" + tag.getKey() + "\""))
                        .as("%s", tag)
                        .isNotEqualTo(OwnerTags.staysWithOriginal(tag)));
        assertThat(tags.entrySet().stream().filter(OwnerTags::staysWithOriginal))
                .hasSize(5);
    }

    private static final String NODE_PART = "--%s\nContent-Type: application/node.eks.aws\n\n"
            + "{\"apiVersion\":\"node.eks.aws/v1alpha1\",\"kind\":\"NodeConfig\",\"spec\":{\"kubelet\":"
            + "{\"config\":{\"maxPods\":110},\"flags\":[\"--node-labels=a=b,old=1\","
            + "\"--register-with-taints=old=:NoSchedule,node.cilium.io/agent-not-ready=true:NoExecute\"]}}}\n--%s--\n";
    private static final String NEW_ARCHIVE =
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"==node==\"\n\n";

    @Test
    void userDataIsMadeWhereThereIsNone() throws Exception {
        assertThat(userData(null)).isEqualTo(NEW_ARCHIVE + String.format(NODE_PART, "==node==", "==node=="));
    }

    @Test
    void aNodeConfigIsPutBehindTheScriptThatIsThere() throws Exception {
        assertThat(userData("#!/bin/sh\necho \"it's\" é"))
                .isEqualTo(NEW_ARCHIVE + "--==node==\nContent-Type: text/x-shellscript\n\n#!/bin/sh\necho \"it's\" é\n"
                        + String.format(NODE_PART, "==node==", "==node=="));
    }

    @Test
    void aNodeConfigIsPutBehindAnother() throws Exception {
        assertThat(userData("apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\n"))
                .isEqualTo(NEW_ARCHIVE + "--==node==\nContent-Type: application/node.eks.aws\n\n"
                        + "apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\n\n"
                        + String.format(NODE_PART, "==node==", "==node=="));
    }

    @Test
    void aNodeConfigIsTheLastPartOfAnArchive() throws Exception {
        String archive = "Content-Type: multipart/mixed; boundary=\"//\"\r\n\r\n--//\r\n"
                + "Content-Type: text/x-shellscript\r\n\r\n#!/bin/sh\r\n";

        assertThat(userData(archive + "--//--\r\n")).isEqualTo(archive + String.format(NODE_PART, "//", "//"));
    }

    @Test
    void settingsOfBottlerocketAreLeftAlone() throws Exception {
        describes("{\"UserData\":\"" + base64("[settings.kubernetes]\nmax-pods = 29\n") + "\"}");
        Act act = SomeActs.template(Optional.empty(), OptionalInt.of(110), OptionalInt.empty());
        assumeTrue(found("jq"), "there is no jq here");

        assertThat(sh("-c", act.command(AT))).contains("this user data cannot hold a NodeConfig");
        assertThat(calls()).last().satisfies(call -> assertThat(call).last().isEqualTo(""));
    }

    private String userData(@Nullable String old) throws Exception {
        describes(old == null ? "{}" : "{\"UserData\":\"" + base64(old) + "\"}");
        String data = copied(SomeActs.template(Optional.empty(), OptionalInt.of(110), OptionalInt.empty()));
        assertThat(data).startsWith("{\"UserData\":\"").endsWith("\"}");
        return new String(Base64.getDecoder().decode(data.substring(13, data.length() - 2)), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void describes(String answer) throws IOException {
        Files.writeString(folder.resolve("answer"), answer);
    }

    /** The last word of a command that copies something. */
    private String copied(Act act) throws Exception {
        assumeTrue(found("jq"), "there is no jq here");
        List<String> call = call(act);
        return call.get(call.size() - 1);
    }

    /** The words of the last call that the command makes. */
    private List<String> call(Act act) throws Exception {
        assertThat(sh("-c", act.command(AT))).isEmpty();
        return calls().get(calls().size() - 1);
    }

    private List<List<String>> calls() throws IOException {
        return Arrays.stream(Files.readString(folder.resolve("calls")).split("\035"))
                .map(call -> Arrays.asList(call.substring(0, call.length() - 1).split("\036", -1)))
                .toList();
    }

    private String input() throws IOException {
        return Files.readString(folder.resolve("input"));
    }

    /** What a shell says, which is nothing when all is well. */
    private String sh(String... arguments) throws Exception {
        ProcessBuilder shell =
                new ProcessBuilder("sh").directory(folder.toFile()).redirectErrorStream(true);
        shell.command().addAll(List.of(arguments));
        shell.environment().merge("PATH", folder.toString(), (path, first) -> first + File.pathSeparator + path);
        Process process = shell.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static boolean found(String program) {
        return Arrays.stream(Objects.toString(System.getenv("PATH"), "").split(File.pathSeparator))
                .anyMatch(part -> Files.isExecutable(Path.of(part, program)));
    }
}
