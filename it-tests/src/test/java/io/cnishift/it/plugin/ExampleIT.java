package io.cnishift.it.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.plan.StrategyBook;
import io.cnishift.engine.plugin.Plugins;
import io.cnishift.it.Sources;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maven builds examples/strategy-max-eni outside of this build, against the API alone, and the jar is a plug-in as it is. */
final class ExampleIT {

    private static final long MINUTES = 5;

    @TempDir
    private Path folder;

    @Test
    void buildsAPluginAgainstTheInstalledApi() throws IOException, InterruptedException {
        assumeTrue(onPath("mvn"), "no mvn on PATH");
        Path project = folder.resolve("project");
        copy(Sources.root().resolve("examples/strategy-max-eni"), project);

        build(project, InstalledApi.into(folder, Sources.root()));

        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Files.copy(project.resolve("target/strategy-max-eni-1.0.0.jar"), plugins.resolve("max-eni.jar"));
        StrategyBook book = Plugins.beside(StrategyBook.of(List.of()), List.of(plugins));
        assertThat(book.all()).extracting(LoadedStrategy::id).containsExactly("max-eni");
        assertThat(book.require("max-eni").fault()).isEmpty();
    }

    private void build(Path project, Path repository) throws IOException, InterruptedException {
        Path said = folder.resolve("build.log");
        ProcessBuilder builder = new ProcessBuilder(
                        "mvn", "-o", "-B", "-q", "-Dmaven.repo.local=" + repository, "package")
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("MAVEN_OPTS");
        Process process = builder.start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(Files.readString(said)).isZero();
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file :
                    all.filter(f -> !f.startsWith(from.resolve("target"))).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
