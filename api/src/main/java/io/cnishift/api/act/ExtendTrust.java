package io.cnishift.api.act;

import io.cnishift.api.cluster.Role;
import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Adds statements to the trust policy of an IAM role; one that is there is not added again, and all else stays as it is. */
public record ExtendTrust(String role, List<Map<String, Object>> statements) implements Act {

    private static final String EDIT = ".Statement |= ((if type == \"array\" then . else [.] end) as $old"
            + " | ($old | map(said)) as $has | $old + ($new | map(select([said] - $has != []))))";

    public ExtendTrust {
        Objects.requireNonNull(role);
        statements = statements.stream().map(Tree::copy).toList();
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "trust policy of role " + role;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("iam:GetRole", "iam:UpdateAssumeRolePolicy");
    }

    @Override
    public String command(Surroundings at) {
        return TrustCommand.of(at, role, statements, EDIT);
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        List<Map<String, Object>> was = Role.statements(Tree.map(before, "policy"));
        List<Map<String, Object>> added = Role.without(statements, was);
        return before.isEmpty() || added.isEmpty() ? Optional.empty() : Optional.of(new ReduceTrust(role, added));
    }
}
