package io.cnishift.api.act;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes a tag from a subnet, whatever its value.
 *
 * @param subnet its block
 */
public record DeleteSubnetTag(String vpc, Cidr subnet, String key) implements Act {

    public DeleteSubnetTag {
        Objects.requireNonNull(vpc);
        Objects.requireNonNull(subnet);
        Objects.requireNonNull(key);
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
        return List.of("ec2:DeleteTags", "ec2:DescribeSubnets");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.of(at, "ec2", "delete-tags")
                .raw("--resources", at.subnet(vpc, subnet))
                .json("--tags", List.of(Map.of("Key", key)))
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Tree.text(before, "value").map(was -> new CreateSubnetTag(vpc, subnet, key, was));
    }
}
