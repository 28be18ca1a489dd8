package io.cnishift.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.UncordonNode;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AgendaTest {

    private static final StepOutcome.Failed FAILED = new StepOutcome.Failed("the group is gone", Disposition.ASK);
    private static final StepOutcome.Ask ASK = new StepOutcome.Ask(
            List.of(new Question(
                    new Question.Origin(Question.From.NODE, "n1"),
                    new Question.Destination(Question.To.INTERNET, ""),
                    Question.Protocol.TCP,
                    443,
                    0)),
            "proving");

    private final FakeProgress progress = new FakeProgress();
    private final Agenda agenda = new Agenda();

    @Test
    void losesNoAnswerOfAnother() {
        agenda.take(Outcomes.done("nothing left"));
        assertThat(agenda.idle()).isTrue();
        agenda.take(Outcomes.notYet(7, "waiting for a budget"));
        assertThat(Scene.waiting(agenda.outcome(progress))).isEqualTo("waiting for a budget");
        agenda.take(ASK);
        assertThat(agenda.outcome(progress)).isEqualTo(ASK);
        agenda.take(FAILED);
        assertThat(agenda.idle()).isFalse();
        assertThat(agenda.outcome(progress)).isEqualTo(FAILED);
        Node node = Make.node("n1").build();
        agenda.take(Outcomes.perform("cordoning", List.of(new CordonNode(node.name(), node.uid()))));
        agenda.take(Outcomes.perform("letting in", List.of(new UncordonNode(node.name(), node.uid()))));
        assertThat(Scene.acts(agenda.outcome(progress))).hasSize(2);
    }
}
