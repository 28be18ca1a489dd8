package io.cnishift.api.act;

import io.cnishift.api.cluster.SecurityGroup;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Removes ingress rules from a security group.
 */
public record RevokeIngress(String securityGroup, List<SecurityGroup.Rule> rules) implements Act {

    public RevokeIngress {
        Objects.requireNonNull(securityGroup);
        rules = List.copyOf(rules);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "security group " + securityGroup;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("ec2:RevokeSecurityGroupIngress");
    }

    @Override
    public String command(Surroundings at) {
        return rules.stream()
                .map(rule -> AwsCommand.of(at, "ec2", "revoke-security-group-ingress")
                        .with("--group-id", securityGroup)
                        .json("--ip-permissions", List.of(IpPermission.plain(rule)))
                        .toString())
                .collect(Collectors.joining("; "));
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new AuthorizeIngress(securityGroup, rules));
    }
}
