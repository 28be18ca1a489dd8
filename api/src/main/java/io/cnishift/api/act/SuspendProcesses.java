package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Suspends Auto Scaling processes of a group.
 *
 * @param group name of the node group
 */
public record SuspendProcesses(String group, List<String> processes) implements Act {

    public SuspendProcesses {
        Objects.requireNonNull(group);
        processes = List.copyOf(processes);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "processes of " + group;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("autoscaling:SuspendProcesses");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.of(at, "autoscaling", "suspend-processes")
                .raw("--auto-scaling-group-name", at.scalingGroup(group))
                .raw("--scaling-processes", processes.stream().map(Shell::word).collect(Collectors.joining(" ")))
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new ResumeProcesses(
                group,
                processes.stream()
                        .filter(p -> !Tree.texts(before, "suspendedProcesses").contains(p))
                        .toList()));
    }
}
