package io.cnishift.engine.step;

import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Taint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A managed node group with ordinary values. */
final class MakeGroup {

    private final String name;
    private NodeGroup.Kind kind = NodeGroup.Kind.MANAGED;
    private String status = "ACTIVE";
    private int min;
    private int max;
    private int desired;
    private boolean autoRepair;
    private long version = 1;
    private List<String> suspended = List.of();
    private List<String> targetGroups = List.of();
    private List<String> subnets = List.of("subnet-a");
    private List<String> issues = List.of();
    private Map<String, String> labels = Map.of();
    private Map<String, String> tags = Map.of();

    MakeGroup(String name, int size) {
        this.name = name;
        this.min = size;
        this.max = size + 4;
        this.desired = size;
    }

    static MakeGroup like(NodeGroup group) {
        MakeGroup copy = new MakeGroup(group.name(), group.desiredSize());
        copy.kind = group.kind();
        copy.status = group.status();
        copy.min = group.minSize();
        copy.max = group.maxSize();
        copy.autoRepair = group.autoRepair();
        copy.version = group.launchTemplate().orElseThrow().version();
        copy.suspended = group.suspendedProcesses();
        copy.targetGroups = group.targetGroups();
        copy.subnets = group.subnets();
        copy.issues = group.issues();
        copy.labels = group.labels();
        copy.tags = group.tags();
        return copy;
    }

    MakeGroup kind(NodeGroup.Kind value) {
        kind = value;
        return this;
    }

    MakeGroup status(String value) {
        status = value;
        return this;
    }

    MakeGroup size(int least, int most, int wanted) {
        min = least;
        max = most;
        desired = wanted;
        return this;
    }

    MakeGroup autoRepair(boolean value) {
        autoRepair = value;
        return this;
    }

    MakeGroup version(long value) {
        version = value;
        return this;
    }

    MakeGroup suspended(String... processes) {
        suspended = List.of(processes);
        return this;
    }

    MakeGroup targetGroups(String... arns) {
        targetGroups = List.of(arns);
        return this;
    }

    MakeGroup subnets(String... ids) {
        subnets = List.of(ids);
        return this;
    }

    MakeGroup issues(String... texts) {
        issues = List.of(texts);
        return this;
    }

    MakeGroup labels(Map<String, String> value) {
        labels = value;
        return this;
    }

    MakeGroup tags(Map<String, String> value) {
        tags = value;
        return this;
    }

    NodeGroup build() {
        return new NodeGroup(
                name,
                kind,
                status,
                Optional.of("asg-" + name),
                min,
                max,
                desired,
                List.of("m5.large"),
                "AL2023_x86_64_STANDARD",
                "on-demand",
                subnets,
                Optional.of(Make.launchTemplate(version)),
                NodeGroup.MaxPodsBy.USER_DATA,
                OptionalInt.of(29),
                labels,
                List.<Taint>of(),
                "role",
                autoRepair,
                suspended,
                targetGroups,
                issues,
                tags,
                Owner.NONE);
    }
}
