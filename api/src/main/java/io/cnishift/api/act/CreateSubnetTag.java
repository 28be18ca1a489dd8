package io.cnishift.api.act;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives a subnet a tag, or a tag of it another value.
 *
 * @param subnet its block
 */
public record CreateSubnetTag(String vpc, Cidr subnet, String key, String value) implements Act {

    public CreateSubnetTag {
        Objects.requireNonNull(vpc);
        Objects.requireNonNull(subnet);
        Objects.requireNonNull(key);
        Objects.requireNonNull(value);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "tag " + key + " of subnet " + subnet + " of " + vpc;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("ec2:CreateTags", "ec2:DescribeSubnets");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.of(at, "ec2", "create-tags")
                .raw("--resources", at.subnet(vpc, subnet))
                .json("--tags", List.of(Map.of("Key", key, "Value", value)))
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(Tree.text(before, "value")
                .<Act>map(was -> new CreateSubnetTag(vpc, subnet, key, was))
                .orElseGet(() -> new DeleteSubnetTag(vpc, subnet, key)));
    }
}
