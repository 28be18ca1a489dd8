package io.cnishift.cli.command;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.port.ActResult;
import io.cnishift.engine.run.RunListener;
import io.cnishift.engine.slice.Forecast;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells on stderr how something goes on: a line for each phase, step and kind of waiting, with
 * {@code --verbose} for each act and each reason to wait too.
 */
final class Steady {

    private final Terminal terminal;
    private final boolean verbose;

    Steady(Terminal terminal, boolean verbose) {
        this.terminal = terminal;
        this.verbose = verbose;
    }

    /** Says one line. */
    void say(String line) {
        terminal.err().println("cnishift: " + terminal.commands(line));
        terminal.err().flush();
    }

    /** A listener for rehearsals: silent unless verbose, but for what the user asked to know. */
    RunListener listener() {
        return verbose ? telling() : new Foretelling();
    }

    /** Tells how far a run is expected to come, what it waits for, and what its guards see. */
    private class Foretelling implements RunListener {
        @Override
        public void foreseen(Forecast forecast) {
            say("forecast: " + forecast);
        }

        @Override
        public void awaiting(String reason) {
            say("waiting: " + reason);
        }

        @Override
        public void guard(String what) {
            say(what);
        }
    }

    /** A reason without what merely counts on or goes through objects; but each node of a roll is told. */
    private static String kind(String reason) {
        String node = reason.replaceFirst("^(node \\d+ of \\d+)?.*", "$1");
        return node + reason.replaceAll("\\S*\\d\\S*", "#");
    }

    /** A listener that tells all that goes on. */
    RunListener telling() {
        return new Foretelling() {
            private final Set<String> told = new HashSet<>();

            @Override
            public void phase(String phase) {
                say("phase " + phase);
            }

            @Override
            public void stepBegun(MigrationPlan.Step step) {
                say("  " + step.id());
            }

            @Override
            public void waiting(MigrationPlan.Step step, String reason) {
                if (verbose || told.add(step.id() + " " + kind(reason))) {
                    say("  " + step.id() + ": " + (reason.contains("waiting ") ? "" : "waiting: ") + reason);
                }
            }

            @Override
            public void performed(MigrationPlan.Step step, Act act, ActResult result) {
                if (verbose) {
                    String how = result.fold(done -> "done", refused -> refused.reason() + ": " + refused.message());
                    say("    " + act.getClass().getSimpleName() + " " + act.target() + ": " + how);
                }
            }

            @Override
            public void lapsed(MigrationPlan.Step step, String reason) {
                say("  " + step.id() + ": acts again: " + reason);
            }

            @Override
            public void stepEnded(MigrationPlan.Step step, String detail) {
                say("  " + step.id() + ": " + detail);
            }

            @Override
            public void parked(List<String> unsafe) {
                say("the cluster is parked");
                unsafe.forEach(u -> say("unsafe meanwhile: " + u));
            }
        };
    }
}
