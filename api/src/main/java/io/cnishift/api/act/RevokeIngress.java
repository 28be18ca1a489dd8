package io.cnishift.api.act;

import io.cnishift.api.cluster.SecurityGroup;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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
    public String command() {
        return "aws ec2 revoke-security-group-ingress --group-id " + securityGroup + " # " + rules.size() + " rules";
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new AuthorizeIngress(securityGroup, rules));
    }
}
