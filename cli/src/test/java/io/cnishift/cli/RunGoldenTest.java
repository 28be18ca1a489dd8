package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands of one migration print, from apply to rollback: on stdout and, piped, on stderr. */
final class RunGoldenTest {

    private static final Path GOLDEN = Golden.root().resolve("cli/src/test/resources/io/cnishift/cli/golden/run");

    @TempDir
    private Path folder;

    @Test
    void printsWhatItPrinted() {
        call("plan-out", 0, "plan --cluster sim:minnie-wallace --strategy overlay --out plan.yaml", "txt");
        call("dry-run", 0, "apply plan.yaml --dry-run --until decouple-lb", "sh");
        call("dry-run", 0, "apply plan.yaml --dry-run --until decouple-lb -o json", "json");
        call("server-dry-run", 0, "apply plan.yaml --dry-run=server --until fence", "txt");
        call("server-dry-run", 0, "apply --dry-run=server plan.yaml --until decouple-lb -o json", "json");
        call("apply", 5, "apply plan.yaml --yes --until fence", "txt");
        call("status", 0, "status", "txt");
        call("status", 0, "status -o json", "json");
        call("status", 0, "status -o markdown", "md");
        call("way-back", 0, "rollback --dry-run", "txt");
        call("way-back", 0, "rollback --dry-run -o json", "json");
        call("way-back", 0, "rollback --dry-run -o markdown", "md");
        call("resume", 5, "resume --until install -o json", "json");
        call("rollback", 0, "rollback --yes", "txt");
    }

    private void call(String name, int code, String commandLine, String form) {
        Run run = Run.of(folder, commandLine.split(" "));
        assertThat(run.code()).as(commandLine + "\n" + run.err()).isEqualTo(code);
        if (form.equals("txt")) {
            assertThat(run.out().lines().filter(line -> line.length() > 100)).isEmpty();
        }
        Golden.compare(run.out(), GOLDEN.resolve(name + "." + form));
        if (form.equals("txt")) {
            Golden.compare(run.err(), GOLDEN.resolve(name + ".err.txt"));
        }
    }
}
