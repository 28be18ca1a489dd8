package io.cnishift.simulator.elb;

import io.cnishift.api.act.DeregisterTargets;
import io.cnishift.api.act.RegisterTargets;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.aws.Acts;
import io.cnishift.simulator.aws.AwsApi;
import io.cnishift.simulator.elb.TargetGroups.Member;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Registration of targets by hand. A controller that owns the group may undo it. */
public final class TargetApi implements Behaviour {

    @Override
    public String id() {
        return "target-api";
    }

    @Override
    public String source() {
        return "AWS SDK: elbv2 RegisterTargets, DeregisterTargets";
    }

    @Override
    public void install(Kernel kernel) {
        Acts acts = AwsApi.acts(kernel);
        TargetGroups groups = TargetGroups.of(kernel);
        acts.on(
                RegisterTargets.class,
                a -> before(groups, a.targetGroup()),
                a -> with(
                        groups,
                        a.targetGroup(),
                        g -> groups.register(
                                g.arn(),
                                a.targets().stream()
                                        .map(t -> new Member(t, g.port()))
                                        .toList())));
        acts.on(
                DeregisterTargets.class,
                a -> before(groups, a.targetGroup()),
                a -> with(groups, a.targetGroup(), g -> groups.deregister(g.arn(), members(g, a.targets()))));
    }

    private static List<Member> members(TargetGroup group, List<String> ids) {
        return group.targets().stream()
                .map(Member::of)
                .filter(m -> ids.contains(m.id()))
                .toList();
    }

    private static ActResult with(TargetGroups groups, String arn, Consumer<TargetGroup> call) {
        Optional<TargetGroup> group = groups.find(arn);
        group.ifPresent(call);
        return group.isPresent()
                ? Acts.done()
                : Acts.no(Reason.GONE, "TargetGroupNotFound: there is no target group " + arn);
    }

    private static Map<String, Object> before(TargetGroups groups, String arn) {
        return groups.find(arn)
                .map(g -> Trees.of(
                        "arn",
                        g.arn(),
                        "targets",
                        g.targets().stream()
                                .map(t -> Trees.of("id", t.id(), "port", (long) t.port(), "health", t.health()))
                                .toList()))
                .orElse(Map.of());
    }
}
