package io.cnishift.api.act;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Associates another IPv4 block with a VPC; one that it has is left. EC2 goes on with it after it has answered. */
public record AssociateCidrBlock(String vpc, Cidr cidr) implements Act {

    public AssociateCidrBlock {
        Objects.requireNonNull(vpc);
        Objects.requireNonNull(cidr);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "block " + cidr + " of " + vpc;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("ec2:AssociateVpcCidrBlock", "ec2:DescribeVpcs");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.of(at, "ec2", "associate-vpc-cidr-block")
                .with("--vpc-id", vpc)
                .with("--cidr-block", cidr.toString())
                .toString();
    }

    /** A block that was there before is not taken away. */
    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return before.isEmpty() ? Optional.of(new DisassociateCidrBlock(vpc, cidr)) : Optional.empty();
    }
}
