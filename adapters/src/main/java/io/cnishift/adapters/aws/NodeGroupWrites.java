package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.act.DeleteNodeGroup;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.eks.model.CreateNodegroupRequest;
import software.amazon.awssdk.services.eks.model.DeleteNodegroupRequest;
import software.amazon.awssdk.services.eks.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** Making and deleting managed node groups. */
final class NodeGroupWrites {

    private static final String EKS = "eks";
    private static final String CUSTOM = "CUSTOM";
    private static final Set<String> UNDER_WAY = Set.of("CREATING", "UPDATING");

    private NodeGroupWrites() {}

    static void in(ActBook book) {
        book.on(CreateNodeGroup.class, (at, a) -> GroupLook.outline(at, a.name()), NodeGroupWrites::create);
        book.on(DeleteNodeGroup.class, (at, a) -> GroupLook.outline(at, a.name()), (at, a) -> delete(at, a.name()));
    }

    private static ActResult create(Writing at, CreateNodeGroup act) {
        Optional<Nodegroup> like = GroupLook.managed(at, act.likeIn().orElse(at.cluster()), act.like());
        if (like.isEmpty()) {
            return ActResults.no(Reason.INVALID, "there is no such group to copy as " + act.like());
        }
        Sizes sizes = new Sizes(act.minSize(), act.maxSize(), act.desiredSize());
        Optional<ActResult> refusal = sizes.refusal(act.name());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<GroupSource.TemplateRef> template = template(like.get(), act);
        Optional<LaunchTemplateVersion> version = template.flatMap(t -> GroupLook.fresh(at, t.id(), t.version()));
        if (act.templateVersion().isPresent() && version.isEmpty()) {
            return ActResults.no(
                    Reason.INVALID,
                    "the launch template of " + act.like() + " has no version "
                            + act.templateVersion().getAsLong());
        }
        boolean ownImage =
                version.filter(v -> v.launchTemplateData().imageId() != null).isPresent();
        CreateNodegroupRequest.Builder request = copy(like.get(), ownImage)
                .clusterName(at.cluster())
                .nodegroupName(act.name())
                .scalingConfig(sizes.config())
                .subnets(act.subnets())
                .labels(act.labels())
                .taints(act.taints().stream().map(NodeGroupWrites::taint).toList())
                .tags(Tags.copied(like.get().tags(), act.tags()))
                .clientRequestToken(at.tokens().making(act));
        template.ifPresent(t -> request.launchTemplate(LaunchTemplateSpecification.builder()
                .id(t.id())
                .version(t.version())
                .build()));
        return send(at, act, request.build());
    }

    private static Optional<GroupSource.TemplateRef> template(Nodegroup like, CreateNodeGroup act) {
        return new GroupSource(Optional.of(like), Optional.empty())
                .ownTemplate()
                .map(t -> act.templateVersion().isPresent()
                        ? new GroupSource.TemplateRef(
                                t.id(), String.valueOf(act.templateVersion().getAsLong()))
                        : t);
    }

    /**
     * What a copy takes over. The Kubernetes version is the one of the group, which may be behind the cluster's. Beside an image
     * in the template EKS takes neither version nor AMI type, beside a template neither disk nor remote access.
     */
    private static CreateNodegroupRequest.Builder copy(Nodegroup like, boolean ownImage) {
        CreateNodegroupRequest.Builder copy = CreateNodegroupRequest.builder()
                .nodeRole(like.nodeRole())
                .capacityType(like.capacityTypeAsString())
                .updateConfig(like.updateConfig())
                .nodeRepairConfig(like.nodeRepairConfig());
        if (!like.instanceTypes().isEmpty()) {
            copy.instanceTypes(like.instanceTypes());
        }
        if (!ownImage && !CUSTOM.equals(like.amiTypeAsString())) {
            copy.amiType(like.amiTypeAsString()).version(like.version());
        }
        return like.launchTemplate() == null ? copy.diskSize(like.diskSize()).remoteAccess(like.remoteAccess()) : copy;
    }

    private static ActResult send(Writing at, CreateNodeGroup act, CreateNodegroupRequest request) {
        try {
            at.calls().write(EKS, "CreateNodegroup", () -> at.clients().eks().createNodegroup(request));
            return ActResults.done("name", act.name());
        } catch (CallFailure failure) {
            if (Refusals.reason(failure) != Reason.BUSY) {
                throw failure;
            }
            return GroupLook.managed(at, act.name())
                    .map(there -> taken(at, act, there))
                    .orElseThrow(() -> failure);
        }
    }

    /** The name is taken: by the request before this one, whose answer was lost, or by somebody. */
    private static ActResult taken(Writing at, CreateNodeGroup act, Nodegroup there) {
        boolean ours = at.calls().inDoubt()
                && !act.tags().isEmpty()
                && there.tags().entrySet().containsAll(act.tags().entrySet());
        return ours
                ? ActResults.done("name", act.name())
                : ActResults.no(Reason.EXISTS, "a group " + act.name() + " exists already");
    }

    private static software.amazon.awssdk.services.eks.model.Taint taint(Taint taint) {
        String effect = taint.effect().replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
        return software.amazon.awssdk.services.eks.model.Taint.builder()
                .key(taint.key())
                .value(taint.value())
                .effect(effect)
                .build();
    }

    private static ActResult delete(Writing at, String name) {
        String status =
                GroupLook.managed(at, name).map(Nodegroup::statusAsString).orElse("");
        if (status.isEmpty() || status.equals("DELETING")) {
            return ActResults.done();
        }
        if (UNDER_WAY.contains(status)) {
            return ActResults.no(Reason.BUSY, "ResourceInUseException: node group " + name + " is " + status);
        }
        DeleteNodegroupRequest request = DeleteNodegroupRequest.builder()
                .clusterName(at.cluster())
                .nodegroupName(name)
                .build();
        Writing.found(() -> at.calls()
                .write(EKS, "DeleteNodegroup", () -> at.clients().eks().deleteNodegroup(request)));
        return ActResults.done();
    }
}
