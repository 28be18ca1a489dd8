package io.cnishift.cli;

import io.cnishift.api.MigrationStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The plug-in of examples/strategy-max-eni, compiled against the API alone as its own build does. */
final class ExampleJar {

    static final String NAME = "strategy-max-eni-1.0.0.jar";

    private static final Path SOURCES = Golden.root().resolve("examples/strategy-max-eni/src/main");

    private ExampleJar() {}

    /** Puts the jar into a folder. */
    static Path into(Path folder) {
        try {
            Path classes = Files.createTempDirectory(folder, "classes");
            List<String> arguments = new ArrayList<>(List.of(
                    "--release", "17", "-Xlint:all,-classfile", "-Werror", "-d", classes.toString(), "-cp", api()));
            files(SOURCES.resolve("java")).forEach(file -> arguments.add(file.toString()));
            int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            if (code != 0) {
                throw new AssertionError("the example does not compile");
            }
            Path jar = Files.createDirectories(folder.resolve("plugins")).resolve(NAME);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
                write(classes, out);
                write(SOURCES.resolve("resources"), out);
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path root, JarOutputStream out) throws IOException {
        for (Path file : files(root)) {
            out.putNextEntry(new JarEntry(root.relativize(file).toString()));
            out.write(Files.readAllBytes(file));
            out.closeEntry();
        }
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The API, and the annotations in its class files. */
    private static String api() {
        return Stream.of(MigrationStrategy.class, org.jspecify.annotations.NullMarked.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(place -> Path.of(URI.create(place.toString())).toString())
                .collect(java.util.stream.Collectors.joining(java.io.File.pathSeparator));
    }
}
