package io.cnishift.api.act;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Lets an IAM role or user into the cluster, as people and programs are let in: under a name, in groups.
 *
 * @param principal its ARN
 * @param username that the API server sees
 * @param groups of Kubernetes that it is in
 */
public record CreateAccessEntry(String principal, String username, List<String> groups, Map<String, String> tags)
        implements Act {

    public CreateAccessEntry {
        Objects.requireNonNull(principal);
        Objects.requireNonNull(username);
        groups = List.copyOf(groups);
        tags = Map.copyOf(tags);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "access entry of " + principal;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("eks:CreateAccessEntry", "eks:DescribeAccessEntry", "eks:TagResource");
    }

    @Override
    public String command(Surroundings at) {
        AwsCommand command = AwsCommand.eks(at, "create-access-entry")
                .with("--principal-arn", principal)
                .with("--username", username);
        if (!groups.isEmpty()) {
            command.raw("--kubernetes-groups", groups.stream().map(Shell::word).collect(Collectors.joining(" ")));
        }
        return (tags.isEmpty() ? command : command.json("--tags", new TreeMap<>(tags))).toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return before.isEmpty() ? Optional.of(new DeleteAccessEntry(principal)) : Optional.empty();
    }
}
