package io.cnishift.it.plugin;

import io.cnishift.api.MigrationStrategy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/**
 * A local repository of Maven in which the API of this build is installed. All else are links into the repository that the build uses,
 * so that nothing is downloaded and nothing of ours stays there.
 */
final class InstalledApi {

    private static final String VERSION = "0.1.0-SNAPSHOT";

    private InstalledApi() {}

    /** Makes the repository in that folder. */
    static Path into(Path folder, Path checkout) throws IOException {
        Path used = repository();
        Path repository = Files.createDirectory(folder.resolve("repository"));
        link(used, repository, "io");
        link(used.resolve("io"), Files.createDirectory(repository.resolve("io")), "cnishift");
        Path ours = Files.createDirectories(repository.resolve("io/cnishift"));
        install(ours, "cnishift-parent", checkout.resolve("pom.xml"));
        Path home = install(ours, "cnishift-api", checkout.resolve("api/pom.xml"));
        jar(place(MigrationStrategy.class), home.resolve("cnishift-api-" + VERSION + ".jar"));
        return repository;
    }

    private static Path install(Path ours, String artifact, Path pom) throws IOException {
        Path home = Files.createDirectories(ours.resolve(artifact).resolve(VERSION));
        Files.copy(pom, home.resolve(artifact + "-" + VERSION + ".pom"));
        return home;
    }

    private static void link(Path from, Path to, String except) throws IOException {
        for (Path entry : entries(from)) {
            String name = entry.getFileName().toString();
            if (!name.equals(except)) {
                Files.createSymbolicLink(to.resolve(name), entry);
            }
        }
    }

    /** Where a library of the tests comes from, as {@code org/assertj/assertj-core/VERSION/FILE}. */
    private static Path repository() {
        Path version = place(Assertions.class).getParent();
        Path group = version.getParent().getParent();
        return group.getParent().getParent();
    }

    /** The classes are a folder where nothing is packaged yet. */
    private static void jar(Path classes, Path jar) throws IOException {
        if (Files.isRegularFile(classes)) {
            Files.copy(classes, jar);
            return;
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                out.write(Files.readAllBytes(file));
                out.closeEntry();
            }
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static Path place(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
