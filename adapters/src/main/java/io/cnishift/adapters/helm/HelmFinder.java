package io.cnishift.adapters.helm;

import io.cnishift.adapters.target.Environment;
import io.cnishift.api.port.MigrationException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Finds the Helm that was chosen, and sees that it is new enough. */
final class HelmFinder {

    private final Environment environment;
    private final Properties system;

    /**
     * A finder.
     *
     * @param system of this JVM: machine, Java and class path
     */
    HelmFinder(Environment environment, Properties system) {
        this.environment = environment;
        this.system = system;
    }

    /**
     * The Helm to work with.
     *
     * @throws MigrationException when there is none, or it is too old
     */
    Helm find(HelmChoice choice) {
        return switch (choice.kind()) {
            case NAMED -> checked(choice.program().orElseThrow());
            case EMBEDDED ->
                embedded()
                        .orElseThrow(() -> missing("the embedded helm is for linux-amd64 only, and this is "
                                + system.getProperty("os.name") + " on " + system.getProperty("os.arch")));
            case FOUND -> found();
            case NONE -> throw missing("--helm none leaves every release to its owner");
        };
    }

    private Helm found() {
        Optional<Path> onPath = onPath();
        if (onPath.isEmpty()) {
            return embedded()
                    .orElseThrow(
                            () -> missing("there is no helm on PATH, and the embedded one is for linux-amd64 only"));
        }
        try {
            return checked(onPath.get());
        } catch (MigrationException e) {
            return embedded().orElseThrow(() -> e);
        }
    }

    private Helm checked(Path program) {
        HelmProgram helm = new HelmProgram(program, environment, ChildProcess.LIMIT);
        helm.check();
        return helm;
    }

    private Optional<Helm> embedded() {
        return EmbeddedChild.runsOn(system) ? Optional.of(new EmbeddedChild(environment, system)) : Optional.empty();
    }

    private Optional<Path> onPath() {
        return environment.first("PATH").stream()
                .flatMap(path -> Arrays.stream(path.split(File.pathSeparator, -1)))
                .filter(folder -> !folder.isBlank())
                .flatMap(HelmFinder::helmIn)
                .findFirst();
    }

    private static Stream<Path> helmIn(String folder) {
        try {
            Path helm = Path.of(folder, "helm").toAbsolutePath();
            return Files.isRegularFile(helm) && Files.isExecutable(helm) ? Stream.of(helm) : Stream.empty();
        } catch (InvalidPathException e) {
            // A folder that cannot be named has no helm in it.
            return Stream.empty();
        }
    }

    private static MigrationException missing(String message) {
        return MigrationException.user(
                "HELM-MISSING", message, "install helm 3.14 or later and put it on PATH, or name it with --helm PATH");
    }
}
