package io.cnishift.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Probe;
import io.cnishift.api.StepKind;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.plan.PublishesCharts;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.plan.StrategyBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars in a folder: each apart from the host and from the others, and what is wrong with one costs its own row. */
final class PluginsTest {

    private static final String KIND = "return List.of(new StepKind<>(\"%s\", 1, Nothing.class, new Handler()));";

    @TempDir
    private Path folder;

    @Test
    void findsAJarByItselfAndOneWithItsLibraries() throws IOException {
        Plain.of("alone").jar().write(folder.resolve("alone.jar"));
        Plain.of("with")
                .field("String s = Lib.VERSION;")
                .jar()
                .source("org.example.Lib", lib("1"))
                .write(folder.resolve("with/main.jar"), "org/example/Lib");
        new Jar().source("org.example.Lib", lib("1")).write(folder.resolve("with/lib.jar"));
        Files.writeString(folder.resolve("README.txt"), "no plug-in");

        assertThat(load().all())
                .extracting(LoadedStrategy::id, LoadedStrategy::source)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "alone", folder.resolve("alone.jar").toString()),
                        org.assertj.core.groups.Tuple.tuple(
                                "with", folder.resolve("with").toString()));
        assertThat(load().all()).allMatch(loaded -> loaded.fault().isEmpty());
    }

    @Test
    void givesEachPluginItsOwnVersionOfALibrary() throws IOException {
        for (String version : List.of("1", "2")) {
            Plain.of("v" + version)
                    .assess("return none(Lib.version());")
                    .jar()
                    .source("org.example.Lib", lib(version))
                    .write(folder.resolve(version + ".jar"));
        }
        assertThat(load().all()).extracting(PluginsTest::gained).containsExactly("1", "2");
    }

    @Test
    void hidesTheHostFromPlugins() throws IOException {
        String seen = """
                String seen = "";
                for (String name : List.of(
                        "io.cnishift.api.Finding", "org.slf4j.Logger", "java.sql.Connection",
                        "io.cnishift.engine.plugin.Plugins", "com.fasterxml.jackson.core.JsonFactory")) {
                    try {
                        Class.forName(name);
                        seen += "+";
                    } catch (ClassNotFoundException e) {
                        seen += "-";
                    }
                }
                ClassLoader own = Plain.class.getClassLoader();
                seen += own.getResource("io/cnishift/api/Finding.class") == null ? "-" : "+";
                seen += own.getResource("org/slf4j/Logger.class") == null ? "-" : "+";
                seen += own.getResource("io/cnishift/engine/plugin/Plugins.class") == null ? "-" : "+";
                return none(seen);
                """;
        Plain.of("nosy").assess(seen).jar().write(folder.resolve("nosy.jar"));

        assertThat(gained(load().require("nosy"))).isEqualTo("+++--++-");
    }

    @Test
    void usesTheHostsApiAlsoWhereAJarBringsAnother() throws IOException {
        Plain.of("shaded")
                .jar()
                .entry("io/cnishift/api/Finding.class", "no class file")
                .entry("io/cnishift/api/Assessment.class", "no class file")
                .write(folder.resolve("shaded.jar"));

        assertThat(gained(load().require("shaded"))).isEqualTo("gained");
    }

    @Test
    void setsTheContextClassLoaderAroundEveryCall() throws IOException {
        String context = "return none(String.valueOf(Thread.currentThread().getContextClassLoader()"
                + " == Plain.class.getClassLoader()));";
        Plain.of("context").assess(context).jar().write(folder.resolve("context.jar"));
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        assertThat(gained(load().require("context"))).isEqualTo("true");
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void keepsWhatElseAStrategySaysOfItself() throws IOException {
        String source = Plain.of("charts")
                .field("public List<String> charts() { return List.of(\"c\"); }")
                .source()
                .replace("implements MigrationStrategy", "implements MigrationStrategy, PublishesCharts");
        new Jar().source(Plain.NAME, source).provides(Plain.NAME).write(folder.resolve("charts.jar"));

        assertThat(load().require("charts").strategy())
                .isInstanceOfSatisfying(
                        PublishesCharts.class, p -> assertThat(p.charts()).containsExactly("c"));
    }

    @Test
    void tellsOfEachJarThatCannotBeUsedAndGoesOnWithTheOthers() throws IOException {
        Plain.of("good").jar().write(folder.resolve("z-good.jar"));
        Files.writeString(folder.resolve("torn.jar"), "PK but no more");
        new Jar().entry("a.txt", "a").write(folder.resolve("empty.jar"));
        Files.createDirectory(folder.resolve("hollow"));
        Plain.of("future").api(2).jar().write(folder.resolve("future.jar"));
        Plain.of("later").jar().forLaterJava().write(folder.resolve("later.jar"));
        Plain.of("thrower")
                .field("{ if (true) throw new IllegalStateException(\"no start\"); }")
                .jar()
                .write(folder.resolve("thrower.jar"));
        Plain.of("lacking")
                .field("Lib lib = new Lib();")
                .jar()
                .source("org.example.Lib", lib("1"))
                .write(folder.resolve("lacking.jar"), "org/example/Lib");
        new Jar().provides("org.example.None").write(folder.resolve("nowhere.jar"));
        Plain.of("Bad Id").jar().write(folder.resolve("id.jar"));

        assertThat(load().all().stream()
                        .collect(java.util.stream.Collectors.toMap(LoadedStrategy::id, PluginsTest::fault)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "good", "",
                        "torn-jar", "PLUGIN-BROKEN",
                        "empty-jar", "PLUGIN-EMPTY",
                        "hollow", "PLUGIN-EMPTY",
                        "future-jar", "PLUGIN-API-VERSION",
                        "later-jar", "PLUGIN-BROKEN",
                        "thrower-jar", "PLUGIN-BROKEN",
                        "lacking-jar", "PLUGIN-BROKEN",
                        "nowhere-jar", "PLUGIN-BROKEN",
                        "id-jar", "PLUGIN-BROKEN"));
        assertThat(load().all())
                .allSatisfy(l -> l.fault()
                        .ifPresent(f -> assertThat(f.message())
                                .contains(Path.of(l.source()).getFileName().toString() + ": ")
                                .doesNotContain("\n")));
    }

    @Test
    void refusesWhatIsThereAlready() throws IOException {
        Plain.of("same").jar().write(folder.resolve("a.jar"));
        Plain.of("same").jar().write(folder.resolve("b.jar"));
        Plain.of("builtin").jar().write(folder.resolve("c.jar"));
        Plain.of("kinds").kinds(KIND.formatted("label-nodes")).jar().write(folder.resolve("d.jar"));
        Plain.of("one").kinds(KIND.formatted("mine")).jar().write(folder.resolve("e.jar"));
        Plain.of("two").kinds(KIND.formatted("mine")).jar().write(folder.resolve("f.jar"));
        MigrationStrategy builtin = Plugins.beside(StrategyBook.of(List.of()), List.of(folder))
                .require("builtin")
                .strategy();
        StrategyBook own = StrategyBook.of(List.of(new LoadedStrategy(builtin, "built-in")));

        StrategyBook book = Plugins.beside(own, List.of(folder));

        assertThat(book.require("same").source()).endsWith("a.jar");
        assertThat(book.require("builtin").builtIn()).isTrue();
        assertThat(List.of("b-jar", "c-jar", "d-jar", "f-jar"))
                .allSatisfy(id -> assertThat(fault(book.require(id))).isEqualTo("PLUGIN-DUPLICATE-ID"));
        assertThat(List.of("b-jar", "c-jar", "f-jar"))
                .extracting(id -> book.require(id).fault().orElseThrow().message())
                .containsExactly(
                        "b.jar: its strategy id 'same' is that of " + folder.resolve("a.jar") + " too",
                        "c.jar: its strategy id 'builtin' is that of a built-in strategy too",
                        "f.jar: its step kind 'mine' is that of one too");
    }

    @Test
    void turnsWhatIsThrownIntoAnswers() throws IOException {
        Plain.of("faulty")
                .assess("throw new StackOverflowError();")
                .plan("return null;")
                .kinds(KIND.formatted("mine"))
                .jar()
                .write(folder.resolve("faulty.jar"));
        MigrationStrategy faulty = load().require("faulty").strategy();
        StepKind<?> kind = faulty.stepKinds().get(0);
        Probe probe = faulty.probes().get(0);

        assertThat(faulty.assess(null).findings()).extracting(Finding::code).containsExactly("PLUGIN-FAILED");
        assertThat(faulty.assess(null).feasible()).isFalse();
        assertThat(faulty.plan(null))
                .isInstanceOfSatisfying(
                        PlanResult.Refused.class,
                        r -> assertThat(r.findings().get(0).message())
                                .isEqualTo("faulty.jar: its plan failed: it answered nothing"));
        assertThat(kind.handler().next(null, null, null))
                .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        f -> assertThat(f.error())
                                .isEqualTo("faulty.jar: its next failed: NoSuchMethodError: Act.gone()"));
        assertThat(kind.handler().back(null, null, null)).isInstanceOf(StepOutcome.Failed.class);
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> kind.handler().reads())
                .matches(e -> e.code().equals("PLUGIN-FAILED"));
        assertThat(probe.ask(null)).isEmpty();
        assertThat(probe.judge(null, Map.of()).status()).isEqualTo(ProbeStatus.UNKNOWN);
    }

    @Test
    void asksForAFolderThatIsThere() {
        Path none = folder.resolve("none");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> Plugins.beside(StrategyBook.of(List.of()), List.of(none)))
                .withMessage("there is no plug-in folder '" + none + "'");
    }

    private StrategyBook load() {
        return Plugins.beside(StrategyBook.of(List.of()), List.of(folder));
    }

    private static String gained(LoadedStrategy loaded) {
        return loaded.strategy().assess(null).features().gained().get(0);
    }

    private static String fault(LoadedStrategy loaded) {
        return loaded.fault().map(Finding::code).orElse("");
    }

    private static String lib(String version) {
        return "package org.example; public final class Lib { public static final String VERSION = \"" + version
                + "\"; public static String version() { return VERSION; } }";
    }
}
