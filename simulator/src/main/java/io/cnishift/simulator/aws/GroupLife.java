package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How groups come and go. A managed one is CREATING until its Auto Scaling group is there and all its nodes are Ready, or
 * CREATE_FAILED after 15 minutes; it is DELETING until its last instance is terminated.
 */
final class GroupLife {

    private static final Duration SCALING_GROUP = Duration.ofSeconds(35);
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final Duration LEAST = Duration.ofSeconds(100);
    private static final Duration MOST = Duration.ofMinutes(15);

    private final Kernel kernel;
    private final Cloud cloud;
    private final SimClock clock;

    GroupLife(Kernel kernel) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        cloud = Cloud.of(kernel);
        clock = kernel.clock();
    }

    /** Takes up what a group was doing when the world was opened. */
    void goOn(NodeGroup group) {
        switch (group.status()) {
            case "CREATING" -> creating(group);
            case "DELETING" -> clock.after(LOOK, () -> deleting(group.name()));
            case "UPDATING" ->
                clock.after(
                        LOOK,
                        () -> cloud.group(group.name())
                                .filter(g -> g.status().equals("UPDATING"))
                                .ifPresent(g -> cloud.put(
                                        GroupEdit.of(g).status("ACTIVE").build())));
            default -> {}
        }
    }

    void creating(NodeGroup group) {
        String scalingGroup = group.autoScalingGroup()
                .orElse("eks-" + group.name() + "-" + cloud.ids().hex(8));
        Instant begun = clock.now();
        clock.after(
                SCALING_GROUP,
                () -> cloud.group(group.name())
                        .ifPresent(g -> cloud.put(
                                GroupEdit.of(g).scalingGroup(scalingGroup).build())));
        clock.after(LEAST, () -> look(group.name(), begun));
    }

    void deleting(String name) {
        cloud.group(name).ifPresent(group -> {
            Ec2 ec2 = Ec2.of(kernel);
            Scaler.live(cloud, group).forEach(i -> ec2.terminate(i.id()));
            boolean gone =
                    cloud.view().instancesOf(name).stream().map(Instance::state).allMatch("terminated"::equals);
            if (gone) {
                cloud.remove(Part.NODE_GROUPS, name);
            } else {
                clock.after(LOOK, () -> deleting(name));
            }
        });
    }

    private void look(String name, Instant begun) {
        cloud.group(name).filter(g -> g.status().equals("CREATING")).ifPresent(group -> {
            long ready = kernel.objects().list("Node").stream()
                    .filter(n ->
                            name.equals(Tree.strings(n, "metadata", "labels").get("eks.amazonaws.com/nodegroup")))
                    .filter(GroupLife::ready)
                    .count();
            Optional<String> issue = Ipv6Nodes.issue(kernel, group);
            if (issue.isPresent()) {
                cloud.put(GroupEdit.of(group)
                        .status("CREATE_FAILED")
                        .issues(List.of(issue.get()))
                        .build());
            } else if (ready >= group.desiredSize()) {
                cloud.put(GroupEdit.of(group).status("ACTIVE").build());
            } else if (clock.now().isAfter(begun.plus(MOST))) {
                cloud.put(GroupEdit.of(group)
                        .status("CREATE_FAILED")
                        .issues(List.of("NodeCreationFailure: " + (group.desiredSize() - ready)
                                + " instances failed to join the cluster as Ready nodes"))
                        .build());
            } else {
                clock.after(LOOK, () -> look(name, begun));
            }
        });
    }

    private static boolean ready(Map<String, Object> node) {
        return Tree.maps(node, "status", "conditions").stream()
                .anyMatch(c -> "Ready".equals(c.get("type")) && "True".equals(c.get("status")));
    }
}
