package io.cnishift.engine.verify;

import io.cnishift.api.Probe;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.ProbeStatus;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A probe that asks the network: it passes when all it asks is reached, and is skipped when there is nothing to ask. */
record NetworkProbe(String code, String title, Function<View, List<Question>> questions, String remedy)
        implements Probe {

    @Override
    public List<Question> ask(View view) {
        return questions.apply(view);
    }

    @Override
    public Result judge(View view, Map<Question, Answer> answers) {
        List<Question> asked = questions.apply(view);
        List<String> broken = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Question question : asked) {
            Answer answer = answers.get(question);
            if (answer == null || answer.verdict() == Answer.Verdict.UNKNOWN) {
                unknown.add(question + (answer == null ? ": not answered" : ": " + answer.evidence()));
            } else if (!answer.reached()) {
                broken.add(question + ": " + answer.evidence());
            }
        }
        if (!broken.isEmpty()) {
            return new Result(ProbeStatus.FAIL, StaticProbe.shortened(broken), remedy);
        }
        if (!unknown.isEmpty()) {
            return new Result(
                    ProbeStatus.UNKNOWN, StaticProbe.shortened(unknown), "find out why it could not be asked");
        }
        return asked.isEmpty()
                ? new Result(ProbeStatus.SKIPPED, "there is nothing to ask here", "")
                : new Result(ProbeStatus.PASS, asked.size() + " of " + asked.size() + " reached", "");
    }
}
