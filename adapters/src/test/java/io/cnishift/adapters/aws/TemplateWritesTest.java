package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.StubAws.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.DeleteTemplateVersion;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Performed;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.ActResult.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TemplateWritesTest {

    private static final String MAKE = "ec2:CreateLaunchTemplateVersion";
    private static final String REMOVE = "ec2:DeleteLaunchTemplateVersions";
    private static final String LOOK = "ec2:DescribeLaunchTemplateVersions";
    private static final CreateTemplateVersion COPY = new CreateTemplateVersion(
            Wire.TEMPLATE,
            3,
            "shop-1/template",
            Optional.of("ami-2"),
            OptionalInt.of(110),
            OptionalInt.of(2),
            Map.of(),
            List.of());
    private static final Act DELETE = new DeleteTemplateVersion(Wire.TEMPLATE, 4);

    private final StubAws aws = new StubAws();

    @BeforeEach
    void aVersionToCopy() {
        aws.on(
                        LOOK,
                        Wire.versions(Wire.version(
                                3,
                                "",
                                "<imageId>ami-1</imageId><userData>" + script("#!/bin/bash\necho hi\n")
                                        + "</userData><metadataOptions><state>applied</state><httpTokens>required</httpTokens>"
                                        + "<httpPutResponseHopLimit>1</httpPutResponseHopLimit></metadataOptions>")))
                .on(
                        MAKE,
                        StubAws.ok("<R><launchTemplateVersion>"
                                + Wire.version(4, "shop-1/template", "<imageId>ami-2</imageId>")
                                + "</launchTemplateVersion></R>"))
                .on(REMOVE, Wire.empty(REMOVE));
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void saysWhatIsDifferentAndLeavesTheRestToTheSource() {
        assertThat(aws.port().perform(COPY)).isEqualTo(new Performed(Map.of("version", 4L, "imageId", "ami-2")));
        Map<String, String> form = new java.util.TreeMap<>(aws.one(MAKE).form());
        String data = form.remove("LaunchTemplateData.UserData");
        assertThat(UserDataReader.read(data).maxPods()).hasValue(110);
        assertThat(form.remove("ClientToken")).hasSize(40);
        form.keySet().removeAll(List.of("Action", "Version"));
        assertThat(form)
                .isEqualTo(Map.of(
                        "DryRun", "false",
                        "LaunchTemplateId", Wire.TEMPLATE,
                        "SourceVersion", "3",
                        "VersionDescription", "shop-1/template",
                        "LaunchTemplateData.ImageId", "ami-2",
                        "LaunchTemplateData.MetadataOptions.HttpTokens", "required",
                        "LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit", "2"));
    }

    @Test
    void findsTheVersionThatItMadeBefore() {
        aws.on(
                LOOK,
                Wire.versions(Wire.version(3, "", "")),
                Wire.versions(Wire.version(3, "", ""), Wire.version(9, "shop-1/template", "<imageId>ami-2</imageId>")));
        assertThat(aws.port().perform(COPY)).isEqualTo(new Performed(Map.of("version", 9L, "imageId", "ami-2")));
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void aSourceThatIsNotThereIsInvalid() {
        aws.on(LOOK, Wire.gone("ec2:"));
        assertThat(reason(COPY)).isEqualTo(Reason.INVALID);
    }

    @Test
    void userDataWithoutAPlaceForItIsInvalidAndNotQuoted() {
        aws.on(LOOK, Wire.versions(Wire.version(3, "", "<userData>" + script("hunter2") + "</userData>")));
        String message = aws.port().perform(COPY).fold(done -> "", Refused::message);
        assertThat(reason(COPY)).isEqualTo(Reason.INVALID);
        assertThat(message).contains(Wire.TEMPLATE + ":3").doesNotContain("hunter2");
    }

    @Test
    void deletesAVersionThatNobodyUses() {
        groups("3", Wire.groups(Wire.group("own", Wire.template("2"))));
        assertThat(aws.port().perform(DELETE).done()).isTrue();
        assertThat(aws.one(REMOVE).form()).containsEntry("LaunchTemplateVersion.1", "4");
    }

    @Test
    void aVersionThatAGroupUsesIsBusyForEc2WouldDeleteIt() {
        groups("4", Wire.groups());
        assertThat(reason(DELETE)).isEqualTo(Reason.BUSY);
        groups("3", Wire.groups(Wire.group("own", Wire.template("4"))));
        assertThat(reason(DELETE)).isEqualTo(Reason.BUSY);
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void aVersionThatIsGoneIsDeleted() {
        aws.on(LOOK, Wire.gone("ec2:"));
        assertThat(aws.port().perform(DELETE).done()).isTrue();
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void whatEc2SaysOfOneVersionIsHeard() {
        groups("3", Wire.groups());
        aws.on(REMOVE, undeleted("unexpectedError"));
        assertThat(reason(DELETE)).isEqualTo(Reason.INVALID);
        aws.on(REMOVE, undeleted("launchTemplateVersionDoesNotExist"));
        assertThat(aws.port().perform(DELETE).done()).isTrue();
    }

    @Test
    void tellsTheVersionBefore() {
        assertThat(aws.port().before(new DeleteTemplateVersion(Wire.TEMPLATE, 3)))
                .isEqualTo(Map.of("template", Wire.TEMPLATE, "version", 3L, "description", ""));
        assertThat(aws.port().before(COPY)).isEmpty();
    }

    @Test
    void instancesAndVolumesGetMoreTagsBesideTheirOwn() {
        aws.on(
                LOOK,
                Wire.versions(Wire.version(
                        3,
                        "",
                        "<tagSpecificationSet><item><resourceType>instance</resourceType><tagSet>"
                                + "<item><key>team</key><value>x</value></item><item><key>t</key><value>old</value></item>"
                                + "</tagSet></item></tagSpecificationSet>")));
        aws.port()
                .perform(new CreateTemplateVersion(
                        Wire.TEMPLATE,
                        3,
                        "shop-1/template",
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Map.of(),
                        List.of(),
                        Map.of("t", "new")));
        String spec = "LaunchTemplateData.TagSpecification.";
        assertThat(aws.one(MAKE).form())
                .containsEntry(spec + "1.ResourceType", "instance")
                .containsEntry(spec + "1.Tag.1.Key", "team")
                .containsEntry(spec + "1.Tag.2.Value", "new")
                .containsEntry(spec + "2.ResourceType", "volume")
                .containsEntry(spec + "2.Tag.1.Key", "t");
    }

    @Test
    void bothCanBeTriedWithoutEffect() {
        aws.on(MAKE, error(412, "DryRunOperation", "yes")).on(REMOVE, error(403, "UnauthorizedOperation", "no"));
        assertThat(aws.port().check(COPY)).get().matches(ActResult::done);
        assertThat(checked(DELETE).message()).contains(REMOVE);
    }

    @Test
    void aTrialOfWhatCannotBeMadeIsRefused() {
        aws.on(LOOK, Wire.versions(Wire.version(3, "", "<userData>" + script("hunter2") + "</userData>")));
        assertThat(aws.port().check(COPY)).get().matches(said -> !said.done());
        aws.on(LOOK, Wire.gone("ec2:"));
        assertThat(checked(COPY).reason()).isEqualTo(Reason.INVALID);
        assertThat(checked(COPY).message()).contains("no version 3");
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void aTrialWithoutAnAnswerChangedNothing() {
        aws.on(MAKE, error(500, "InternalFailure", "oops"));
        assertThat(checked(COPY).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    private ActResult.Refused checked(Act act) {
        return (ActResult.Refused) aws.port().check(act).orElseThrow();
    }

    private void groups(String version, StubAws.Reply scaling) {
        aws.on("eks:ListNodegroups", StubAws.ok("{\"nodegroups\":[\"general\"]}"))
                .on(
                        "eks:DescribeNodegroup",
                        Wire.nodegroup(Map.of("launchTemplate", Map.of("id", Wire.TEMPLATE, "version", version))))
                .on("autoscaling:DescribeAutoScalingGroups", scaling);
    }

    private static StubAws.Reply undeleted(String code) {
        return StubAws.ok(
                "<R><unsuccessfullyDeletedLaunchTemplateVersionSet><item><responseError><code>" + code
                        + "</code><message>m</message></responseError></item></unsuccessfullyDeletedLaunchTemplateVersionSet></R>");
    }

    private static String script(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Reason reason(Act act) {
        return aws.port().perform(act).fold(done -> null, Refused::reason);
    }
}
