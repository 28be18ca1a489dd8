package io.cnishift.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.plan.Deferred;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Executor;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Question;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.engine.journal.RunEnd;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.journal.StepTrace;
import io.cnishift.engine.journal.StopCause;
import io.cnishift.engine.report.ExitCode;
import io.cnishift.engine.report.RunResult;
import io.cnishift.engine.report.StepLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RunnerTest {

    private final Runs runs = new Runs();
    private final FakeWorld world = runs.world;

    private static final MigrationPlan PLAN = Things.plan(
            Things.phase("fence", Things.write("settings", "new")),
            Things.phase("roll", Things.cordon("a"), Things.cordon("b")));

    private RunResult apply(MigrationPlan plan) {
        return runs.runner().apply(runs.request(plan));
    }

    private RunResult apply(StepOutcome... outcomes) {
        AtomicInteger asked = new AtomicInteger();
        runs.kinds.forward.put(
                "s", (view, progress) -> outcomes[Math.min(asked.getAndIncrement(), outcomes.length - 1)]);
        return apply(Things.plan(Things.phase("one", Things.scripted("s"))));
    }

    @Test
    void doesEveryStepInOrder() {
        RunResult result = apply(PLAN);
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(result.report().end()).contains(RunEnd.COMPLETE);
        assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(world.acts)
                .containsExactly(
                        TinyKinds.applying("settings", "new"),
                        new CordonNode("a", "uid-a"),
                        new CordonNode("b", "uid-b"));
        assertThat(result.report().steps())
                .extracting(StepLine::id, StepLine::phase, StepLine::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("write-settings", "fence", StepTrace.Standing.DONE),
                        org.assertj.core.groups.Tuple.tuple("cordon-a", "roll", StepTrace.Standing.DONE),
                        org.assertj.core.groups.Tuple.tuple("cordon-b", "roll", StepTrace.Standing.DONE));
    }

    @Test
    void writesIntentAndPreImageBeforeEachActAndTheOutcomeBehindIt() {
        List<JournalRecord> lastBefore = new ArrayList<>();
        world.beforeAct = act -> lastBefore.add(
                runs.journal.lines().get(runs.journal.lines().size() - 1).record());
        apply(PLAN);
        assertThat(lastBefore).hasSize(3);
        for (int i = 0; i < 3; i++) {
            JournalRecord.ActIntended intent = (JournalRecord.ActIntended) lastBefore.get(i);
            assertThat(intent.act()).isEqualTo(world.acts.get(i));
            assertThat(intent.before()).isNotEmpty();
            assertThat(intent.undo()).isPresent();
        }
        List<JournalLine> lines = runs.journal.lines();
        for (JournalLine line : lines) {
            if (line.record() instanceof JournalRecord.ActIntended) {
                JournalRecord next = lines.get((int) line.seq()).record();
                assertThat(next)
                        .isInstanceOfSatisfying(
                                JournalRecord.ActEnded.class,
                                ended -> assertThat(ended.intent()).isEqualTo(line.seq()));
            }
        }
    }

    @Test
    void waitsByTheClockUntilSomethingChanges() {
        world.later(Duration.ofSeconds(70), () -> world.put(Things.config("settings", "ripe")));
        runs.kinds.forward.put(
                "s",
                (view, progress) ->
                        TinyKinds.value(view, "settings").filter("ripe"::equals).isPresent()
                                ? TinyKinds.done()
                                : TinyKinds.notYet("it is "
                                        + TinyKinds.value(view, "settings").orElse("")));
        RunResult result = apply(Things.plan(Things.phase("one", Things.scripted("s"))));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(result.report().durationSeconds()).isBetween(Duration.ofSeconds(70), Duration.ofSeconds(71));
        assertThat(world.awaited).isNotEmpty();
        assertThat(runs.records(JournalRecord.Waiting.class))
                .containsExactly(new JournalRecord.Waiting("s", "it is old"));
    }

    @Test
    void asksAndShowsTheStepTheAnswer() {
        Question question = Question.of(Question.From.NODE, "a", Question.To.POD, "x/y", Question.Protocol.TCP, 80);
        runs.kinds.forward.put(
                "s",
                (view, progress) -> progress.answer(question)
                        .filter(Answer::reached)
                        .map(answer -> TinyKinds.done())
                        .orElse(new StepOutcome.Ask(List.of(question), "proof")));
        RunResult result = apply(Things.plan(Things.phase("one", Things.scripted("s"))));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(runs.records(JournalRecord.Answered.class)).hasSize(1);
    }

    @Test
    void stopsAStepThatAsksWithoutEnd() {
        Question question = Question.of(Question.From.NODE, "a", Question.To.POD, "x/y", Question.Protocol.TCP, 80);
        RunResult result = apply(new StepOutcome.Ask(List.of(question), "proof"));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.FAILED);
        assertThat(result.report().reason()).contains("asks without end");
    }

    @Test
    void pausesParkedWhenAStepIsBlocked() {
        Finding finding = Finding.of("X", Severity.BLOCKER, "Node a", "is stuck", "look", "docs");
        RunResult result = apply(new StepOutcome.Blocked(finding));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(result.report().findings()).containsExactly(finding);
        assertThat(result.exitCode()).isEqualTo(ExitCode.PAUSED);
        assertThat(runs.records(JournalRecord.Parked.class)).hasSize(1);
    }

    @Test
    void endsByTheDispositionOfAFailure() {
        assertThat(apply(new StepOutcome.Failed("broken", Disposition.ASK))
                        .report()
                        .outcome())
                .isEqualTo(RunOutcome.PAUSED);
        runs.journal = io.cnishift.engine.journal.Journal.inMemory("m-2");
        assertThat(apply(new StepOutcome.Failed("broken", Disposition.ABORT))
                        .report()
                        .outcome())
                .isEqualTo(RunOutcome.FAILED);
        runs.journal = io.cnishift.engine.journal.Journal.inMemory("m-3");
        assertThat(apply(new StepOutcome.Failed("flaky", Disposition.RETRY), TinyKinds.done())
                        .report()
                        .outcome())
                .isEqualTo(RunOutcome.SUCCEEDED);
    }

    @Test
    void failsWithItsCauseWhenAHandlerThrowsAndCanBeResumed() {
        runs.kinds.forward.put("s", (view, progress) -> {
            throw new IllegalStateException("oops");
        });
        MigrationPlan plan = Things.plan(Things.phase("one", Things.write("settings", "new"), Things.scripted("s")));
        RunResult result = apply(plan);
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.FAILED);
        assertThat(result.report().reason()).contains("step s").contains("oops");
        assertThat(result.failure()).containsInstanceOf(IllegalStateException.class);
        assertThat(result.exitCode()).isEqualTo(ExitCode.INTERNAL_ERROR);
        runs.kinds.forward.remove("s");
        RunResult again = runs.runner().resume(runs.request(plan));
        assertThat(again.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(world.acts).hasSize(1);
    }

    @Test
    void retriesAfterConflictsWithGrowingPauses() {
        world.refuse("Node a", ActResult.Reason.CONFLICT, ActResult.Reason.THROTTLED, ActResult.Reason.UNAVAILABLE);
        RunResult result = apply(Things.plan(Things.phase("one", Things.cordon("a"))));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(result.report().durationSeconds()).isEqualTo(Duration.ofSeconds(1 + 2 + 4));
        assertThat(runs.records(JournalRecord.ActEnded.class)).hasSize(4);
    }

    @Test
    void pausesWhenAnApiTakesNothingForAQuarterOfAnHour() {
        for (int i = 0; i < 100; i++) {
            world.refuse("Node a", ActResult.Reason.THROTTLED);
        }
        RunResult result = apply(Things.plan(Things.phase("one", Things.cordon("a"))));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(result.report().reason()).contains("refused for 15 minutes");
        assertThat(result.report().durationSeconds()).isLessThan(Duration.ofMinutes(17));
    }

    @Test
    void pausesSoonerWhenAnApiHasTheSameTroubleAllTheTime() {
        for (int i = 0; i < 100; i++) {
            world.refuse("Node a", ActResult.Reason.UNAVAILABLE);
        }
        RunResult result = apply(Things.plan(Things.phase("one", Things.cordon("a"))));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(result.report().reason())
                .contains("got the same answer for 5 minutes: Node a: refused for UNAVAILABLE");
        assertThat(result.report().durationSeconds()).isLessThan(Duration.ofMinutes(7));
    }

    @Test
    void showsRefusalsToTheStepThatJudgesThem() {
        world.refuse("Node a", ActResult.Reason.GONE);
        runs.kinds.forward.put(
                "s",
                (view, progress) -> progress.last(CordonNode.class, "Node a")
                        .map(entry -> (StepOutcome)
                                new StepOutcome.Done(entry.result().toString(), List.of()))
                        .orElse(new StepOutcome.Perform(List.of(new CordonNode("a", "uid-a")), "try")));
        RunResult result = apply(Things.plan(Things.phase("one", Things.scripted("s"))));
        assertThat(result.report().steps().get(0).detail()).contains("GONE");
    }

    @Test
    void marksAnActWhosePortThrewAsLostAndLooksAgain() {
        AtomicInteger calls = new AtomicInteger();
        world.beforeAct = act -> {
            if (calls.getAndIncrement() == 0) {
                throw new MigrationException(
                        "X",
                        MigrationException.Category.ENVIRONMENT,
                        Disposition.RETRY,
                        "connection reset",
                        "wait",
                        null);
            }
        };
        RunResult result = apply(Things.plan(Things.phase("one", Things.cordon("a"))));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(runs.records(JournalRecord.ActLost.class)).hasSize(1);
        assertThat(runs.journal.state().open()).isEmpty();
    }

    @Test
    void doesNotActTwiceOnAnObjectBeforeTheFirstActIsSeen() {
        world.watchLag = Duration.ofSeconds(7);
        RunResult result = apply(PLAN);
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(world.acts).hasSize(3);
    }

    @Test
    void readsAPartAgainWhenAnActIsNotSeenInTime() {
        world.watchLag = Duration.ofDays(1);
        RunResult result = apply(Things.plan(Things.phase("one", Things.cordon("a"))));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(world.acts).hasSize(1);
        assertThat(result.report().durationSeconds()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));
        assertThat(world.reads.get(Part.NODES)).isEqualTo(2);
    }

    @Test
    void pollsWhatNoWatchFeedsByItsAge() {
        world.watched.remove(Part.CONFIG_MAPS);
        world.later(Duration.ofSeconds(70), () -> world.put(Things.config("settings", "ripe")));
        runs.kinds.forward.put(
                "s",
                (view, progress) ->
                        TinyKinds.value(view, "settings").filter("ripe"::equals).isPresent()
                                ? TinyKinds.done()
                                : new StepOutcome.NotYet(Duration.ofHours(1), "unripe"));
        RunResult result = apply(Things.plan(Things.phase("one", Things.scripted("s"))));
        assertThat(result.report().durationSeconds()).isBetween(Duration.ofSeconds(75), Duration.ofSeconds(76));
        assertThat(world.reads.get(Part.CONFIG_MAPS)).isEqualTo(6);
        assertThat(world.reads.get(Part.NODES)).isEqualTo(1);
    }

    @Test
    void waitsForAPartThatCannotBeReadAndPausesByItsReason() {
        world.unknown.add(new Unknown(Part.CONFIG_MAPS, "ConfigMaps", "forbidden", "allow k8s:list configmaps"));
        RunResult result = apply(PLAN);
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(result.report().reason()).contains("ConfigMaps cannot be read: forbidden; allow k8s:list");
        assertThat(world.acts).isEmpty();
        world.unknown.clear();
        world.forgetWatches();
        assertThat(runs.runner().resume(runs.request(PLAN)).report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
    }

    @Test
    void refusesAPlanWhoseFactsHaveChangedBeforeItWritesAnything() {
        MigrationPlan.Step step = Things.cordon("a")
                .with(List.of(Fact.equal("nodes/a", "unschedulable", "true"), Fact.atLeast("nodes", "count", 3)));
        RunResult result = apply(Things.plan(Things.phase("one", step)));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.BLOCKED);
        assertThat(result.exitCode()).isEqualTo(ExitCode.BLOCKED);
        assertThat(result.report().findings())
                .extracting(Finding::subject, Finding::message)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "nodes/a", "unschedulable is false, but step cordon-a was planned on true"),
                        org.assertj.core.groups.Tuple.tuple(
                                "nodes", "count is 2, but step cordon-a was planned on at least 3"));
        assertThat(world.acts).isEmpty();
        assertThat(runs.journal.isEmpty()).isTrue();
    }

    @Test
    void checksAtResumeOnlyTheFactsOfStepsNotBegun() {
        MigrationPlan.Step first = Things.cordon("a").with(List.of(Fact.equal("nodes/a", "unschedulable", "false")));
        MigrationPlan.Step second = Things.cordon("b").with(List.of(Fact.equal("nodes/b", "unschedulable", "false")));
        MigrationPlan plan = Things.plan(Things.phase("one", first), Things.phase("two", second));
        runs.runner().apply(runs.request(plan).within(RunLimits.NONE.until("one")));
        world.put(Things.node("b", 200, true));
        assertThat(runs.runner().resume(runs.request(plan)).report().findings())
                .extracting(Finding::subject)
                .containsExactly("nodes/b");
        world.put(Things.node("b", 201, false));
        assertThat(runs.runner().resume(runs.request(plan)).report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
    }

    @Test
    void refusesAnotherClusterBeforeItWritesAnything() {
        MigrationPlan other = new MigrationPlan(
                MigrationPlan.FORMAT,
                "test",
                new io.cnishift.api.plan.Target("sim:one", "one", "111122223333", Things.ARN, "eu-west-1", "uid-other"),
                java.util.Map.of(),
                List.of(),
                List.of(),
                List.of(),
                PLAN.phases(),
                Optional.empty());
        assertThatThrownBy(() -> apply(other))
                .isInstanceOfSatisfying(
                        MigrationException.class, e -> assertThat(e.code()).isEqualTo("RUN-WRONG-TARGET"))
                .hasMessageContaining("UID of kube-system is uid-one, not uid-other");
        assertThat(world.acts).isEmpty();
        assertThat(runs.journal.isEmpty()).isTrue();
    }

    @Test
    void aClusterThatOneOfTwoApisDidNotShowIsNoOther() {
        world.put(Things.halfRead());
        world.unknown.add(new Unknown(Part.CLUSTER, "all but its UID", "eks did not answer", "try again"));
        assertThatThrownBy(() -> apply(PLAN))
                .isInstanceOfSatisfying(
                        MigrationException.class, e -> assertThat(e.code()).isEqualTo("RUN-NO-CLUSTER"))
                .hasMessageContaining("eks did not answer");
        assertThat(world.acts).isEmpty();
    }

    @Test
    void aClusterThatIsBeingDeletedIsNoOther() {
        world.put(Things.going());
        assertThatThrownBy(() -> apply(PLAN))
                .isInstanceOfSatisfying(
                        MigrationException.class, e -> assertThat(e.code()).isEqualTo("RUN-NO-CLUSTER"))
                .hasMessageContaining("cluster one is being deleted");
        assertThat(world.acts).isEmpty();
    }

    @Test
    void stopsBeforeAHeldPhaseUntilItIsLifted() {
        MigrationPlan plan = Things.plan(List.of("roll"), PLAN.phases().toArray(new MigrationPlan.Phase[0]));
        RunResult held = apply(plan);
        assertThat(held.report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(held.cause()).isEqualTo(StopCause.HOLD);
        assertThat(held.unsafe()).anyMatch(s -> s.contains("old groups must not launch nodes"));
        assertThat(world.acts).hasSize(1);
        assertThat(runs.runner().resume(runs.request(plan)).cause()).isEqualTo(StopCause.HOLD);
        RunResult lifted = runs.runner().resume(runs.request(plan).within(RunLimits.NONE.past("roll")));
        assertThat(lifted.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
    }

    @Test
    void goesThroughHoldsWhenTold() {
        MigrationPlan plan = Things.plan(List.of("roll"), PLAN.phases().toArray(new MigrationPlan.Phase[0]));
        RunResult result = runs.runner().apply(runs.request(plan).within(RunLimits.THROUGH));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
    }

    @Test
    void stopsBehindTheLastPhaseWanted() {
        RunResult result = runs.runner().apply(runs.request(PLAN).within(RunLimits.NONE.until("fence")));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(result.cause()).isEqualTo(StopCause.LIMIT);
        assertThat(world.value("settings")).isEqualTo("new");
        assertThat(world.cordoned("a")).isFalse();
    }

    @Test
    void refusesAPhaseThatThePlanHasNot() {
        assertThatThrownBy(() -> runs.runner().apply(runs.request(PLAN).within(RunLimits.NONE.until("rol"))))
                .hasMessageContaining("no phase 'rol'");
    }

    @Test
    void finishesTheActAtHandWhenInterruptedAndResumes() {
        Interrupt interrupt = new Interrupt();
        world.beforeAct = act -> interrupt.request();
        RunResult result = runs.runner().apply(runs.request(PLAN).stoppedBy(interrupt));
        assertThat(result.cause()).isEqualTo(StopCause.INTERRUPT);
        assertThat(result.exitCode()).isEqualTo(ExitCode.PAUSED);
        assertThat(world.acts).hasSize(1);
        assertThat(runs.journal.state().open()).isEmpty();
        assertThat(runs.journal.state().run().parkedAt()).isPresent();
        world.beforeAct = act -> {};
        assertThat(runs.runner().resume(runs.request(PLAN)).report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(world.acts).hasSize(3);
    }

    @Test
    void tellsAnInterruptWithNothingBegunApart() {
        Interrupt interrupt = new Interrupt();
        interrupt.request();
        RunResult result = runs.runner().apply(runs.request(PLAN).stoppedBy(interrupt));
        assertThat(world.acts).isEmpty();
        assertThat(result.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
    }

    @Test
    void wakesFromWaitingWhenInterrupted() {
        Interrupt interrupt = new Interrupt();
        runs.kinds.forward.put("s", (view, progress) -> new StepOutcome.NotYet(Duration.ofHours(1), "slow"));
        world.later(Duration.ofSeconds(5), () -> {
            interrupt.request();
            world.put(Things.node("b", 300, false));
        });
        RunResult result = runs.runner()
                .apply(runs.request(Things.plan(Things.phase("one", Things.scripted("s"))))
                        .stoppedBy(interrupt));
        assertThat(result.cause()).isEqualTo(StopCause.INTERRUPT);
        assertThat(result.report().durationSeconds()).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void pausesWhenAStepWaitsForHours() {
        RunResult result = apply(new StepOutcome.NotYet(Duration.ofSeconds(30), "a budget allows none"));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.PAUSED);
        assertThat(result.report().reason()).isEqualTo("step s has waited 2 hours: a budget allows none");
    }

    @Test
    void endsHybridAndLeavesOutWhatWouldTakeTheOldCniAway() {
        Deferred deferred = new Deferred("a", "db/0", "its volume");
        runs.kinds.forward.put("s", (view, progress) -> new StepOutcome.Done("but one", List.of(deferred)));
        MigrationPlan plan = Things.plan(
                Things.phase("fence", Things.hold("settings", "new", "remove-vpc-cni")),
                Things.phase("roll", Things.scripted("s")),
                Things.phase("remove-vpc-cni", Things.cordon("a")),
                Things.phase("steady", Things.cordon("b")),
                Things.phase("cleanup", Things.write("clean", "yes")));
        world.beforeAct = act -> {
            if (act.target().contains("clean")) {
                world.put(Things.config("settings", "meddled"));
            }
        };
        RunResult result = apply(plan);
        assertThat(result.report().end()).contains(RunEnd.HYBRID);
        assertThat(result.report().deferred()).containsExactly(deferred);
        assertThat(world.cordoned("a")).isFalse();
        assertThat(world.cordoned("b")).isFalse();
        assertThat(world.value("clean")).isEqualTo("yes");
        assertThat(world.value("settings")).as("the fence holds to the end").isEqualTo("new");
        assertThat(result.report().steps().get(2).outcome()).isEqualTo(StepTrace.Standing.SKIPPED);
    }

    @Test
    void isNotModelledWhenTheWorldCannotShowAnAct() {
        world.notModelled.add("image x is unknown");
        RunResult result = apply(PLAN);
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.NOT_MODELLED);
        assertThat(result.report().notModelled()).containsExactly("image x is unknown");
        assertThat(result.exitCode()).isEqualTo(ExitCode.VERIFICATION_FAILED);
    }

    @Test
    void neverWritesForAnOwnerButWaitsUntilTheOwnerHas() {
        MigrationPlan.Step plain = Things.write("settings", "new");
        MigrationPlan.Step owned = new MigrationPlan.Step(
                plain.id(),
                plain.kind(),
                plain.params(),
                plain.why(),
                plain.touches(),
                plain.facts(),
                plain.gate(),
                plain.rollback(),
                false,
                Executor.OWNER);
        world.later(Duration.ofMinutes(15), () -> world.put(Things.config("settings", "new")));
        RunResult result = apply(Things.plan(Things.phase("one", owned)));
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(world.acts).isEmpty();
        assertThat(world.askedOfOwners).isNotEmpty().allMatch(a -> a instanceof ApplyObject);
        assertThat(runs.records(JournalRecord.Waiting.class).get(0).reason())
                .startsWith("the owner has to do: printf '%s' '{")
                .endsWith("| kubectl apply --server-side --field-manager=cnishift -f -");
    }

    @Test
    void asksTheOwnerOnTheWayBackForWhatStoodThereBefore() {
        MigrationPlan plan =
                Things.plan(Things.phase("one", Things.write("settings", "new").by(Executor.OWNER)));
        world.later(Duration.ofMinutes(15), () -> world.put(Things.config("settings", "new")));
        apply(plan);
        assertThat(runs.records(JournalRecord.OwnerAsked.class))
                .singleElement()
                .satisfies(asked -> assertThat(asked.before().toString()).contains("value=old"));

        world.askedOfOwners.clear();
        world.later(Duration.ofMinutes(15), () -> world.put(Things.config("settings", "old")));
        RunResult back = runs.runner()
                .back(
                        runs.request(plan),
                        java.util.Optional.empty(),
                        runs.journal.state().byFirstIntent());
        assertThat(back.report().outcome()).isEqualTo(RunOutcome.ROLLED_BACK);
        assertThat(world.askedOfOwners).isNotEmpty().allMatch(TinyKinds.applying("settings", "old")::equals);
        assertThat(world.acts).isEmpty();
    }

    @Test
    void refusesAPlanItCannotRun() {
        assertThatThrownBy(() -> apply(Things.plan(Things.phase("one", Things.cordon("a"), Things.cordon("a")))))
                .hasMessageContaining("step cordon-a comes twice");
        MigrationPlan.Step strange =
                MigrationPlan.Step.of("x", "strange", new TinyKinds.Script("x"), "", List.of(), "");
        assertThatThrownBy(() -> apply(Things.plan(Things.phase("one", strange))))
                .hasMessageContaining("kind 'strange'");
        MigrationPlan.Step crossed = MigrationPlan.Step.of("x", "write", new TinyKinds.Script("x"), "", List.of(), "");
        assertThatThrownBy(() -> apply(Things.plan(Things.phase("one", crossed))))
                .hasMessageContaining("parameters of another kind");
    }

    @Test
    void goesOnlyOnWithTheSamePlanAndNotBehindTheEnd() {
        apply(PLAN);
        assertThatThrownBy(() -> runs.runner().resume(runs.request(PLAN))).hasMessageContaining("has ended: succeeded");
        assertThatThrownBy(() -> apply(PLAN)).hasMessageContaining("has begun already");
        assertThatThrownBy(() ->
                        runs.runner().resume(runs.request(Things.plan(Things.phase("roll", Things.cordon("a"))))))
                .hasMessageContaining("runs the plan");
    }

    @Test
    void keepsTheActsOfAStepApart() {
        apply(PLAN);
        assertThat(runs.journal.state().progress("cordon-a", world.now()).all(CordonNode.class))
                .hasSize(1);
        assertThat(runs.journal.state().progress("cordon-a", world.now()).all(ApplyObject.class))
                .isEmpty();
    }
}
