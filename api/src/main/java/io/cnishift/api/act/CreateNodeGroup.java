package io.cnishift.api.act;

import io.cnishift.api.cluster.Taint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes a managed node group like another one, with a launch template version, labels and taints of its own.
 *
 * @param like the group whose role, types, AMI type, capacity type and tags it copies
 * @param templateVersion version of the launch template of that group
 * @param likeIn the cluster that has that group; empty: the one that gets this group
 */
public record CreateNodeGroup(
        String name,
        String like,
        OptionalLong templateVersion,
        Map<String, String> labels,
        List<Taint> taints,
        int minSize,
        int maxSize,
        int desiredSize,
        List<String> subnets,
        Map<String, String> tags,
        Optional<String> likeIn)
        implements Act {

    public CreateNodeGroup {
        Objects.requireNonNull(name);
        Objects.requireNonNull(like);
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
        subnets = List.copyOf(subnets);
        tags = Map.copyOf(tags);
        Objects.requireNonNull(likeIn);
    }

    /** Like a group of the same cluster. */
    public CreateNodeGroup(
            String name,
            String like,
            OptionalLong templateVersion,
            Map<String, String> labels,
            List<Taint> taints,
            int minSize,
            int maxSize,
            int desiredSize,
            List<String> subnets,
            Map<String, String> tags) {
        this(
                name,
                like,
                templateVersion,
                labels,
                taints,
                minSize,
                maxSize,
                desiredSize,
                subnets,
                tags,
                Optional.empty());
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "node group " + name;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of(
                "eks:CreateNodegroup",
                "eks:DescribeNodegroup",
                "eks:TagResource",
                "iam:PassRole",
                "ec2:RunInstances",
                "ec2:CreateTags");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.eks(at, "create-nodegroup")
                .raw("--cli-input-json", GroupCopy.of(this, at))
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new DeleteNodeGroup(name));
    }
}
