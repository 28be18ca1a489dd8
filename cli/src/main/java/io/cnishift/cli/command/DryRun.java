package io.cnishift.cli.command;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.cli.page.Page;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.RunResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Prints the commands that a plan amounts to. They come from a rehearsal, for what is to be done depends on what is seen. */
final class DryRun {

    private final Cnishift root;
    private final OutputOptions output;
    private final RunParts run;

    DryRun(Cnishift root, OutputOptions output, RunParts run) {
        this.root = Objects.requireNonNull(root);
        this.output = Objects.requireNonNull(output);
        this.run = Objects.requireNonNull(run);
    }

    /** The commands of one step. */
    record StepCommands(String step, List<String> commands) {
        StepCommands {
            Objects.requireNonNull(step);
            commands = List.copyOf(commands);
        }
    }

    /** Prints; the exit code that the rehearsal ends with, unless it stopped where it was told to. */
    int print(StoredPlan stored, ClusterSnapshot cluster, WorldFactory.Settings settings, Optional<String> until) {
        CommandTape tape = new CommandTape(stored.plan());
        RunLimits limits = until.map(RunLimits.THROUGH::until).orElse(RunLimits.THROUGH);
        RunResult result = run.rehearsals().run(cluster, stored.plan(), settings, limits, tape);
        List<StepCommands> steps = tape.commands().entrySet().stream()
                .map(e -> new StepCommands(e.getKey(), e.getValue()))
                .toList();
        if (output.raw()) {
            script(tape);
        } else {
            output.printList(root.terminal(), run.codec(), StepCommands.class, steps, DryRun::page);
        }
        new Steady(root.terminal(), root.verbose())
                .say("rehearsed: " + result.report().outcome() + "; nothing was changed");
        boolean asked = until.isPresent() && result.exitCode() == ExitCode.PAUSED;
        return asked ? ExitCode.OK.number() : result.exitCode().number();
    }

    /** Unbroken lines, however long: they are to be read by a shell. */
    private void script(CommandTape tape) {
        PrintWriter out = root.terminal().out();
        tape.lines().forEach(out::println);
        out.flush();
    }

    private static Page page(List<StepCommands> steps) {
        Page.Builder page = Page.builder();
        steps.forEach(s -> page.heading(s.step()).bullets(s.commands()));
        return page.build();
    }
}
