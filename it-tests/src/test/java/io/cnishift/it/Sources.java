package io.cnishift.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The main source files of this checkout, found from the folder of the module under test. */
public final class Sources {

    private Sources() {}

    /** The checkout's root: the parent of this module, whose folder surefire sets, or the working folder of an IDE. */
    public static Path root() {
        Path module = Path.of(System.getProperty("basedir", System.getProperty("user.dir")))
                .toAbsolutePath();
        Path root = Files.exists(module.resolve("it-tests/pom.xml")) ? module : module.getParent();
        if (root == null || !Files.exists(root.resolve("it-tests/pom.xml"))) {
            throw new IllegalStateException("no checkout around " + module);
        }
        return root;
    }

    static Path apiRootPackage() {
        return root().resolve("api/src/main/java/io/cnishift/api");
    }

    /** The Java files straight in one folder, package-info left out, sorted by name. */
    static List<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Sources::isType).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All Java files under the main sources of one module, package-info left out, sorted. */
    static List<Path> ofModule(String module) {
        Path folder = root().resolve(module).resolve("src/main/java");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Sources::isType).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All Java files under the main sources of every module. */
    static List<Path> ofAllModules() {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root())) {
            folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .sorted()
                    .forEach(module -> all.addAll(ofModule(module.getFileName().toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isType(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".java") && !name.equals("package-info.java");
    }
}
