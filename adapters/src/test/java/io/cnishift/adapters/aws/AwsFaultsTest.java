package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.adapters.resilience.Fault;
import io.cnishift.adapters.resilience.Fault.Kind;
import io.cnishift.adapters.resilience.Operation;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.model.StsException;

final class AwsFaultsTest {

    private static final Operation SUBNETS = Operation.aws("ec2", "DescribeSubnets");

    private final AwsFaults faults = new AwsFaults();

    @ParameterizedTest
    @CsvSource({
        "RequestLimitExceeded, 503, THROTTLED",
        "ThrottlingException, 400, THROTTLED",
        "TooManyRequestsException, 429, THROTTLED",
        "InternalError, 500, UNAVAILABLE",
        "ServiceUnavailable, 503, UNAVAILABLE",
        "RequestTimeout, 400, UNAVAILABLE",
        "UnauthorizedOperation, 403, DENIED",
        "AccessDeniedException, 400, DENIED",
        "ExpiredToken, 403, CREDENTIALS",
        "SignatureDoesNotMatch, 403, CREDENTIALS",
        "ResourceNotFoundException, 404, NOT_FOUND",
        "InvalidVpcID.NotFound, 400, NOT_FOUND",
        "NoSuchEntity, 404, NOT_FOUND",
        "TargetGroupNotFound, 400, NOT_FOUND",
        "InvalidAction, 400, NO_SUCH_API",
        "ValidationError, 400, REJECTED",
    })
    void knowsErrorCodes(String code, int status, Kind kind) {
        assertThat(judge(AwsErrors.of(code, status)).kind()).isEqualTo(kind);
    }

    @Test
    void aPageOfHtmlIsAMissingApiAndNotAMissingThing() {
        Fault fault = judge(AwsErrors.html404());
        assertThat(fault.kind()).isEqualTo(Kind.NO_SUCH_API);
        assertThat(fault.reason()).contains("ec2:DescribeSubnets").contains("HTTP 404");
        assertThat(fault.remedy()).contains("AWS_ENDPOINT_URL");
    }

    @Test
    void aDenialNamesTheActionThatIsMissing() {
        assertThat(judge(AwsErrors.denied()).remedy()).contains("ec2:DescribeSubnets");
    }

    @Test
    void aRefusalOfTheCredentialServiceIsNotTheOperationsDoing() {
        Fault fault = judge(StsException.builder()
                .statusCode(403)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("Sts")
                        .errorCode("AccessDenied")
                        .build())
                .build());
        assertThat(fault.kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(fault.reason()).contains("Sts").doesNotContain("DescribeSubnets");
    }

    @Test
    void aThrottledCredentialServiceMayBeAskedAgain() {
        Fault fault = judge(StsException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("Sts")
                        .errorCode("Throttling")
                        .build())
                .build());
        assertThat(fault.kind()).isEqualTo(Kind.THROTTLED);
    }

    @Test
    void brokenConnectionsPass() {
        assertThat(judge(client(new SocketTimeoutException("read timed out"))).kind())
                .isEqualTo(Kind.UNAVAILABLE);
        assertThat(judge(client(new UnknownHostException("ec2.nowhere"))).reason())
                .contains("ec2.nowhere");
    }

    @Test
    void anUntrustedCertificateDoesNotPass() {
        Fault fault = judge(client(new SSLHandshakeException("unable to find valid certification path")));
        assertThat(fault.kind()).isEqualTo(Kind.REJECTED);
        assertThat(fault.remedy()).contains("AWS_CA_BUNDLE");
    }

    @Test
    void missingCredentialsAreSaid() {
        Fault fault = judge(
                SdkClientException.create(
                        "Unable to load credentials from any of the providers in"
                                + " the chain AwsCredentialsProviderChain(credentialsProviders=[SystemPropertyCredentialsProvider()])"));
        assertThat(fault.kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(fault.reason())
                .isEqualTo("no valid AWS credentials (Unable to load credentials from any of the providers)");
        assertThat(fault.remedy()).contains("--profile");
    }

    @Test
    void messagesAboutSignaturesAreNotRepeated() {
        Fault fault = judge(AwsErrors.of("SignatureDoesNotMatch", 403));
        assertThat(fault.reason()).doesNotContain("what AWS said").doesNotContain("sensitive");
    }

    @Test
    void otherExceptionsAreDefects() {
        assertThat(faults.judge(SUBNETS, new IllegalStateException())).isEmpty();
    }

    private Fault judge(RuntimeException failure) {
        return faults.judge(SUBNETS, failure).orElseThrow();
    }

    private static SdkClientException client(Exception cause) {
        return SdkClientException.create("Unable to execute HTTP request", cause);
    }
}
