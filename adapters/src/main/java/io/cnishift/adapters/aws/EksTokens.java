package io.cnishift.adapters.aws;

import io.cnishift.api.port.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * Tokens for the API server of an EKS cluster, made from AWS credentials alone.
 *
 * <p>A token is {@code k8s-aws-v1.} and, in base64url without padding, the URL of a presigned GetCallerIdentity request to STS
 * whose signature covers the cluster's name in the header {@code x-k8s-aws-id}. EKS sends that request to learn who calls.
 * The URL itself says 60 seconds; EKS accepts it for 15 minutes after it was signed. Format: aws-iam-authenticator.
 */
final class EksTokens implements Supplier<String> {

    private static final String PREFIX = "k8s-aws-v1.";
    private static final String CLUSTER_HEADER = "x-k8s-aws-id";
    private static final Duration EXPIRY = Duration.ofSeconds(60);

    /** A minute less than EKS accepts it, for a request that is long under way. */
    private static final Duration LIFETIME = Duration.ofMinutes(14);

    private final String cluster;
    private final String region;
    private final URI sts;
    private final AwsCredentialsProvider credentials;
    private final TimeSource time;
    private @Nullable String token;
    private Instant renewAt = Instant.MIN;

    /**
     * Tokens for one cluster.
     *
     * @param sts the STS endpoint that EKS will ask; it must be one of the region's partition
     */
    EksTokens(String cluster, String region, URI sts, AwsCredentialsProvider credentials, TimeSource time) {
        this.cluster = cluster;
        this.region = region;
        this.sts = sts;
        this.credentials = credentials;
        this.time = time;
    }

    /** A token that is valid for a while. */
    @Override
    public synchronized String get() {
        Instant now = time.now();
        String current = token;
        if (current == null || !now.isBefore(renewAt)) {
            AwsCredentials signer = credentials.resolveCredentials();
            current = mint(signer, now);
            token = current;
            renewAt = signer.expirationTime()
                    .filter(end -> end.isBefore(now.plus(LIFETIME)))
                    .orElse(now.plus(LIFETIME));
        }
        return current;
    }

    private String mint(AwsCredentials signer, Instant now) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(sts)
                .encodedPath("/")
                .putRawQueryParameter("Action", "GetCallerIdentity")
                .putRawQueryParameter("Version", "2011-06-15")
                .putHeader(CLUSTER_HEADER, cluster)
                .build();
        String url = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(signer)
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, EXPIRY)
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
                .request()
                .getUri()
                .toString();
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(url.getBytes(StandardCharsets.UTF_8));
    }
}
