package io.cnishift.adapters.aws;

import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.DeleteTemplateVersion;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateVersionsResponseErrorItem;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateErrorCode;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResponseError;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** Launch template versions, found again by their description before one is made. */
final class TemplateWrites {

    private static final String EC2 = "ec2";
    private static final Set<LaunchTemplateErrorCode> GONE = Set.of(
            LaunchTemplateErrorCode.LAUNCH_TEMPLATE_ID_DOES_NOT_EXIST,
            LaunchTemplateErrorCode.LAUNCH_TEMPLATE_VERSION_DOES_NOT_EXIST);

    private TemplateWrites() {}

    static void in(ActBook book) {
        book.on(CreateTemplateVersion.class, (at, a) -> Map.of(), TemplateWrites::create);
        book.on(DeleteTemplateVersion.class, TemplateWrites::before, TemplateWrites::delete);
        book.trial(
                CreateTemplateVersion.class,
                (at, a) -> Optional.of(find(at, a.template(), a.source())
                        .map(source -> make(at, a, source, true))
                        .orElseGet(() -> noSource(a))));
        book.trial(DeleteTemplateVersion.class, (at, a) -> Optional.of(delete(at, a, true)));
    }

    private static Optional<LaunchTemplateVersion> find(Writing at, String template, long version) {
        return GroupLook.version(at, template, String.valueOf(version));
    }

    private static Map<String, Object> before(Writing at, DeleteTemplateVersion act) {
        return find(at, act.template(), act.version())
                .map(v -> ActResults.tree(
                        "template",
                        v.launchTemplateId(),
                        "version",
                        v.versionNumber(),
                        "description",
                        ClusterRecords.text(v.versionDescription())))
                .orElse(Map.of());
    }

    private static ActResult create(Writing at, CreateTemplateVersion act) {
        Optional<LaunchTemplateVersion> source = find(at, act.template(), act.source());
        if (source.isEmpty()) {
            return noSource(act);
        }
        Optional<LaunchTemplateVersion> made =
                at.apis().ec2().templateVersionsFrom(act.template(), act.source()).stream()
                        .filter(v -> act.description().equals(v.versionDescription()))
                        .findFirst();
        return made.map(TemplateWrites::done).orElseGet(() -> make(at, act, source.get(), false));
    }

    private static ActResult make(Writing at, CreateTemplateVersion act, LaunchTemplateVersion source, boolean dryRun) {
        CreateLaunchTemplateVersionRequest request;
        try {
            request = request(at, act, source).dryRun(dryRun).build();
        } catch (IllegalArgumentException e) {
            return ActResults.no(
                    Reason.INVALID,
                    "user data of launch template " + act.template() + ":" + act.source() + ": " + e.getMessage());
        }
        LaunchTemplateVersion made = at.calls()
                .write(
                        EC2,
                        "CreateLaunchTemplateVersion",
                        () -> at.clients()
                                .ec2()
                                .createLaunchTemplateVersion(request)
                                .launchTemplateVersion());
        return done(made);
    }

    private static ActResult done(LaunchTemplateVersion made) {
        return ActResults.done(
                "version",
                made.versionNumber(),
                "imageId",
                made.launchTemplateData() == null
                        ? null
                        : made.launchTemplateData().imageId());
    }

    private static ActResult noSource(CreateTemplateVersion act) {
        return ActResults.no(
                Reason.INVALID, "InvalidLaunchTemplateVersion: " + act.template() + " has no version " + act.source());
    }

    private static Optional<JoinedCluster> joined(Writing at, CreateTemplateVersion act) {
        return act.joins()
                .map(name -> ClusterWrites.find(at, name)
                        .map(JoinedCluster::of)
                        .orElseThrow(() -> new IllegalArgumentException("there is no cluster " + name + " to join")));
    }

    /** EC2 takes from the source what the data does not name. */
    private static CreateLaunchTemplateVersionRequest.Builder request(
            Writing at, CreateTemplateVersion act, LaunchTemplateVersion source) {
        return CreateLaunchTemplateVersionRequest.builder()
                .launchTemplateId(act.template())
                .sourceVersion(String.valueOf(act.source()))
                .versionDescription(act.description())
                .launchTemplateData(TemplateChange.of(act, source.launchTemplateData(), joined(at, act)))
                .clientToken(at.tokens().making(act));
    }

    /** EC2 would delete a version from under a group. */
    private static ActResult delete(Writing at, DeleteTemplateVersion act) {
        if (find(at, act.template(), act.version()).isEmpty()) {
            return ActResults.done();
        }
        return used(at, act)
                ? ActResults.no(Reason.BUSY, act.target() + " is in use by a node group")
                : delete(at, act, false);
    }

    private static ActResult delete(Writing at, DeleteTemplateVersion act, boolean dryRun) {
        DeleteLaunchTemplateVersionsRequest request = DeleteLaunchTemplateVersionsRequest.builder()
                .launchTemplateId(act.template())
                .versions(String.valueOf(act.version()))
                .dryRun(dryRun)
                .build();
        return at
                .calls()
                .write(
                        EC2,
                        "DeleteLaunchTemplateVersions",
                        () -> at.clients()
                                .ec2()
                                .deleteLaunchTemplateVersions(request)
                                .unsuccessfullyDeletedLaunchTemplateVersions())
                .stream()
                .map(DeleteLaunchTemplateVersionsResponseErrorItem::responseError)
                .filter(Objects::nonNull)
                .filter(error -> !GONE.contains(error.code()))
                .findFirst()
                .map(error -> undeleted(act, error))
                .orElseGet(ActResults::done);
    }

    private static ActResult undeleted(DeleteTemplateVersion act, ResponseError error) {
        return ActResults.no(Reason.INVALID, act.target() + ": " + error.codeAsString() + ", " + error.message());
    }

    private static boolean used(Writing at, DeleteTemplateVersion act) {
        Stream<GroupSource> managed = at.apis().eks().nodegroups(at.cluster()).stream()
                .map(name -> Writing.found(() -> at.apis().eks().nodegroup(at.cluster(), name)))
                .flatMap(Optional::stream)
                .map((Nodegroup g) -> new GroupSource(Optional.of(g), Optional.empty()));
        Stream<GroupSource> scaling = at.apis().scaling().groupsTagged(Tags.clusterKey(at.cluster())).stream()
                .map(g -> new GroupSource(Optional.empty(), Optional.of(g)));
        return Stream.concat(managed, scaling)
                .map(GroupSource::ownTemplate)
                .flatMap(Optional::stream)
                .filter(t -> t.id().equals(act.template()))
                .anyMatch(t ->
                        GroupLook.number(at, t).filter(n -> n == act.version()).isPresent());
    }
}
