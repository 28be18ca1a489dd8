package io.cnishift.cli.command;

import io.cnishift.api.port.WorldFactory;
import io.cnishift.cli.input.Place;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.report.RunResult;
import java.util.Map;

/** Prints the commands that a plan amounts to. They come from a rehearsal, for what is to be done depends on what is seen. */
final class DryRun {

    private DryRun() {}

    static int print(RunParts run, StoredPlan stored, Place place, long seed, Terminal terminal) {
        CommandTape tape = new CommandTape();
        RunResult result = run.rehearsals()
                .run(
                        run.shelf().scenario(place.name()),
                        stored.plan(),
                        new WorldFactory.Settings(seed, Map.of()),
                        RunLimits.THROUGH,
                        tape);
        tape.lines().forEach(terminal.out()::println);
        terminal.out().flush();
        terminal.err().println("cnishift: rehearsed: " + result.report().outcome() + "; nothing was changed");
        terminal.err().flush();
        return result.exitCode().number();
    }
}
