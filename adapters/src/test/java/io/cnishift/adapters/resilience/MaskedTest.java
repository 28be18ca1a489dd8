package io.cnishift.adapters.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "forbidden: Authorization: Bearer SECRET-a.b_c",
                "Basic SECRETSECRET==",
                "token k8s-aws-v1.SECRET is not known",
                "eyJSECRET.eyJhIjoiYiJ9.abc",
                "X-amz-security-token=[SECRET+/=], Host=[x]",
                "X-Amz-Security-Token=SECRET&X-Amz-Date=1",
                "aws_secret_access_key = SECRET",
                "AWS_SESSION_TOKEN: SECRET",
                "https://me:SECRET@proxy.example.org:3128 does not answer"
            })
    void masksWhatLooksLikeACredential(String text) {
        assertThat(Masked.text(text)).doesNotContain("SECRET").contains("(masked)");
    }

    @Test
    void leavesEverythingElse() {
        String text =
                "pods \"api\" is forbidden: User \"system:anonymous\" cannot list bearer-less things; basic support";
        assertThat(Masked.text(text)).isEqualTo(text);
    }
}
