package io.cnishift.api.act;

import io.cnishift.api.capacity.Cidr;
import java.util.List;
import java.util.Objects;

/** Deletes the subnet of that block; refused while a network interface is in it. */
public record DeleteSubnet(String vpc, Cidr cidr) implements Act {

    public DeleteSubnet {
        Objects.requireNonNull(vpc);
        Objects.requireNonNull(cidr);
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
        return List.of("ec2:DeleteSubnet", "ec2:DescribeSubnets");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.of(at, "ec2", "delete-subnet")
                .raw("--subnet-id", at.subnet(vpc, cidr))
                .toString();
    }
}
