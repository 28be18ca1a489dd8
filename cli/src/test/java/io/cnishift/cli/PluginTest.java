package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A strategy from a jar is one like any other: from the list of strategies to the way back. */
final class PluginTest {

    private static final String[] PLAN = {"--cluster", "sim:clean-cluster", "--strategy", "max-eni"};

    @TempDir
    private static Path made;

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeAll
    static void makeJar() {
        ExampleJar.into(made);
    }

    @BeforeEach
    void usePlugins() {
        environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
        environment.put("XDG_DATA_HOME", folder.resolve("data").toString());
        environment.put("CNISHIFT_PLUGIN_DIR", made.resolve("plugins").toString());
    }

    @Test
    void saysWhereEachStrategyCameFrom() {
        Run run = call("strategies", "-o", "json");
        assertThat(run.out())
                .contains("\"source\": \"" + made.resolve("plugins").resolve(ExampleJar.NAME) + "\"")
                .contains("\"source\": \"built-in\"");
        assertThat(call("explain", "MAXENI-HELD").out()).contains("probes of max-eni");
    }

    @Test
    void looksIntoTheFolderOfTheCommandLineThenOfTheVariableThenOfTheUser() throws IOException {
        Path data = folder.resolve("data/cnishift/plugins");
        Files.createDirectories(data);
        Files.copy(made.resolve("plugins").resolve(ExampleJar.NAME), data.resolve("usual.jar"));
        Path given = Files.createDirectory(folder.resolve("given"));
        Files.copy(data.resolve("usual.jar"), given.resolve("given.jar"));

        assertThat(call("strategies", "--plugin-dir", "given").out()).contains("given.jar");
        assertThat(call("--plugin-dir", "given", "strategies").out()).contains("given.jar");
        assertThat(call("strategies").out()).contains(ExampleJar.NAME).doesNotContain("usual.jar");
        environment.remove("CNISHIFT_PLUGIN_DIR");
        assertThat(call("strategies").out()).contains("usual.jar");
        Run none = call("strategies", "--plugin-dir", "none");
        assertThat(none.err())
                .contains("there is no plug-in folder")
                .contains("(PLUGIN-NO-FOLDER)")
                .hasLineCount(1);
        assertThat(none.code()).isEqualTo(2);
    }

    @Test
    void comparesItWithTheOthersWhateverElseIsInTheFolder() throws IOException {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Files.copy(made.resolve("plugins").resolve(ExampleJar.NAME), plugins.resolve("good.jar"));
        Files.writeString(plugins.resolve("torn.jar"), "no jar");

        Run run = call("compare", "--cluster", "sim:clean-cluster", "--plugin-dir", "plugins");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).containsPattern("(?m)^max-eni +yes +reached").containsPattern("(?m)^torn-jar +no ");
        assertThat(run.out()).contains("torn-jar: torn.jar: torn.jar is no jar").contains("PLUGIN-BROKEN");
        assertThat(call("strategies", "--plugin-dir", "plugins").out()).contains("PLUGIN-BROKEN");
        assertThat(call("plan", "--cluster", "sim:clean-cluster", "--strategy", "torn-jar", "--plugin-dir", "plugins"))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(3))
                .satisfies(refused -> assertThat(refused.err()).contains("PLUGIN-BROKEN"));
        assertThat(call("strategies", "nope", "--plugin-dir", "plugins").err())
                .contains("choose one of chaining,", "max-eni")
                .doesNotContain("torn-jar");
    }

    @Test
    void namesTheFolderInTheCommandsThatGoOn() {
        environment.remove("CNISHIFT_PLUGIN_DIR");
        String plugins = made.resolve("plugins").toString();
        Run planned =
                call("plan", PLAN, "--accept", "MAXENI-MORE-SLOTS", "--out", "plan.yaml", "--plugin-dir", plugins);
        assertThat(planned.out()).contains("cnishift rehearse --plugin-dir " + plugins + " plan.yaml");
        Run stopped = call("apply", "plan.yaml", "--yes", "--until", "preflight", "--plugin-dir", plugins);
        assertThat(stopped.err())
                .contains(
                        "'cnishift resume --plugin-dir " + plugins + " ", "'cnishift rollback --plugin-dir " + plugins);
        assertThat(call("status", "--plugin-dir", plugins).out())
                .contains("Next: cnishift resume --plugin-dir " + plugins);
    }

    @Test
    void plansRehearsesAppliesVerifiesAndTakesBack() {
        assertThat(call("plan", PLAN).err()).contains("MAXENI-MORE-SLOTS");
        Run planned = call("plan", PLAN, "--accept", "MAXENI-MORE-SLOTS", "--out", "plan.yaml");
        assertThat(planned.code()).as(planned.err()).isZero();
        assertThat(folder.resolve("plan.yaml")).content().contains("kind: cap-interfaces", "maxEni: 2");

        assertThat(call("rehearse", "plan.yaml").out()).contains("succeeded");
        assertThat(call("rehearse", "plan.yaml", "--fault", "kill@cap-interfaces")
                        .out())
                .contains("succeeded")
                .contains("the process died in the middle of it");
        assertThat(call("apply", "plan.yaml", "--yes", "--until", "preflight").code())
                .isEqualTo(5);
        Run resumed = call("resume", "-o", "json");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("\"outcome\": \"succeeded\"", "addresses free in subnet-");
        assertThat(call("verify").out()).containsPattern("MAXENI-HELD.*pass");
        Run back = call("rollback", "--yes");
        assertThat(back.code()).as(back.err()).isZero();
        assertThat(call("status", "-o", "json").out()).contains("\"outcome\": \"rolledBack\"");
    }

    @Test
    void saysWhatIsMissingWhereAPlanNeedsAPluginThatIsNotThere() {
        call("plan", PLAN, "--accept", "MAXENI-MORE-SLOTS", "--out", "plan.yaml");
        call("apply", "plan.yaml", "--yes", "--until", "preflight");
        environment.remove("CNISHIFT_PLUGIN_DIR");

        for (List<String> command :
                List.of(List.of("apply", "plan.yaml", "--yes"), List.of("resume"), List.of("rollback", "--yes"))) {
            Run run = call(command.get(0), command.subList(1, command.size()).toArray(String[]::new));
            assertThat(run.err())
                    .as(command.get(0))
                    .contains("nothing is known of the kind \"cap-interfaces\"")
                    .contains("--plugin-dir")
                    .hasLineCount(1);
            assertThat(run.code()).as(command.get(0)).isEqualTo(2);
        }
    }

    private Run call(String command, String[] arguments, String... more) {
        String[] all = new String[arguments.length + more.length];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return call(command, all);
    }

    private Run call(String command, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = command;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Run.of(folder, environment, all);
    }
}
