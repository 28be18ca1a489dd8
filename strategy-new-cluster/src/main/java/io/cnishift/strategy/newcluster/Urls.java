package io.cnishift.strategy.newcluster;

import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Progress;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** URLs of one cluster that are asked again and again, and what came of it since some time. */
final class Urls {

    private final List<Question> questions;
    private final Progress progress;
    private final Instant since;

    private Urls(List<Question> questions, Progress progress, Instant since) {
        this.questions = questions;
        this.progress = progress;
        this.since = since;
    }

    /** These questions, whatever they are about. */
    static Urls asked(List<Question> questions, Progress progress, Instant since) {
        return new Urls(List.copyOf(questions), progress, since);
    }

    /** URLs of the second cluster. */
    static Urls ofSecond(List<String> urls, Progress progress, Instant since) {
        return new Urls(urls.stream().map(url -> question(url).second()).toList(), progress, since);
    }

    /** URLs of the first cluster. */
    static Urls ofFirst(List<String> urls, Progress progress, Instant since) {
        return new Urls(urls.stream().map(Urls::question).toList(), progress, since);
    }

    private static Question question(String url) {
        return Question.of(From.CLIENT, "", To.URL, url, Protocol.HTTP, 0);
    }

    /** One that is known not to be reached; what could not be asked is not known. */
    Optional<String> unreached() {
        return questions.stream()
                .filter(q -> last(q).filter(a -> a.verdict() == Answer.Verdict.NOT_REACHED)
                        .isPresent())
                .findFirst()
                .map(q -> q.to().name() + ": " + last(q).map(Answer::evidence).orElse(""));
    }

    List<Question> questions() {
        return questions;
    }

    /** Whether each was reached so many times in a row, last of all. */
    boolean reached(int times) {
        return questions.stream().allMatch(q -> tail(q, true) >= times);
    }

    /** One that was not reached so many times in a row, last of all, with the evidence. */
    Optional<String> failing(int times) {
        return questions.stream()
                .filter(q -> tail(q, false) >= times)
                .findFirst()
                .map(q -> q.to().name() + ": " + last(q).map(Answer::evidence).orElse(""));
    }

    /** The evidence of the last answer that was no good. */
    Optional<String> complaint() {
        return failing(1);
    }

    /** When they were last asked; empty when one of them was not. */
    Optional<Instant> askedAt() {
        Optional<Instant> earliest = Optional.empty();
        for (Question question : questions) {
            Optional<Instant> at = last(question).map(Answer::at);
            if (at.isEmpty()) {
                return at;
            }
            earliest = earliest.filter(e -> e.isBefore(at.get())).or(() -> at);
        }
        return earliest;
    }

    /** Whether it is time to ask. */
    boolean due(Duration every) {
        return !questions.isEmpty()
                && askedAt().map(at -> !progress.now().isBefore(at.plus(every))).orElse(true);
    }

    private Optional<Answer> last(Question question) {
        List<Answer> answers = answers(question);
        return answers.isEmpty() ? Optional.empty() : Optional.of(answers.get(answers.size() - 1));
    }

    private int tail(Question question, boolean reached) {
        List<Answer> answers = answers(question);
        int row = 0;
        for (int i = answers.size() - 1; i >= 0 && answers.get(i).reached() == reached; i--) {
            row++;
        }
        return row;
    }

    private List<Answer> answers(Question question) {
        return progress.answers(question).stream()
                .filter(a -> !a.at().isBefore(since))
                .toList();
    }
}
