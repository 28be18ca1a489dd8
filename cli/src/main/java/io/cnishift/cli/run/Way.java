package io.cnishift.cli.run;

import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.port.MigrationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a migration's cluster was reached when it was last worked on, kept beside its journal so that it need not be said again. No
 * credentials, and nothing that another machine could use, so it is not copied into the cluster.
 */
record Way(
        Optional<String> region,
        Optional<String> profile,
        Optional<String> roleArn,
        Optional<String> endpoint,
        Optional<String> tlsServerName,
        Optional<String> kubeconfig,
        Optional<String> context,
        Optional<String> as) {

    static Way of(ConnectionSettings settings) {
        return new Way(
                settings.region(),
                settings.profile(),
                settings.roleArn(),
                settings.endpoint(),
                settings.tlsServerName(),
                settings.kubeconfig().map(file -> file.toAbsolutePath().toString()),
                settings.context(),
                settings.as());
    }

    /**
     * These settings, with what is kept where they say nothing. What belongs together comes from one of them: the context of one
     * kubeconfig means nothing in another.
     */
    ConnectionSettings under(ConnectionSettings given, String migration) {
        boolean server = Stream.of(given.endpoint(), given.tlsServerName(), given.kubeconfig(), given.context())
                .anyMatch(Optional::isPresent);
        boolean identity = given.profile().isPresent() || given.roleArn().isPresent();
        ConnectionSettings.Builder settings = ConnectionSettings.builder()
                .withRegion(given.region().or(() -> region))
                .withProfile(identity ? given.profile() : profile)
                .withRoleArn(identity ? given.roleArn() : roleArn)
                .withEndpoint(server ? given.endpoint() : endpoint)
                .withTlsServerName(server ? given.tlsServerName() : tlsServerName)
                .withKubeconfig(server ? given.kubeconfig() : file(migration))
                .withContext(server ? given.context() : context)
                .withAs(given.as().or(() -> as));
        return settings.build();
    }

    private Optional<Path> file(String migration) {
        Optional<Path> file = kubeconfig.map(Path::of);
        file.filter(f -> !Files.isReadable(f)).ifPresent(f -> {
            throw MigrationException.user(
                    "CLUSTER-KUBECONFIG",
                    "migration " + migration + " was last worked on with the kubeconfig " + f
                            + ", which cannot be read",
                    "give --kubeconfig FILE, or --context NAME for the default one");
        });
        return file;
    }
}
