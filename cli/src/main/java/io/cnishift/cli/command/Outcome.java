package io.cnishift.cli.command;

import io.cnishift.cli.page.RunPage;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.journal.StepTrace;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.report.RunResult;

/** Prints what came of a run, and on stderr how to go on. */
final class Outcome {

    private Outcome() {}

    /** Prints what came of a rehearsal, of which nothing is kept; the exit code. */
    static int rehearsed(RunResult result, Cnishift root, OutputOptions output, Codec codec) {
        return print(result, root, output, codec, "nothing was changed, nothing is kept");
    }

    /** Prints, with what has to be given again; the exit code. */
    static int print(RunResult result, Cnishift root, OutputOptions output, Codec codec, Again again) {
        String id = result.report().migrationId();
        if (result.cause().goesOn()) {
            return print(result, root, output, codec, again.in("'cnishift rollback " + id + "' goes back"));
        }
        boolean unbegun =
                result.report().steps().stream().allMatch(step -> step.outcome() == StepTrace.Standing.PENDING);
        if (unbegun) {
            return print(result, root, output, codec, "nothing was begun");
        }
        String past = result.held().map(phase -> " --past " + phase).orElse("");
        return print(
                result,
                root,
                output,
                codec,
                again.in(
                        "go on with 'cnishift resume " + id + past + "', go back with 'cnishift rollback " + id + "'"));
    }

    private static int print(RunResult result, Cnishift root, OutputOptions output, Codec codec, String next) {
        Terminal terminal = root.terminal();
        output.print(terminal, codec, RunReport.class, result.report(), RunPage::of);
        ExitCode code = result.exitCode();
        Steady steady = new Steady(terminal, root.verbose());
        if (code == ExitCode.PAUSED || code == ExitCode.VERIFICATION_FAILED) {
            steady.say(root.hint("stopped: " + result.report().reason() + "; " + next));
        }
        if (code == ExitCode.INTERNAL_ERROR || code == ExitCode.BLOCKED) {
            steady.say(result.report().outcome() + ": " + result.report().reason());
        }
        result.failure().filter(f -> root.verbose()).ifPresent(f -> Causes.print(f, terminal.err()));
        return code.number();
    }
}
