package io.cnishift.api.act;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Resumes Auto Scaling processes of a group.
 */
public record ResumeProcesses(String group, List<String> processes) implements Act {

    public ResumeProcesses {
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
        return List.of("autoscaling:ResumeProcesses");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.of(at, "autoscaling", "resume-processes")
                .raw("--auto-scaling-group-name", at.scalingGroup(group))
                .raw("--scaling-processes", processes.stream().map(Shell::word).collect(Collectors.joining(" ")))
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new SuspendProcesses(group, processes));
    }
}
