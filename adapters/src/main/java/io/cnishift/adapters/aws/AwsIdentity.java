package io.cnishift.adapters.aws;

import io.cnishift.adapters.reading.Lazy;
import io.cnishift.adapters.reading.Scope;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.port.MigrationException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointParams;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;

/**
 * Region, credentials and HTTP of one connection to AWS. Endpoint, FIPS and proxy settings of environment and profile are read
 * by the SDK; the CA bundle, which it knows nothing of, here.
 */
final class AwsIdentity implements AutoCloseable {

    private static final String SESSION = "cnishift";
    private static final int LONGEST_SESSION = 64;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final ConnectionSettings settings;
    private final Environment environment;
    private final Optional<String> migration;
    private final Scope scope = new Scope();
    private final Lazy<Region> region = new Lazy<>(this::findRegion);
    private final Lazy<SdkHttpClient> http = new Lazy<>(this::makeHttp);
    private final Lazy<AwsCredentialsProvider> credentials = new Lazy<>(this::findCredentials);

    /**
     * Credentials and all that goes with them.
     *
     * @param migration its id, by which what it does is found in the records of AWS: requests carry it in their User-Agent, a
     *     session of an assumed role in its name
     */
    AwsIdentity(ConnectionSettings settings, Environment environment, Optional<String> migration) {
        this.settings = settings;
        this.environment = environment;
        this.migration = migration.map(id -> id.replaceAll("[^A-Za-z0-9_.@-]", "-"));
    }

    Region region() {
        return region.get();
    }

    AwsCredentialsProvider credentials() {
        return credentials.get();
    }

    /** Region and profile in words. */
    String where() {
        return region()
                + settings.profile().map(name -> " (profile " + name + ")").orElse("");
    }

    /**
     * Sets up a client like all others: this region, these credentials, no retries of its own.
     *
     * @param limit how long one request may take, where there is one beside those of the connection
     */
    <C extends AutoCloseable, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C client(
            B builder, Optional<Duration> limit) {
        return scope.own(builder.region(region())
                .credentialsProvider(credentials())
                .httpClient(http.get())
                .overrideConfiguration(overrides(limit))
                .build());
    }

    private ClientOverrideConfiguration overrides(Optional<Duration> limit) {
        ClientOverrideConfiguration.Builder overrides = ClientOverrideConfiguration.builder()
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, userAgent());
        limit.ifPresent(overrides::apiCallTimeout);
        settings.profile().ifPresent(overrides::defaultProfileName);
        return overrides.build();
    }

    private String userAgent() {
        return migration.map(id -> SESSION + " migration/" + id).orElse(SESSION);
    }

    private String sessionName() {
        String name = migration.map(id -> SESSION + "-" + id).orElse(SESSION);
        return name.substring(0, Math.min(name.length(), LONGEST_SESSION));
    }

    /** What renews the credentials, in words for somebody who reads that they are not valid. */
    String login() {
        String others = ", or name others with --profile or --role-arn";
        Optional<String> named = settings.profile().or(() -> environment.first("AWS_PROFILE"));
        return ProfileFile.defaultProfileFile()
                .profile(named.orElse("default"))
                .filter(p -> p.property("sso_session").isPresent()
                        || p.property("sso_start_url").isPresent())
                .map(p -> "log in: aws sso login"
                        + named.map(name -> " --profile " + name).orElse("") + others)
                .or(() -> named.map(name -> "renew the credentials of profile " + name + others))
                .orElse("log in (aws sso login)" + others);
    }

    /**
     * The STS endpoint that tokens for an API server are signed for: the region's own. The general endpoint setting does not
     * count, because it is EKS and not this machine that will send the request; one for STS alone does.
     */
    URI tokenEndpoint() {
        return environment
                .first("AWS_ENDPOINT_URL_STS")
                .map(URI::create)
                .orElseGet(() -> StsEndpointProvider.defaultProvider()
                        .resolveEndpoint(StsEndpointParams.builder()
                                .region(region())
                                .useFips(environment
                                        .first("AWS_USE_FIPS_ENDPOINT")
                                        .filter("true"::equalsIgnoreCase)
                                        .isPresent())
                                .useDualStack(false)
                                .useGlobalEndpoint(false)
                                .build())
                        .join()
                        .url());
    }

    private Region findRegion() {
        Optional<String> named = settings.region();
        if (named.isEmpty() && settings.profile().isEmpty()) {
            named = environment.first("AWS_REGION", "AWS_DEFAULT_REGION");
        }
        return named.map(Region::of).orElseGet(() -> {
            try {
                DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
                settings.profile().ifPresent(chain::profileName);
                return chain.build().getRegion();
            } catch (SdkClientException e) {
                throw MigrationException.user(
                        "AWS-REGION",
                        "no AWS region is set",
                        "give --region, or set AWS_REGION or the profile's region");
            }
        });
    }

    private AwsCredentialsProvider findCredentials() {
        // The SDK's own default reads the files once, and a migration outlives the credentials in them.
        AwsCredentialsProvider base = settings.profile().isPresent()
                ? scope.own(ProfileCredentialsProvider.builder()
                        .profileFile(ProfileFile::defaultProfileFile)
                        .profileName(settings.profile().get())
                        .build())
                : scope.own(DefaultCredentialsProvider.builder()
                        .profileFile(ProfileFile::defaultProfileFile)
                        .build());
        return settings.roleArn().map(role -> assumed(base, role)).orElse(base);
    }

    private AwsCredentialsProvider assumed(AwsCredentialsProvider base, String role) {
        StsClient sts = scope.own(StsClient.builder()
                .region(region())
                .credentialsProvider(base)
                .httpClient(http.get())
                .overrideConfiguration(overrides(Optional.empty()))
                .build());
        return scope.own(StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request -> request.roleArn(role).roleSessionName(sessionName()))
                .build());
    }

    private SdkHttpClient makeHttp() {
        UrlConnectionHttpClient.Builder builder =
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER);
        caBundle().ifPresent(file -> builder.tlsTrustManagersProvider(() -> CaBundle.trustManagers(file)));
        return scope.own(builder.build());
    }

    private Optional<Path> caBundle() {
        return environment
                .first("AWS_CA_BUNDLE")
                .or(() -> ProfileFile.defaultProfileFile()
                        .profile(settings.profile()
                                .or(() -> environment.first("AWS_PROFILE"))
                                .orElse("default"))
                        .flatMap(profile -> profile.property("ca_bundle")))
                .map(Path::of);
    }

    @Override
    public void close() {
        scope.close();
    }
}
