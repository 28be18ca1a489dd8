package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.adapters.FakeTime;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

final class EksTokensTest {

    private static final String KEY = "AKIDEXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final URI STS = URI.create("https://sts.eu-central-1.amazonaws.com");

    private final FakeTime time = new FakeTime();

    @Test
    void signsACallerIdentityRequestForTheCluster() throws Exception {
        String token = tokens("shop").get();

        assertThat(token).startsWith("k8s-aws-v1.").doesNotContain("=");
        URI url = url(token);
        assertThat(url.getHost()).isEqualTo("sts.eu-central-1.amazonaws.com");
        Map<String, String> query = query(url);
        assertThat(query)
                .containsEntry("Action", "GetCallerIdentity")
                .containsEntry("Version", "2011-06-15")
                .containsEntry("X-Amz-Expires", "60")
                .containsEntry("X-Amz-Date", "20260301T120000Z")
                .containsEntry("X-Amz-SignedHeaders", "host;x-k8s-aws-id")
                .containsEntry("X-Amz-Credential", KEY + "/20260301/eu-central-1/sts/aws4_request");
        assertThat(query.get("X-Amz-Signature")).isEqualTo(signature(query, "shop"));
    }

    @Test
    void theSignatureIsForOneClusterOnly() throws Exception {
        Map<String, String> query = query(url(tokens("shop").get()));
        assertThat(query.get("X-Amz-Signature")).isNotEqualTo(signature(query, "other"));
    }

    @Test
    void keepsATokenAndRenewsItBeforeFifteenMinutes() {
        EksTokens tokens = tokens("shop");
        String first = tokens.get();
        time.pass(Duration.ofMinutes(13));
        assertThat(tokens.get()).isEqualTo(first);
        time.pass(Duration.ofMinutes(1));
        assertThat(tokens.get()).isNotEqualTo(first);
    }

    @Test
    void renewsATokenWhenItsCredentialsEnd() {
        EksTokens tokens = new EksTokens(
                "shop",
                "eu-central-1",
                STS,
                StaticCredentialsProvider.create(AwsSessionCredentials.builder()
                        .accessKeyId(KEY)
                        .secretAccessKey(SECRET)
                        .sessionToken("session")
                        .expirationTime(time.now().plus(Duration.ofMinutes(3)))
                        .build()),
                time);
        String first = tokens.get();
        time.pass(Duration.ofMinutes(3));
        assertThat(tokens.get()).isNotEqualTo(first);
    }

    private EksTokens tokens(String cluster) {
        return new EksTokens(
                cluster,
                "eu-central-1",
                STS,
                StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)),
                time);
    }

    private static URI url(String token) {
        byte[] url = Base64.getUrlDecoder().decode(token.substring("k8s-aws-v1.".length()));
        return URI.create(new String(url, StandardCharsets.UTF_8));
    }

    private static Map<String, String> query(URI url) {
        return Arrays.stream(url.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (a, b) -> b,
                        TreeMap::new));
    }

    /** Signature version 4 by hand, from its specification. */
    private static String signature(Map<String, String> query, String cluster) throws Exception {
        String canonicalQuery = query.entrySet().stream()
                .filter(pair -> !pair.getKey().equals("X-Amz-Signature"))
                .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                .sorted()
                .collect(Collectors.joining("&"));
        String request = String.join(
                "\n",
                "GET",
                "/",
                canonicalQuery,
                "host:sts.eu-central-1.amazonaws.com",
                "x-k8s-aws-id:" + cluster,
                "",
                "host;x-k8s-aws-id",
                hex(MessageDigest.getInstance("SHA-256").digest(new byte[0])));
        String toSign = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                "20260301T120000Z",
                "20260301/eu-central-1/sts/aws4_request",
                hex(MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8))));
        byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {"20260301", "eu-central-1", "sts", "aws4_request"}) {
            key = hmac(key, part);
        }
        return hex(hmac(key, toSign));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
