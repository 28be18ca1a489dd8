package io.cnishift.api.act;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Takes a block from a VPC that is not its first; refused while a subnet lies in it. */
public record DisassociateCidrBlock(String vpc, Cidr cidr) implements Act {

    public DisassociateCidrBlock {
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
        return List.of("ec2:DisassociateVpcCidrBlock", "ec2:DescribeVpcs");
    }

    @Override
    public String command(Surroundings at) {
        String association = AwsCommand.of(at, "ec2", "describe-vpcs")
                .with("--vpc-ids", vpc)
                .text("Vpcs[0].CidrBlockAssociationSet[?CidrBlock=='" + cidr
                        + "' && CidrBlockState.State=='associated'].AssociationId")
                .toString();
        return AwsCommand.of(at, "ec2", "disassociate-vpc-cidr-block")
                .raw("--association-id", Shell.output(association))
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return before.isEmpty() ? Optional.empty() : Optional.of(new AssociateCidrBlock(vpc, cidr));
    }
}
