package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Taint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** A node group with some of its fields changed. */
final class GroupEdit {

    private final NodeGroup group;
    private String status;
    private int minSize;
    private int maxSize;
    private int desiredSize;
    private Optional<NodeGroup.LaunchTemplate> launchTemplate;
    private boolean autoRepair;
    private List<String> suspended;
    private List<String> issues;
    private Optional<String> scalingGroup;
    private Map<String, String> labels;
    private List<Taint> taints;
    private OptionalInt maxPods;

    private GroupEdit(NodeGroup group) {
        this.group = Objects.requireNonNull(group, "group");
        status = group.status();
        minSize = group.minSize();
        maxSize = group.maxSize();
        desiredSize = group.desiredSize();
        launchTemplate = group.launchTemplate();
        autoRepair = group.autoRepair();
        suspended = group.suspendedProcesses();
        issues = group.issues();
        scalingGroup = group.autoScalingGroup();
        labels = group.labels();
        taints = group.taints();
        maxPods = group.maxPods();
    }

    static GroupEdit of(NodeGroup group) {
        return new GroupEdit(group);
    }

    GroupEdit status(String value) {
        status = value;
        return this;
    }

    GroupEdit size(int min, int max, int desired) {
        minSize = min;
        maxSize = max;
        desiredSize = desired;
        return this;
    }

    GroupEdit desired(int desired) {
        return size(minSize, maxSize, desired);
    }

    GroupEdit launchTemplate(NodeGroup.LaunchTemplate value) {
        launchTemplate = Optional.of(value);
        return this;
    }

    GroupEdit scalingGroup(String name) {
        scalingGroup = Optional.of(name);
        return this;
    }

    GroupEdit autoRepair(boolean value) {
        autoRepair = value;
        return this;
    }

    GroupEdit suspended(List<String> value) {
        suspended = value;
        return this;
    }

    GroupEdit issues(List<String> value) {
        issues = value;
        return this;
    }

    /** What its nodes register themselves with. */
    GroupEdit registers(Map<String, String> nodeLabels, List<Taint> nodeTaints, OptionalInt nodeMaxPods) {
        labels = nodeLabels;
        taints = nodeTaints;
        maxPods = nodeMaxPods.isPresent() ? nodeMaxPods : maxPods;
        return this;
    }

    NodeGroup build() {
        return new NodeGroup(
                group.name(),
                group.kind(),
                status,
                scalingGroup,
                minSize,
                maxSize,
                desiredSize,
                group.instanceTypes(),
                group.amiType(),
                group.capacityType(),
                group.subnets(),
                launchTemplate,
                group.maxPodsBy(),
                maxPods,
                labels,
                taints,
                group.nodeRole(),
                autoRepair,
                suspended,
                group.targetGroups(),
                issues,
                group.tags(),
                group.owner());
    }
}
