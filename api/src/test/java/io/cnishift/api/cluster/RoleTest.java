package io.cnishift.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RoleTest {

    private static final String ISSUER = "oidc.eks.eu-west-1.amazonaws.com/id/A1";

    private static Map<String, Object> statement(String operator, Object subjects) {
        return Map.of(
                "Effect",
                "Allow",
                "Action",
                "sts:AssumeRoleWithWebIdentity",
                "Principal",
                Map.of("Federated", "arn:aws:iam::111122223333:oidc-provider/" + ISSUER),
                "Condition",
                Map.of(operator, Map.of(ISSUER + ":sub", subjects)));
    }

    private static Role role(Object statements) {
        return new Role("orders", "arn:aws:iam::111122223333:role/orders", Map.of("Statement", statements));
    }

    @Test
    void oneStatementIsAPolicyToo() {
        assertThat(role(statement("StringEquals", "system:serviceaccount:shop:api"))
                        .trusting(ISSUER))
                .hasSize(1);
        assertThat(role(List.of(Map.of("Effect", "Allow", "Principal", Map.of("Service", "ec2.amazonaws.com"))))
                        .trusting(ISSUER))
                .isEmpty();
    }

    @Test
    void whatStatementsSayHasNoOrder() {
        Map<String, Object> two = statement("StringEquals", List.of("a", "b"));
        Map<String, Object> one = statement("StringEquals", "a");

        assertThat(Role.without(List.of(two, one), List.of(statement("StringEquals", List.of("b", "a")))))
                .containsExactly(one);
        assertThat(Role.without(List.of(two, one), List.of(statement("StringEquals", List.of("a")))))
                .containsExactly(two);
    }

    @Test
    void admitsWhomItsConditionNames() {
        Role named = role(List.of(statement(
                "StringEquals", List.of("system:serviceaccount:shop:api", "system:serviceaccount:shop:job"))));
        assertThat(named.admits(ISSUER, "shop", "job")).isTrue();
        assertThat(named.admits(ISSUER, "shop", "other")).isFalse();
        assertThat(named.admits("oidc.eks.eu-west-1.amazonaws.com/id/B2", "shop", "job"))
                .isFalse();
        Role wide = role(statement("StringLike", "system:serviceaccount:shop:*"));
        assertThat(wide.admits(ISSUER, "shop", "any.thing")).isTrue();
        assertThat(wide.admits(ISSUER, "shopping", "any")).isFalse();
    }

    @Test
    void operatorsMayBeOfSetsAndMayExclude() {
        Role any = role(statement("ForAnyValue:StringLike", "system:serviceaccount:shop:*"));
        assertThat(any.admits(ISSUER, "shop", "api")).isTrue();
        assertThat(any.admits(ISSUER, "web", "api")).isFalse();
        Role others = role(statement("StringNotEquals", "system:serviceaccount:shop:api"));
        assertThat(others.admits(ISSUER, "shop", "api")).isFalse();
        assertThat(others.admits(ISSUER, "shop", "job")).isTrue();
        assertThat(role(statement("Null", "false")).admits(ISSUER, "shop", "api"))
                .isTrue();
    }
}
