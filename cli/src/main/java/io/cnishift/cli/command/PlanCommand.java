package io.cnishift.cli.command;

import io.cnishift.adapters.RealWorlds;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.cli.input.Place;
import io.cnishift.cli.page.Findings;
import io.cnishift.cli.page.Page;
import io.cnishift.cli.page.PlanPage;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.plan.PlanFiles;
import io.cnishift.engine.plan.Planner;
import io.cnishift.engine.plan.StrategyBook;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.run.RunListener;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Makes a plan for one strategy, to be read, reviewed, rehearsed and applied. */
@Command(name = "plan", description = "Makes a plan for one strategy: readable with its digest, or a file with --out.")
final class PlanCommand implements Callable<Integer> {

    private final Provider<Asked> asked;
    private final Provider<Planning> planning;
    private final Provider<RunParts> runs;
    private final Provider<RealWorlds> worlds;

    @ParentCommand
    private Cnishift root;

    @Mixin
    private AskOptions options;

    @Mixin
    private HoldOptions holds;

    @Mixin
    private HelmOptions helm;

    @Mixin
    private OutputOptions output;

    @Option(names = "--strategy", paramLabel = "ID", description = "The strategy to plan.")
    private @Nullable String chosen;

    @Option(
            names = "--replan",
            paramLabel = "PLAN",
            description =
                    "Make this plan again on the cluster as it is now, with the same options, consents and holds, and say"
                            + " what is other; give --values again.")
    private @Nullable String earlier;

    @Option(names = "--out", paramLabel = "FILE", description = "Save the plan; the digest of the file is its name.")
    private @Nullable String out;

    @Option(
            names = "--commands",
            description = "Show too which kubectl, aws and helm commands each step is the same as, from a rehearsal.")
    private boolean commands;

    @Option(
            names = "--hand-off",
            paramLabel = "DIR",
            description =
                    "Write what owners have to change, a file for each owner and phase, in their own language, from a rehearsal.")
    private @Nullable String handOff;

    @Inject
    PlanCommand(
            Provider<Asked> asked, Provider<Planning> planning, Provider<RunParts> runs, Provider<RealWorlds> worlds) {
        this.asked = asked;
        this.planning = planning;
        this.runs = runs;
        this.worlds = worlds;
    }

    /** What a plan is made with. */
    record Planning(StrategyBook book, Planner planner, PlanFiles files, Codec codec, Marks marks) {
        @Inject
        Planning {}

        /** The plan of that strategy, or why there is none. */
        PlanResult plan(String strategy, Asked.Question question) {
            return planner.plan(book.require(strategy), question.snapshot(), question.wishes());
        }
    }

    @Override
    public Integer call() {
        Terminal terminal = root.terminal();
        if (commands && output.forPrograms()) {
            throw MigrationException.user(
                    "CLI-USAGE",
                    "--commands is for reading, and a plan as data holds none",
                    "leave -o out, or use -o markdown");
        }
        helm.choice(terminal.folder());
        Planning parts = planning.get();
        Optional<Replan> again = again(terminal);
        String strategy = again.map(Replan::strategy).orElseGet(() -> String.valueOf(chosen));
        parts.book().require(strategy);
        folder().ifPresent(HandOff::requireOurs);
        Asked.Question asking = asked.get().question(options, strategy, holds, terminal.folder());
        Asked.Question question = again.map(a -> asked.get().beside(a.as(asking), options, terminal.folder()))
                .orElse(asking);
        return made(strategy, question, parts)
                .fold(
                        planned -> {
                            again.ifPresent(a -> a.tell(planned.plan(), parts.codec(), new Steady(terminal, false)));
                            return show(planned, question, parts);
                        },
                        refused -> refuse(strategy, parts.marks().suppress(refused.findings(), question.settings())));
    }

    /** The plan; without a Helm its releases, if it has any, are left to their owner. */
    private PlanResult made(String strategy, Asked.Question question, Planning parts) {
        PlanResult result = parts.plan(strategy, question);
        List<MigrationPlan.Step> releases =
                result.fold(planned -> HelmOptions.releases(planned.plan()), refused -> List.of());
        return helm.leavesReleases() && !releases.isEmpty()
                ? parts.plan(strategy, question.leaving(releases.get(0).kind(), strategy))
                : result;
    }

    /** The earlier plan that is made again; a plan is either made again or made for a strategy. */
    private Optional<Replan> again(Terminal terminal) {
        if ((earlier == null) == (chosen == null)) {
            throw MigrationException.user(
                    "CLI-USAGE",
                    "plan needs either --strategy or --replan",
                    "write 'cnishift plan --cluster TARGET --strategy ID' or 'cnishift plan --cluster TARGET --replan PLAN'");
        }
        if (earlier != null && options.strategies().chosen()) {
            throw MigrationException.user(
                    "CLI-USAGE",
                    "--replan takes the options of the earlier plan, and --set or --options would change them",
                    "leave them out, or make a new plan with --strategy");
        }
        return Optional.ofNullable(earlier)
                .map(file -> new Replan(runs.get().plan(file, terminal).plan()));
    }

    private int show(PlanResult.Planned planned, Asked.Question question, Planning parts) {
        Terminal terminal = root.terminal();
        MigrationPlan plan = planned.plan();
        String text = parts.files().text(plan);
        String digest = parts.files().digest(plan);
        List<Finding> findings = parts.marks().suppress(planned.findings(), question.settings());
        folder().ifPresent(to -> handOff(to, plan, digest, question));
        Steady steady = new Steady(terminal, root.verbose());
        runs.get().warn(plan, RunLimits.NONE, steady);
        options.intent()
                .unasked(planned.findings())
                .forEach(code -> steady.say("--accept " + code + ": this plan asks for nothing of the kind"));
        Optional<String> note = note(plan, question);
        if (out != null) {
            OutFile.write(terminal.folder().resolve(out), "--out", text);
            Saved saved = new Saved(out, digest, findings);
            output.print(
                    terminal,
                    parts.codec(),
                    Saved.class,
                    saved,
                    s -> with(saved(s, note, next(s.file(), plan)), plan, question));
        } else if (output.yaml()) {
            // the same as --out writes, so that it may be saved and applied
            terminal.out().print(text);
            terminal.out().flush();
        } else {
            output.printDocument(
                    terminal,
                    parts.codec(),
                    MigrationPlan.class,
                    plan,
                    p -> with(page(p, digest, findings, parts, note), p, question));
        }
        return ExitCode.OK.number();
    }

    /** What is said beside the plan: wishes that the caller has not written, and whether its charts were rendered. */
    private Optional<String> note(MigrationPlan plan, Asked.Question question) {
        if (!helm.namesCharts() && !HoldOptions.real(question.snapshot())) {
            return question.note();
        }
        try (RealWorlds real = worlds.get().with(helm.choice(root.terminal().folder()))) {
            Optional<String> rendered = new Rendering(real.renderer())
                    .atHand(plan, question.snapshot().cluster().kubernetesVersion());
            String both =
                    Stream.concat(question.note().stream(), rendered.stream()).collect(Collectors.joining("\n"));
            return Optional.of(both).filter(text -> !text.isEmpty());
        }
    }

    private Optional<HandOff> folder() {
        return Optional.ofNullable(handOff)
                .map(dir -> new HandOff(root.terminal().folder().resolve(dir)));
    }

    private void handOff(HandOff to, MigrationPlan plan, String digest, Asked.Question question) {
        HandOffTape tape = new HandOffTape();
        RunResult result = rehearse(plan, question, tape);
        int files = to.write(plan, digest, tape.sheets(), result.report());
        new Steady(root.terminal(), root.verbose())
                .say(handOff + ": " + Count.of(files, "file") + " of changes for owners, and README.md");
    }

    private RunResult rehearse(MigrationPlan plan, Asked.Question question, RunListener listener) {
        return runs.get()
                .rehearsals()
                .run(question.snapshot(), plan, new WorldFactory.Settings(1, Map.of()), RunLimits.THROUGH, listener);
    }

    /** The page with the commands below it, when they are asked for. */
    private Page with(Page page, MigrationPlan plan, Asked.Question question) {
        if (!commands) {
            return page;
        }
        CommandTape tape = new CommandTape(plan);
        RunResult result = rehearse(plan, question, tape);
        return Page.builder()
                .page(page)
                .page(tape.page(plan.cluster(), result.report()))
                .build();
    }

    /** What is printed when the plan itself goes to a file. */
    record Saved(String file, String sha256, List<Finding> findings) {}

    /** What to do with the file: a plan is rehearsed on what it was made from, and applied to the cluster that this was read from. */
    private String next(String file, MigrationPlan plan) {
        Place place = options.target().place(root.terminal().folder());
        String of = plan.cluster().source();
        boolean scenario =
                place.kind() == Place.Kind.SIMULATED && place.toString().equals(of);
        String way = options.target().connection().words();
        String rehearsal = "cnishift rehearse " + file + (scenario ? "" : " --cluster " + place) + way;
        boolean applies = of.startsWith("sim:") || of.startsWith("eks:");
        return root.hint(rehearsal + (applies ? ", then cnishift apply " + file + way : ""));
    }

    private static Page saved(Saved saved, Optional<String> note, String next) {
        Page.Builder page = Page.builder().sentence(saved.sha256() + "  " + saved.file());
        note.ifPresent(page::sentence);
        List<String> items = Findings.items(saved.findings());
        if (!items.isEmpty()) {
            page.heading("Findings").bullets(items);
        }
        return page.sentence("\nNext: " + next).build();
    }

    private static Page page(
            MigrationPlan plan, String digest, List<Finding> findings, Planning parts, Optional<String> note) {
        Page.Builder page = Page.builder().page(PlanPage.of(plan, digest, parts.codec(), note));
        List<String> items = Findings.items(findings);
        return (items.isEmpty() ? page : page.heading("Findings").bullets(items)).build();
    }

    private int refuse(String strategy, List<Finding> findings) {
        new Refusals(root.terminal(), output, planning.get().codec()).print(strategy, findings);
        return ExitCode.BLOCKED.number();
    }
}
