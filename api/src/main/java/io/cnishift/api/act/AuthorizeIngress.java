package io.cnishift.api.act;

import io.cnishift.api.cluster.SecurityGroup;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Adds ingress rules to a security group; a rule that exists is left.
 *
 * @param rules their ids are ignored
 */
public record AuthorizeIngress(String securityGroup, List<SecurityGroup.Rule> rules) implements Act {

    public AuthorizeIngress {
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
        return List.of("ec2:AuthorizeSecurityGroupIngress");
    }

    @Override
    public String command(Surroundings at) {
        return rules.stream()
                .map(rule -> AwsCommand.of(at, "ec2", "authorize-security-group-ingress")
                        .with("--group-id", securityGroup)
                        .json("--ip-permissions", List.of(IpPermission.described(rule)))
                        .toString())
                .collect(Collectors.joining("; "));
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new RevokeIngress(securityGroup, rules));
    }
}
