package io.cnishift.cli.command;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.Surroundings;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Target;
import io.cnishift.api.port.ActResult;
import io.cnishift.cli.page.Page;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.plan.HandWork;
import io.cnishift.engine.report.RunReport;
import io.cnishift.engine.run.RunListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The kubectl, aws and helm commands that the acts of a run are the same as, by step. A plan does not hold them: what is to be
 * done depends on what is seen, so a rehearsal tells. An act by which an earlier step keeps holding stands under the step that
 * gave it cause: before, what it holds may not be there.
 */
final class CommandTape implements RunListener {

    private final MigrationPlan plan;
    private final Map<String, List<String>> commands = new LinkedHashMap<>();
    private final Map<String, String> versions = new HashMap<>();
    private String command = "";
    private String underWay = "";

    CommandTape(MigrationPlan plan) {
        this.plan = Objects.requireNonNull(plan);
    }

    @Override
    public void stepBegun(MigrationPlan.Step step) {
        underWay = step.id();
        commands.computeIfAbsent(step.id(), id -> byHand(step));
    }

    /** A held phase that changes nothing is there for what somebody does by hand: a comment says what, for no act will. */
    private List<String> byHand(MigrationPlan.Step step) {
        boolean asked = plan.phases().stream()
                .filter(phase -> plan.holds().contains(phase.id()))
                .filter(phase -> HandWork.before(phase).isPresent())
                .anyMatch(phase -> phase.steps().contains(step));
        return new ArrayList<>(asked ? List.of("# " + step.why()) : List.of());
    }

    /** Before the act, for afterwards what it names may be gone. */
    @Override
    public void performing(MigrationPlan.Step step, Act act, View view) {
        command = Invented.in(view).inCommand(act.command(new Surroundings(view, versions)));
    }

    @Override
    public void performed(MigrationPlan.Step step, Act act, ActResult result) {
        result.fold(
                (ActResult.Performed done) -> {
                    commands.computeIfAbsent(underWay, id -> new ArrayList<>()).add(line(act, done));
                    return done;
                },
                refused -> refused);
    }

    /** EC2 gives a new version its number, which need not be that of the rehearsal; what comes later asks the variable. */
    private String line(Act act, ActResult.Performed done) {
        if (!(act instanceof CreateTemplateVersion create)) {
            return command;
        }
        String variable = "template_version_" + (versions.size() + 1);
        versions.put(create.template() + ":" + Tree.number(done.produced(), 0, "version"), variable);
        return variable + "=$(" + command + " --query LaunchTemplateVersion.VersionNumber --output text)";
    }

    /** The commands of each step that began, in the order of their begin. */
    Map<String, List<String>> commands() {
        return Collections.unmodifiableMap(commands);
    }

    /** All of them, each step under a comment with its id. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        commands.forEach((step, of) -> {
            lines.add("# " + step);
            lines.addAll(of);
        });
        return lines;
    }

    /** The commands for reading and copying, and how far the rehearsal came. */
    Page page(Target cluster, RunReport report) {
        Page.Builder page = Page.builder().heading("Commands that the acts are the same as");
        page.sentence("For one POSIX shell, with kubectl and helm set to " + cluster.name()
                + ". Names of nodes, pods and instances are those of the rehearsal. Between acts cnishift looks"
                + " and waits, which no command shows.");
        if (commands.values().stream().flatMap(List::stream).anyMatch(line -> line.contains("SECOND_CONTEXT"))) {
            page.sentence(
                    "SECOND_CONTEXT is to name the kubeconfig context of the second cluster; without it the commands"
                            + " for that cluster fail.");
        }
        if (report.outcome() != RunOutcome.SUCCEEDED) {
            page.sentence("The rehearsal ended " + report.outcome() + ", so what comes later is missing: "
                    + report.reason() + ".");
        }
        return page.verbatim(String.join("\n", lines())).build();
    }
}
