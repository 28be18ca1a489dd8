package io.cnishift.api.act;

import io.cnishift.api.cluster.Role;
import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Takes statements out of the trust policy of an IAM role, those that say what these say; all else stays as it is. */
public record ReduceTrust(String role, List<Map<String, Object>> statements) implements Act {

    private static final String EDIT = ".Statement |= ((if type == \"array\" then . else [.] end)"
            + " | ($new | map(said)) as $gone | map(select([said] - $gone != [])))";

    public ReduceTrust {
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
        List<Map<String, Object>> taken = Role.without(statements, Role.without(statements, was));
        return taken.isEmpty() ? Optional.empty() : Optional.of(new ExtendTrust(role, taken));
    }
}
