package io.cnishift.cli.command;

import io.cnishift.adapters.target.ConnectionSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How AWS and the API server of a real cluster are reached. None of it is a secret. */
final class ConnectionOptions {

    @Option(names = "--region", paramLabel = "REGION", description = "AWS region of a real cluster.")
    private @Nullable String region;

    @Option(names = "--profile", paramLabel = "NAME", description = "Profile of the AWS configuration files.")
    private @Nullable String profile;

    @Option(names = "--role-arn", paramLabel = "ARN", description = "IAM role to assume.")
    private @Nullable String roleArn;

    @Option(names = "--endpoint", paramLabel = "URL", description = "URL of the API server, for tunnels.")
    private @Nullable String endpoint;

    @Option(
            names = "--tls-server-name",
            paramLabel = "NAME",
            description = "Name that the API server's certificate must have, with --endpoint.")
    private @Nullable String tlsServerName;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Reach the API server as this file says, not with a token made from AWS credentials.")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "Context of the kubeconfig.")
    private @Nullable String context;

    @Option(names = "--as", paramLabel = "USER", description = "User to impersonate.")
    private @Nullable String as;

    /** The first of these options that was given. */
    Optional<String> given() {
        return all().map(Map.Entry::getKey).findFirst();
    }

    /** What was given, as it is said to the next command: each option after a space. */
    String words() {
        return all().map(o -> " " + o.getKey() + " " + PlanCall.quoted(o.getValue()))
                .collect(Collectors.joining());
    }

    private Stream<Map.Entry<String, String>> all() {
        return Stream.of(
                        Map.entry("--region", Optional.ofNullable(region)),
                        Map.entry("--profile", Optional.ofNullable(profile)),
                        Map.entry("--role-arn", Optional.ofNullable(roleArn)),
                        Map.entry("--endpoint", Optional.ofNullable(endpoint)),
                        Map.entry("--tls-server-name", Optional.ofNullable(tlsServerName)),
                        Map.entry(
                                "--kubeconfig", Optional.ofNullable(kubeconfig).map(Path::toString)),
                        Map.entry("--context", Optional.ofNullable(context)),
                        Map.entry("--as", Optional.ofNullable(as)))
                .flatMap(option -> option.getValue().map(value -> Map.entry(option.getKey(), value)).stream());
    }

    /** The settings; paths are relative to the folder. */
    ConnectionSettings settings(Path folder) {
        return ConnectionSettings.builder()
                .withRegion(Optional.ofNullable(region))
                .withProfile(Optional.ofNullable(profile))
                .withRoleArn(Optional.ofNullable(roleArn))
                .withEndpoint(Optional.ofNullable(endpoint))
                .withTlsServerName(Optional.ofNullable(tlsServerName))
                .withKubeconfig(Optional.ofNullable(kubeconfig).map(folder::resolve))
                .withContext(Optional.ofNullable(context))
                .withAs(Optional.ofNullable(as))
                .build();
    }
}
