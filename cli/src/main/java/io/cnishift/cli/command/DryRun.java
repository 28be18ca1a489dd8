package io.cnishift.cli.command;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.cli.input.Place;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.RunListener;
import java.io.PrintWriter;
import java.util.Map;

/** Prints the commands that a plan amounts to. They come from a rehearsal, for what is to be done depends on what is seen. */
final class DryRun {

    private DryRun() {}

    static int print(RunParts run, StoredPlan stored, Place place, long seed, Terminal terminal) {
        PrintWriter out = terminal.out();
        RunListener listener = new RunListener() {
            @Override
            public void stepBegun(MigrationPlan.Step step) {
                out.println("# " + step.id());
            }

            @Override
            public void performed(MigrationPlan.Step step, Act act, ActResult result) {
                if (result.done()) {
                    out.println(act.command());
                }
            }
        };
        RunResult result = run.rehearsals()
                .run(
                        run.shelf().scenario(place.name()),
                        stored.plan(),
                        new WorldFactory.Settings(seed, Map.of()),
                        RunLimits.THROUGH,
                        listener);
        out.flush();
        terminal.err().println("cnishift: rehearsed: " + result.report().outcome() + "; nothing was changed");
        terminal.err().flush();
        return result.exitCode().number();
    }
}
