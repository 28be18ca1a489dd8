package io.cnishift.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JournalStateTest {

    private final Journal journal = Journal.inMemory("m-1");

    private void append(int from, int to) {
        List<JournalRecord> records = Records.all();
        for (int i = from; i < to; i++) {
            journal.append(Records.START.plusSeconds(i), records.get(i));
        }
    }

    private Progress progress() {
        return journal.state().progress("one", Records.START.plusSeconds(100));
    }

    @Test
    void tellsWhatActsOfAStepCameTo() {
        append(0, 8);
        assertThat(progress().begunAt()).contains(Records.START.plusSeconds(2));
        Progress.Entry cordon = progress().last(CordonNode.class, "Node node-1").orElseThrow();
        assertThat(cordon.result()).isInstanceOf(ActResult.Performed.class);
        assertThat(cordon.at()).isEqualTo(Records.START.plusSeconds(4));
        assertThat(cordon.before()).containsKey("spec");
        assertThat(progress().all(ApplyObject.class)).hasSize(1);
        assertThat(progress().last(CordonNode.class, "Node node-2")).isEmpty();
        assertThat(progress().of("two").all(CordonNode.class)).isEmpty();
    }

    @Test
    void showsALostActAsUnavailableWithItsPreImage() {
        append(0, 8);
        assertThat(journal.state().open()).containsOnlyKeys(8L);
        append(8, 9);
        assertThat(journal.state().open()).isEmpty();
        assertThat(progress().all(CordonNode.class)).hasSize(2);
        Progress.Entry lost = progress().last(CordonNode.class, "Node node-1").orElseThrow();
        assertThat(lost.result()).isEqualTo(new ActResult.Refused(ActResult.Reason.UNAVAILABLE, "the process died"));
        assertThat(lost.before()).containsEntry("n", 1L << 40);
    }

    @Test
    void keepsTheLastAnswerAndTheGate() {
        append(0, 12);
        assertThat(progress().answer(Records.QUESTION).orElseThrow().reached()).isTrue();
        assertThat(journal.state().gatePasses("one")).isEqualTo(1);
        assertThat(journal.state().waiting("one")).contains("for the weather");
        assertThat(journal.state().trace("one").detail()).isEqualTo("for the weather");
    }

    @Test
    void keepsTheLatestAnswersToAQuestionInOrder() {
        append(0, 3);
        for (int i = 0; i < 25; i++) {
            Answer answer =
                    new Answer(i % 2 == 0 ? Answer.Verdict.REACHED : Answer.Verdict.UNKNOWN, "n" + i, Records.START);
            journal.append(Records.START, new JournalRecord.Answered("one", Records.QUESTION, answer));
        }
        assertThat(progress().answers(Records.QUESTION))
                .hasSize(20)
                .extracting(Answer::evidence)
                .startsWith("n5")
                .endsWith("n24");
        assertThat(progress().answer(Records.QUESTION))
                .contains(progress().answers(Records.QUESTION).get(19));
    }

    @Test
    void isUnderWaySinceItsBeginOrSinceTheRunLastWentOn() {
        append(0, 12);
        assertThat(progress().underWaySince()).isEqualTo(Records.START.plusSeconds(2));
        append(12, 20);
        assertThat(progress().underWaySince()).isEqualTo(Records.START.plusSeconds(19));
        assertThat(progress().goingBack()).isFalse();
        append(20, 21);
        assertThat(progress().underWaySince()).isEqualTo(Records.START.plusSeconds(20));
        assertThat(progress().goingBack()).isTrue();
        append(22, 23);
        assertThat(progress().underWaySince())
                .as("an owner has done its part")
                .isEqualTo(Records.START.plusSeconds(22));
    }

    @Test
    void isUnderWaySinceNowBeforeItIsAsked() {
        append(0, 2);
        assertThat(progress().underWaySince()).isEqualTo(progress().now());
    }

    @Test
    void countsGatePassesAnewOnceAStepIsDone() {
        append(0, 13);
        assertThat(journal.state().gatePasses("one")).isZero();
        assertThat(journal.state().done("one")).isTrue();
        assertThat(progress().done("one")).isTrue();
        assertThat(journal.state().deferred()).hasSize(1);
    }

    @Test
    void asksAgainForAStepThatLapsed() {
        append(0, 15);
        assertThat(journal.state().done("one")).isFalse();
        assertThat(journal.state().begun("one")).isTrue();
        assertThat(journal.state().skipped("two")).isTrue();
    }

    @Test
    void countsTheTimeOfAStepUntilItFirstEndedHoweverOftenItLapses() {
        append(0, 15);
        Instant first = journal.state().trace("two").finishedAt().orElseThrow();
        journal.append(Records.START.plusSeconds(900), new JournalRecord.StepDone("one", "again", List.of()));
        StepTrace trace = journal.state().trace("one");
        assertThat(trace.detail()).isEqualTo("again");
        assertThat(trace.finishedAt().orElseThrow())
                .isBefore(Records.START.plusSeconds(900))
                .isBeforeOrEqualTo(first);
    }

    @Test
    void isParkedAndHeldUntilResumed() {
        append(0, 19);
        assertThat(journal.state().run().held()).contains("roll");
        assertThat(journal.state().run().parkedAt()).contains(Records.START.plusSeconds(16));
        assertThat(journal.state().run().ended()).isPresent();
        assertThat(journal.state().passed("roll")).isFalse();
        append(19, 20);
        assertThat(journal.state().run().held()).isEmpty();
        assertThat(journal.state().run().parkedAt()).isEmpty();
        assertThat(journal.state().run().ended()).isEmpty();
        assertThat(journal.state().passed("roll")).isTrue();
    }

    @Test
    void forgetsAStepThatWasTakenBack() {
        append(0, Records.all().size());
        assertThat(journal.state().trace("one").standing()).isEqualTo(StepTrace.Standing.ROLLED_BACK);
        assertThat(journal.state().byFirstIntent()).doesNotContain("one");
        assertThat(progress().all(CordonNode.class)).isEmpty();
        assertThat(journal.state().deferred()).isEmpty();
    }

    @Test
    void whatAnOwnerWasAskedForCountsAsDoneWhenTheOwnerHasActed() {
        JournalRecord.OwnerAsked asked = new JournalRecord.OwnerAsked("one", Records.CORDON, Map.of("spec", "old"));
        journal.append(Records.START, asked);
        assertThat(journal.state().askedOfOwner("one")).containsExactly(Records.CORDON);
        assertThat(progress().all(CordonNode.class)).isEmpty();

        journal.append(Records.START.plusSeconds(9), new JournalRecord.OwnerActed("one"));
        assertThat(journal.state().askedOfOwner("one")).isEmpty();
        assertThat(progress().all(CordonNode.class)).singleElement().satisfies(entry -> {
            assertThat(entry.before()).isEqualTo(asked.before());
            assertThat(entry.result().done()).isTrue();
        });
        assertThat(journal.state().byFirstIntent()).containsExactly("one");
    }

    @Test
    void listsStepsByTheirFirstIntent() {
        journal.append(Records.START, new JournalRecord.StepBegun("a"));
        journal.append(Records.START, new JournalRecord.StepBegun("idle"));
        for (String step : List.of("a", "b", "a")) {
            journal.append(
                    Records.START,
                    new JournalRecord.ActIntended(
                            step, Records.CORDON, java.util.Map.of(), java.util.Optional.empty()));
        }
        assertThat(journal.state().byFirstIntent()).containsExactly("a", "b");
    }

    @Test
    void foldsTheSameFromACopy() {
        append(0, Records.all().size());
        assertThat(Journal.inMemory(journal).lines()).isEqualTo(journal.lines());
        assertThat(Journal.inMemory(journal).migration()).isEqualTo("m-1");
    }

    @Test
    void whatAStepTookIsItsWayForwardAndNotItsWayBack() {
        step("ended", 1);
        journal.append(Records.START.plusSeconds(5), done("ended"));
        step("broken", 10);
        journal.append(
                Records.START.plusSeconds(40), new JournalRecord.RollbackBegun(Optional.empty(), List.of(), "us"));
        journal.append(Records.START.plusSeconds(60), new JournalRecord.StepBack("broken", "as before"));
        journal.append(Records.START.plusSeconds(90), new JournalRecord.StepBack("ended", "as before"));

        assertThat(journal.state().trace("ended").finishedAt()).contains(Records.START.plusSeconds(5));
        assertThat(journal.state().trace("broken").finishedAt()).contains(Records.START.plusSeconds(40));
    }

    @Test
    void aStepThatBeginsAnewIsTimedAnew() {
        step("again", 1);
        journal.append(Records.START.plusSeconds(5), done("again"));
        journal.append(Records.START.plusSeconds(9), new JournalRecord.StepBack("again", "as before"));
        step("again", 20);

        assertThat(journal.state().trace("again").startedAt()).contains(Records.START.plusSeconds(20));
        assertThat(journal.state().trace("again").finishedAt()).isEmpty();
    }

    private void step(String id, int second) {
        journal.append(Records.START.plusSeconds(second), new JournalRecord.StepBegun(id));
    }

    private static JournalRecord done(String step) {
        return new JournalRecord.StepDone(step, "so it is", List.of());
    }
}
