package io.cnishift.api.act;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes a subnet. A VPC has one subnet at most of a block, so by its block it is found again; one of that block that does not
 * carry these tags is somebody else's, and the act is refused.
 *
 * @param zone name of its availability zone
 */
public record CreateSubnet(String vpc, String zone, Cidr cidr, Map<String, String> tags) implements Act {

    public CreateSubnet {
        Objects.requireNonNull(vpc);
        Objects.requireNonNull(zone);
        Objects.requireNonNull(cidr);
        tags = Map.copyOf(tags);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "subnet " + cidr + " of " + vpc;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("ec2:CreateSubnet", "ec2:CreateTags", "ec2:DescribeSubnets");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.of(at, "ec2", "create-subnet")
                .with("--vpc-id", vpc)
                .with("--availability-zone", zone)
                .with("--cidr-block", cidr.toString())
                .json("--tag-specifications", List.of(Map.of("ResourceType", "subnet", "Tags", AwsCommand.tags(tags))))
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return before.isEmpty() ? Optional.of(new DeleteSubnet(vpc, cidr)) : Optional.empty();
    }
}
