package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.ExtendTrust;
import io.cnishift.api.act.ReduceTrust;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Trust policies, as IAM's API takes and tells them. */
final class TrustWritesTest {

    private static final String OLD =
            "{\"Sid\":\"Blue\",\"Effect\":\"Allow\",\"Principal\":{\"Federated\":\"arn:aws:iam::1:oidc-provider/a+b\"}}";
    private static final Map<String, Object> NEW =
            Map.of("Effect", "Allow", "Principal", Map.of("Federated", "arn:aws:iam::1:oidc-provider/green"));
    private static final ExtendTrust EXTEND = new ExtendTrust("orders", List.of(NEW));

    private final StubAws aws = new StubAws();

    @AfterEach
    void close() {
        aws.close();
    }

    private void stands(String statements) {
        String policy = "{\"Version\":\"2012-10-17\",\"Id\":\"theirs\",\"Statement\":" + statements + "}";
        aws.on(
                "iam:GetRole",
                StubAws.ok(
                        "<GetRoleResponse><GetRoleResult><Role><RoleName>orders</RoleName><Arn>arn:aws:iam::1:role/orders</Arn>"
                                + "<AssumeRolePolicyDocument>"
                                + URLEncoder.encode(policy, StandardCharsets.UTF_8)
                                        .replace("+", "%20")
                                + "</AssumeRolePolicyDocument></Role></GetRoleResult></GetRoleResponse>"));
    }

    private String written() {
        return aws.one("iam:UpdateAssumeRolePolicy").form().get("PolicyDocument");
    }

    @Test
    void aStatementIsAddedAndTheRestStays() {
        stands(OLD);
        aws.on("iam:UpdateAssumeRolePolicy", StubAws.ok("<UpdateAssumeRolePolicyResponse/>"));

        assertThat(aws.port().before(EXTEND).toString()).contains("Blue", "a+b", "theirs");
        assertThat(aws.port().perform(EXTEND).done()).isTrue();

        assertThat(written())
                .startsWith("{\"Version\":\"2012-10-17\",\"Id\":\"theirs\",\"Statement\":[" + OLD + ",{")
                .contains("oidc-provider/green");
    }

    @Test
    void whatIsThereIsNotAddedAgain() {
        stands("[" + OLD
                + ",{\"Effect\":\"Allow\",\"Principal\":{\"Federated\":\"arn:aws:iam::1:oidc-provider/green\"}}]");

        assertThat(aws.port().perform(EXTEND).done()).isTrue();
        assertThat(aws.writes()).doesNotContain("iam:UpdateAssumeRolePolicy");
    }

    @Test
    void itIsTakenOutAloneAgain() {
        stands("[" + OLD
                + ",{\"Effect\":\"Allow\",\"Principal\":{\"Federated\":\"arn:aws:iam::1:oidc-provider/green\"}}]");
        aws.on("iam:UpdateAssumeRolePolicy", StubAws.ok("<UpdateAssumeRolePolicyResponse/>"));

        assertThat(aws.port().perform(new ReduceTrust("orders", List.of(NEW))).done())
                .isTrue();
        assertThat(written()).endsWith("\"Statement\":[" + OLD + "]}");
    }

    @Test
    void listsThatComeInAnotherOrderSayTheSame() {
        stands("[" + OLD + ",{\"Effect\":\"Allow\",\"Principal\":{\"Federated\":[\"b\",\"a\"]}}]");
        aws.on("iam:UpdateAssumeRolePolicy", StubAws.ok("<UpdateAssumeRolePolicyResponse/>"));
        List<Map<String, Object>> both =
                List.of(Map.of("Effect", "Allow", "Principal", Map.of("Federated", List.of("a", "b"))));

        assertThat(aws.port().perform(new ExtendTrust("orders", both)).done()).isTrue();
        assertThat(aws.writes()).doesNotContain("iam:UpdateAssumeRolePolicy");
        assertThat(aws.port().perform(new ReduceTrust("orders", both)).done()).isTrue();
        assertThat(written()).endsWith("\"Statement\":[" + OLD + "]}");
    }

    @Test
    void aPolicyThatGrowsTooLongIsRefused() {
        stands(OLD);
        aws.on(
                "iam:UpdateAssumeRolePolicy",
                StubAws.error(409, "LimitExceeded", "Cannot exceed quota for ACLSizePerRole: 2048"));

        ActResult refused = aws.port().perform(EXTEND);

        assertThat(refused.fold(done -> Reason.BUSY, ActResult.Refused::reason)).isEqualTo(Reason.INVALID);
    }
}
