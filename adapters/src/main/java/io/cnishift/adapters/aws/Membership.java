package io.cnishift.adapters.aws;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;

/** Which group an instance belongs to: by what Auto Scaling says, else by the tags that EKS and Karpenter put on it. */
final class Membership {

    private final Map<String, String> groupOfScalingGroup = new HashMap<>();
    private final Map<String, Instance> members = new HashMap<>();
    private final Map<String, String> groupOfMember = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    Membership(Collection<GroupSource> groups) {
        for (GroupSource group : groups) {
            names.add(group.name());
            group.scaling().ifPresent(scaling -> add(group.name(), scaling));
        }
    }

    private void add(String name, AutoScalingGroup scaling) {
        groupOfScalingGroup.put(scaling.autoScalingGroupName(), name);
        scaling.instances().forEach(member -> {
            members.put(member.instanceId(), member);
            groupOfMember.put(member.instanceId(), name);
        });
    }

    /** Ids of all instances that Auto Scaling has in these groups. */
    Set<String> instances() {
        return Set.copyOf(members.keySet());
    }

    /** What Auto Scaling says of an instance. */
    Optional<Instance> member(String instance) {
        return Optional.ofNullable(members.get(instance));
    }

    /** The name of the group of an instance with these tags. */
    Optional<String> groupOf(String instance, Map<String, String> tags) {
        if (groupOfMember.containsKey(instance)) {
            return Optional.of(groupOfMember.get(instance));
        }
        if (tags.containsKey("eks:nodegroup-name")) {
            return Optional.of(tags.get("eks:nodegroup-name"));
        }
        if (tags.containsKey("karpenter.sh/nodepool")) {
            return Optional.of(nodePool(tags.get("karpenter.sh/nodepool")));
        }
        return Optional.ofNullable(tags.get("aws:autoscaling:groupName"))
                .map(group -> groupOfScalingGroup.getOrDefault(group, group));
    }

    // Node groups are told apart by name, and a NodePool may have the name of a group in AWS. ClusterReader renames
    // alike.
    private String nodePool(String name) {
        return names.contains(name) ? "karpenter/" + name : name;
    }
}
