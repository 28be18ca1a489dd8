package io.cnishift.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.SetAutoRepair;
import io.cnishift.api.act.UncordonNode;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Executor;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.engine.rehearse.ActTape;
import io.cnishift.engine.rehearse.CheckedStep;
import io.cnishift.engine.rehearse.CheckedStep.Said;
import io.cnishift.engine.rehearse.CheckedStep.Verdict;
import io.cnishift.engine.rehearse.ServerCheck;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ServerCheckTest {

    private final FakeWorld world = new FakeWorld();
    private final ActTape tape = new ActTape();
    private final MigrationPlan.Step first = Things.scripted("first");
    private final MigrationPlan.Step second = Things.scripted("second");

    private void tried(MigrationPlan.Step step, Act... acts) {
        tape.stepBegun(step);
        List.of(acts).forEach(act -> tape.performing(step, act, View.of(Snapshots.of(world.world(), "sim:one"))));
    }

    private static CordonNode cordon(String node) {
        return new CordonNode(node, "uid-" + node);
    }

    private void says(String node, Reason reason) {
        world.checks.put("Node " + node, new ActResult.Refused(reason, "no"));
    }

    private List<CheckedStep> checked() {
        List<CheckedStep> steps =
                new ServerCheck(world.world()).of(Things.plan(Things.phase("fence", first, second)), tape);
        assertThat(world.acts).isEmpty();
        return steps;
    }

    @Test
    void tellsWhatWouldBeTakenFromWhatWouldNot() {
        world.checks.put("Node a", new ActResult.Performed(Map.of()));
        says("b", Reason.ADMISSION);
        tried(first, cordon("a"), cordon("b"));
        CheckedStep step = checked().get(0);
        assertThat(step.acts()).extracting(Said::verdict).containsExactly(Verdict.ACCEPTED, Verdict.REFUSED);
        assertThat(step.acts().get(1).command()).isEqualTo("kubectl cordon b");
        assertThat(step.refused()).isTrue();
    }

    @Test
    void whatTheRunMakesOrWaitsForIsNoRefusal() {
        says("a", Reason.GONE);
        says("b", Reason.BUDGET);
        tried(first, cordon("a"), cordon("b"), new SetAutoRepair("workers", false));
        CheckedStep step = checked().get(0);
        assertThat(step.acts())
                .extracting(Said::verdict)
                .containsExactly(Verdict.UNKNOWN, Verdict.LATER, Verdict.UNKNOWN);
        assertThat(step.acts().get(2).detail()).contains("eks:UpdateNodegroupConfig cannot be asked");
        assertThat(step.refused()).isFalse();
    }

    @Test
    void whatAnEarlierStepChangesIsRefusedForAPermissionOnly() {
        says("a", Reason.INVALID);
        says("b", Reason.FORBIDDEN);
        tried(first, cordon("a"), cordon("b"));
        tried(second, new UncordonNode("a", "uid-a"), new UncordonNode("b", "uid-b"));
        List<CheckedStep> steps = checked();
        assertThat(steps.get(0).acts()).extracting(Said::verdict).containsOnly(Verdict.REFUSED);
        assertThat(steps.get(1).acts()).extracting(Said::verdict).containsExactly(Verdict.UNKNOWN, Verdict.REFUSED);
    }

    @Test
    void ofManyActsOfASortSomeAreAskedAbout() {
        tried(first, IntStream.range(0, 25).mapToObj(i -> cordon("n" + i)).toArray(Act[]::new));
        assertThat(checked().get(0).acts()).hasSize(20);
        assertThat(checked().get(0).more()).isEqualTo(5);
    }

    @Test
    void stepsOfOwnersAreNotAskedAboutAndOthersNotReachedNotListed() {
        MigrationPlan.Step left = first.by(Executor.OWNER);
        tape.stepBegun(left);
        tape.left(left, cordon("a"), View.of(Snapshots.of(world.world(), "sim:one")));
        says("a", Reason.FORBIDDEN);
        List<CheckedStep> steps =
                new ServerCheck(world.world()).of(Things.plan(Things.phase("fence", left, second)), tape);
        assertThat(steps).hasSize(1);
        assertThat(steps.get(0).acts().get(0).detail()).isEqualTo("left to its owner");
    }
}
