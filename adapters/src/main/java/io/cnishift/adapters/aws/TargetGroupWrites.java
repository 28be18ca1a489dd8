package io.cnishift.adapters.aws;

import io.cnishift.api.act.CreateTargetGroup;
import io.cnishift.api.act.DeleteTargetGroup;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/** Target groups made like others. ELB knows them by their name too, of which there is one in an account and region. */
final class TargetGroupWrites {

    private static final String ELB = "elasticloadbalancing";
    private static final String DUPLICATE = "DuplicateTargetGroupName";

    private TargetGroupWrites() {}

    static void in(ActBook book) {
        book.on(CreateTargetGroup.class, (at, a) -> before(at, a.name()), TargetGroupWrites::create);
        book.on(DeleteTargetGroup.class, (at, a) -> before(at, a.name()), TargetGroupWrites::delete);
    }

    private static Map<String, Object> before(Writing at, String name) {
        return find(at, name)
                .map(group -> ActResults.tree(
                        "name", name, "arn", group.targetGroupArn(), "targetType", group.targetTypeAsString()))
                .orElse(Map.of());
    }

    private static Optional<TargetGroup> find(Writing at, String name) {
        return Writing.found(() -> at.apis().balancing().named(name))
                .flatMap(groups -> groups.stream().findFirst());
    }

    /** The attributes come after the group: one that is there already may be without them. */
    private static ActResult create(Writing at, CreateTargetGroup act) {
        Optional<TargetGroup> there = find(at, act.name());
        if (there.filter(group -> !ours(at, group, act.tags())).isPresent()) {
            return ActResults.no(
                    Reason.EXISTS, DUPLICATE + ": there is a target group " + act.name() + " of somebody else");
        }
        Optional<TargetGroup> like = Writing.found(() -> at.apis().balancing().of(act.like()))
                .flatMap(groups -> groups.stream().findFirst());
        if (like.isEmpty()) {
            return ActResults.no(Reason.GONE, "TargetGroupNotFound: there is no target group " + act.like());
        }
        String arn = there.map(TargetGroup::targetGroupArn).orElseGet(() -> make(at, act, like.get()));
        List<TargetGroupAttribute> attributes = attributes(at, act.like());
        at.calls()
                .write(
                        ELB,
                        "ModifyTargetGroupAttributes",
                        () -> at.clients()
                                .loadBalancing()
                                .modifyTargetGroupAttributes(
                                        r -> r.targetGroupArn(arn).attributes(attributes)));
        return ActResults.done("arn", arn);
    }

    private static boolean ours(Writing at, TargetGroup group, Map<String, String> tags) {
        return at.apis()
                .balancing()
                .tags(List.of(group.targetGroupArn()))
                .getOrDefault(group.targetGroupArn(), Map.of())
                .entrySet()
                .containsAll(tags.entrySet());
    }

    private static String make(Writing at, CreateTargetGroup act, TargetGroup like) {
        CreateTargetGroupRequest request = CreateTargetGroupRequest.builder()
                .name(act.name())
                .targetType(act.targetType())
                .protocol(like.protocol())
                .protocolVersion(like.protocolVersion())
                .port(like.port())
                .vpcId(like.vpcId())
                .ipAddressType(like.ipAddressType())
                .healthCheckEnabled(like.healthCheckEnabled())
                .healthCheckProtocol(like.healthCheckProtocol())
                .healthCheckPort(like.healthCheckPort())
                .healthCheckPath(like.healthCheckPath())
                .healthCheckIntervalSeconds(like.healthCheckIntervalSeconds())
                .healthCheckTimeoutSeconds(like.healthCheckTimeoutSeconds())
                .healthyThresholdCount(like.healthyThresholdCount())
                .unhealthyThresholdCount(like.unhealthyThresholdCount())
                .matcher(like.matcher())
                .tags(new TreeMap<>(act.tags())
                        .entrySet().stream()
                                .map(tag -> Tag.builder()
                                        .key(tag.getKey())
                                        .value(tag.getValue())
                                        .build())
                                .toList())
                .build();
        return at.calls()
                .write(
                        ELB,
                        "CreateTargetGroup",
                        () -> at.clients().loadBalancing().createTargetGroup(request))
                .targetGroups()
                .get(0)
                .targetGroupArn();
    }

    private static List<TargetGroupAttribute> attributes(Writing at, String arn) {
        return new TreeMap<>(at.apis().balancing().attributes(arn))
                .entrySet().stream()
                        .map(a -> TargetGroupAttribute.builder()
                                .key(a.getKey())
                                .value(a.getValue())
                                .build())
                        .toList();
    }

    private static ActResult delete(Writing at, DeleteTargetGroup act) {
        Optional<TargetGroup> there = find(at, act.name());
        if (there.isEmpty()) {
            return ActResults.done();
        }
        if (!ours(at, there.get(), act.tags())) {
            return ActResults.no(Reason.EXISTS, "target group " + act.name() + " is somebody else's");
        }
        at.calls()
                .write(
                        ELB,
                        "DeleteTargetGroup",
                        () -> at.clients()
                                .loadBalancing()
                                .deleteTargetGroup(
                                        r -> r.targetGroupArn(there.get().targetGroupArn())));
        return ActResults.done();
    }
}
