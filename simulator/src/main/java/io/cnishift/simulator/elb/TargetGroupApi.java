package io.cnishift.simulator.elb;

import io.cnishift.api.act.CreateTargetGroup;
import io.cnishift.api.act.DeleteTargetGroup;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.aws.Acts;
import io.cnishift.simulator.aws.AwsApi;
import io.cnishift.simulator.aws.Cloud;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Target groups that no controller made. One to which a listener forwards is not deleted. */
public final class TargetGroupApi implements Behaviour {

    @Override
    public String id() {
        return "target-group-api";
    }

    @Override
    public String source() {
        return "AWS SDK: elbv2 CreateTargetGroup (DuplicateTargetGroupName), DeleteTargetGroup (ResourceInUse)";
    }

    @Override
    public void install(Kernel kernel) {
        Acts acts = AwsApi.acts(kernel);
        Cloud cloud = Cloud.of(kernel);
        TargetGroups groups = TargetGroups.of(kernel);
        acts.on(CreateTargetGroup.class, a -> before(groups, a.name()), a -> create(cloud, groups, a));
        acts.on(DeleteTargetGroup.class, a -> before(groups, a.name()), a -> delete(cloud, groups, a));
    }

    private static ActResult create(Cloud cloud, TargetGroups groups, CreateTargetGroup act) {
        Optional<TargetGroup> there = named(groups, act.name());
        if (there.isPresent()) {
            return there.get().tags().entrySet().containsAll(act.tags().entrySet())
                    ? Acts.done("arn", there.get().arn())
                    : Acts.no(
                            Reason.EXISTS,
                            "DuplicateTargetGroupName: A target group with the same name '" + act.name() + "' exists");
        }
        Optional<TargetGroup> like = groups.find(act.like());
        if (like.isEmpty()) {
            return Acts.no(Reason.GONE, "TargetGroupNotFound: there is no target group " + act.like());
        }
        TargetGroup made = made(cloud, act, like.get());
        cloud.put(made);
        return Acts.done("arn", made.arn());
    }

    private static TargetGroup made(Cloud cloud, CreateTargetGroup act, TargetGroup like) {
        Cluster cluster = cloud.view().cluster();
        return new TargetGroup(
                "arn:" + cluster.partition() + ":elasticloadbalancing:" + cluster.region() + ":" + cluster.account()
                        + ":targetgroup/" + act.name() + "/" + cloud.ids().hex(16),
                act.name(),
                act.targetType(),
                like.protocol(),
                like.port(),
                like.healthCheckSeconds(),
                like.healthyThreshold(),
                like.deregistrationDelaySeconds(),
                List.of(),
                Optional.empty(),
                act.tags());
    }

    private static ActResult delete(Cloud cloud, TargetGroups groups, DeleteTargetGroup act) {
        Optional<TargetGroup> there = named(groups, act.name());
        if (there.filter(g -> !g.tags().entrySet().containsAll(act.tags().entrySet()))
                .isPresent()) {
            return Acts.no(Reason.EXISTS, "target group " + act.name() + " is somebody else's");
        }
        if (there.filter(g -> groups.used(g.arn())).isPresent()) {
            return Acts.no(
                    Reason.BUSY,
                    "ResourceInUse: Target group '" + there.get().arn()
                            + "' is currently in use by a listener or a rule");
        }
        there.ifPresent(g -> cloud.remove(Part.TARGET_GROUPS, g.arn()));
        return Acts.done();
    }

    private static Optional<TargetGroup> named(TargetGroups groups, String name) {
        return groups.all().stream().filter(g -> g.name().equals(name)).findFirst();
    }

    private static Map<String, Object> before(TargetGroups groups, String name) {
        return named(groups, name)
                .map(g -> Trees.of("name", g.name(), "arn", g.arn(), "targetType", g.targetType()))
                .orElse(Map.of());
    }
}
