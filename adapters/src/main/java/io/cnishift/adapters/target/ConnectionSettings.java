package io.cnishift.adapters.target;

import io.cnishift.api.port.MigrationException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How AWS and the API server are reached. Everything left empty is found as the AWS and Kubernetes tools find it: region,
 * credentials and endpoints from environment and profile, the API server from EKS. None of it is a secret.
 *
 * @param region AWS region
 * @param profile profile of the AWS configuration files; wins over credentials in the environment
 * @param roleArn role to assume with the credentials found
 * @param endpoint URL of the API server instead of the one that EKS or the kubeconfig names, for tunnels
 * @param tlsServerName name that the API server's certificate must have; with {@code endpoint} by default the host of the URL
 *     it replaces
 * @param kubeconfig file to reach the API server with, instead of a token made from AWS credentials
 * @param context context of the kubeconfig; without {@code kubeconfig} of the default one
 * @param as user to impersonate
 */
public record ConnectionSettings(
        Optional<String> region,
        Optional<String> profile,
        Optional<String> roleArn,
        Optional<String> endpoint,
        Optional<String> tlsServerName,
        Optional<Path> kubeconfig,
        Optional<String> context,
        Optional<String> as) {

    public ConnectionSettings {
        Objects.requireNonNull(region);
        Objects.requireNonNull(profile);
        Objects.requireNonNull(roleArn);
        Objects.requireNonNull(endpoint);
        Objects.requireNonNull(tlsServerName);
        Objects.requireNonNull(kubeconfig);
        Objects.requireNonNull(context);
        Objects.requireNonNull(as);
        roleArn.ifPresent(arn -> {
            if (!arn.matches("arn:[a-z0-9-]+:iam::\\d{12}:role/\\S+")) {
                throw MigrationException.user(
                        "AWS-ROLE-ARN",
                        "--role-arn " + arn + " is no ARN of a role",
                        "give arn:aws:iam::ACCOUNT:role/NAME");
            }
        });
        endpoint.ifPresent(url -> {
            if (!url.matches("https?://[^/\\s]+/?")) {
                throw MigrationException.user(
                        "CLUSTER-ENDPOINT", "--endpoint " + url + " is no URL", "give https://HOST:PORT");
            }
        });
    }

    /** The same for another cluster of this account: without what leads to this one's API server. */
    public ConnectionSettings ofAnotherCluster() {
        return new ConnectionSettings(
                region, profile, roleArn, Optional.empty(), Optional.empty(), kubeconfig, Optional.empty(), as);
    }

    /** Nothing said: all is found as the AWS tools find it. */
    public static ConnectionSettings none() {
        return new Builder().build();
    }

    /** The same in that region. */
    public ConnectionSettings inRegion(Optional<String> other) {
        return new ConnectionSettings(other, profile, roleArn, endpoint, tlsServerName, kubeconfig, context, as);
    }

    /** Starts with nothing said. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether a kubeconfig is to be used. */
    public boolean usesKubeconfig() {
        return kubeconfig.isPresent() || context.isPresent();
    }

    /** Collects settings; each value may be empty, as an option that was not given. */
    public static final class Builder {
        private Optional<String> region = Optional.empty();
        private Optional<String> profile = Optional.empty();
        private Optional<String> roleArn = Optional.empty();
        private Optional<String> endpoint = Optional.empty();
        private Optional<String> tlsServerName = Optional.empty();
        private Optional<Path> kubeconfig = Optional.empty();
        private Optional<String> context = Optional.empty();
        private Optional<String> as = Optional.empty();

        private Builder() {}

        public Builder withRegion(Optional<String> value) {
            region = value;
            return this;
        }

        public Builder withProfile(Optional<String> value) {
            profile = value;
            return this;
        }

        public Builder withRoleArn(Optional<String> value) {
            roleArn = value;
            return this;
        }

        public Builder withEndpoint(Optional<String> value) {
            endpoint = value;
            return this;
        }

        public Builder withTlsServerName(Optional<String> value) {
            tlsServerName = value;
            return this;
        }

        public Builder withKubeconfig(Optional<Path> value) {
            kubeconfig = value;
            return this;
        }

        public Builder withContext(Optional<String> value) {
            context = value;
            return this;
        }

        public Builder withAs(Optional<String> value) {
            as = value;
            return this;
        }

        /**
         * The settings.
         *
         * @throws MigrationException when a value cannot be what it should be
         */
        public ConnectionSettings build() {
            return new ConnectionSettings(region, profile, roleArn, endpoint, tlsServerName, kubeconfig, context, as);
        }
    }
}
