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
 * @param tags of the rules that are made
 */
public record AuthorizeIngress(String securityGroup, List<SecurityGroup.Rule> rules, Map<String, String> tags)
        implements Act {

    public AuthorizeIngress {
        Objects.requireNonNull(securityGroup);
        rules = List.copyOf(rules);
        tags = Map.copyOf(tags);
    }

    /** Without tags. */
    public AuthorizeIngress(String securityGroup, List<SecurityGroup.Rule> rules) {
        this(securityGroup, rules, Map.of());
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
        return tags.isEmpty()
                ? List.of("ec2:AuthorizeSecurityGroupIngress")
                : List.of("ec2:AuthorizeSecurityGroupIngress", "ec2:CreateTags");
    }

    @Override
    public String command(Surroundings at) {
        return rules.stream().map(rule -> command(at, rule)).collect(Collectors.joining("; "));
    }

    private String command(Surroundings at, SecurityGroup.Rule rule) {
        AwsCommand command = AwsCommand.of(at, "ec2", "authorize-security-group-ingress")
                .with("--group-id", securityGroup)
                .json("--ip-permissions", List.of(IpPermission.described(rule)));
        if (!tags.isEmpty()) {
            command.json(
                    "--tag-specifications",
                    List.of(Map.of("ResourceType", "security-group-rule", "Tags", AwsCommand.tags(tags))));
        }
        return command.toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(new RevokeIngress(securityGroup, rules));
    }
}
