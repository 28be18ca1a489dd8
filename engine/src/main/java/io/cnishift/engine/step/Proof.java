package io.cnishift.engine.step;

import io.cnishift.api.cluster.CiliumNode;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Progress;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.api.step.RollNodes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The canary: the first ready node of each zone is proven before any pod moves for it. First the paths between the sides, as
 * far as they exist, then what every pod needs. The second part is asked only when the first has passed, so its answers in
 * the journal say of a zone for ever that it is proven.
 *
 * <p>Old to new is asked only of an old node that knows the overlay, for without an agent it has no route by design; the
 * internet only if an old node reaches it.
 */
final class Proof {

    private static final Duration BETWEEN = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String NAME = "kubernetes.default.svc.cluster.local";

    private final View view;
    private final RollNodes params;
    private final Progress progress;
    private final List<Node> ready;
    private final List<Node> old;
    private Optional<Set<String>> zones = Optional.empty();

    /**
     * Takes part in one pass.
     *
     * @param ready new nodes that could take pods
     * @param old nodes of the old side
     */
    Proof(View view, RollNodes params, Progress progress, List<Node> ready, List<Node> old) {
        this.view = view;
        this.params = params;
        this.progress = progress;
        this.ready = ready;
        this.old = old;
    }

    /** Those of the new nodes whose zone is proven. */
    List<Node> proven() {
        Set<String> zones = provenZones();
        List<Node> proven = new ArrayList<>(ready.size());
        for (Node node : ready) {
            if (zones.contains(node.zone())) {
                proven.add(node);
            }
        }
        return proven;
    }

    /** What one pass sees of the journal does not change, so it is looked at once. */
    private Set<String> provenZones() {
        if (zones.isEmpty()) {
            Set<String> proven = new HashSet<>();
            for (Node node : ready) {
                if (!proven.contains(node.zone()) && isProven(node)) {
                    proven.add(node.zone());
                }
            }
            zones = Optional.of(proven);
        }
        return zones.get();
    }

    /** Nearly always the first question alone tells that a node was not the one that spoke for its zone. */
    private boolean isProven(Node node) {
        return inARow(dns(node)) >= params.proofPasses() && inARow(apiServer(node)) >= params.proofPasses();
    }

    /** Goes on with the proof of every zone that needs one. */
    void next(Agenda agenda) {
        Set<String> seen = new HashSet<>(provenZones());
        for (Node node : ready) {
            if (seen.add(node.zone())) {
                prove(node, agenda);
            }
        }
    }

    private void prove(Node node, Agenda agenda) {
        List<Question> between = between(node);
        boolean crossed = between.isEmpty() || passes(between) >= params.proofPasses();
        List<Question> stage = crossed ? base(node) : between;
        Optional<Question> broken = stage.stream()
                .filter(q -> progress.answer(q).filter(a -> !a.reached()).isPresent())
                .findFirst();
        if (broken.isPresent() && failingFor(broken.get()).compareTo(LIMIT) >= 0) {
            agenda.block(StepCode.PATH_BROKEN.of(
                    "Node " + node.name(),
                    broken.get() + ": "
                            + progress.answer(broken.get())
                                    .map(a -> a.verdict() + ", " + a.evidence())
                                    .orElse(""),
                    "mend that path, then resume; nothing was drained for this node"));
            return;
        }
        Instant due = stage.stream()
                .flatMap(q -> progress.answer(q).stream())
                .map(Answer::at)
                .max(Instant::compareTo)
                .map(at -> at.plus(broken.isPresent() ? AFTER_FAILURE : BETWEEN))
                .orElse(progress.now());
        String reason = "proving node " + node.name() + ": "
                + broken.map(Question::toString)
                        .orElse("passed " + Math.min(passes(stage), params.proofPasses()) + " of "
                                + params.proofPasses() + " times");
        if (progress.now().isBefore(due)) {
            agenda.wait(Math.max(1, Duration.between(progress.now(), due).toSeconds()), reason);
        } else {
            agenda.ask(reason, stage);
        }
    }

    private List<Question> between(Node node) {
        Optional<Node> speaker = speaker();
        if (speaker.isEmpty()) {
            return List.of();
        }
        Node peer = speaker.get();
        List<Question> questions = new ArrayList<>();
        questions.add(pods(node, peer));
        if (view.get(Part.CILIUM_NODES, CiliumNode.class, peer.name()).isPresent()) {
            questions.add(pods(peer, node));
        }
        Question before = internet(peer);
        Optional<Answer> reaches = progress.answer(before);
        if (reaches.isEmpty()) {
            // only to know whether the new node has to
            return withInternet(questions, before, node, false);
        }
        return withInternet(questions, before, node, reaches.get().reached());
    }

    /** The old node that speaks for its side: one that admits a pod more where there is one, for a pod has to be there to ask or be asked. */
    private Optional<Node> speaker() {
        return old.stream()
                .filter(Node::ready)
                .filter(view::admitsOneMore)
                .findFirst()
                .or(() -> old.stream().filter(Node::ready).findFirst());
    }

    /** The old node is asked once; its answer decides whether the new one is. */
    private List<Question> withInternet(List<Question> questions, Question before, Node node, boolean needed) {
        if (needed) {
            questions.add(internet(node));
        } else if (progress.answer(before).isEmpty()) {
            questions.add(before);
        }
        return questions;
    }

    private static List<Question> base(Node node) {
        return List.of(dns(node), apiServer(node));
    }

    private static Question dns(Node node) {
        return Question.of(From.POD_ON, node.name(), To.DNS, NAME, Protocol.UDP, 53);
    }

    private static Question apiServer(Node node) {
        return Question.of(From.POD_ON, node.name(), To.API_SERVER, "", Protocol.TCP, 443);
    }

    private static Question pods(Node from, Node to) {
        return Question.of(From.POD_ON, from.name(), To.POD_ON, to.name(), Protocol.TCP, 80);
    }

    private static Question internet(Node node) {
        return Question.of(From.POD_ON, node.name(), To.INTERNET, "", Protocol.TCP, 443);
    }

    /** How many times in a row, up to now, all of them were reached. */
    private int passes(List<Question> questions) {
        return questions.stream().mapToInt(this::inARow).min().orElse(0);
    }

    private int inARow(Question question) {
        List<Answer> answers = progress.answers(question);
        int count = 0;
        for (int i = answers.size() - 1; i >= 0 && answers.get(i).reached(); i--) {
            count++;
        }
        return count;
    }

    /** Since when it fails without a break, counted from a resume anew. */
    private Duration failingFor(Question question) {
        List<Answer> answers = progress.answers(question);
        Instant since = progress.now();
        for (int i = answers.size() - 1; i >= 0 && !answers.get(i).reached(); i--) {
            since = answers.get(i).at();
        }
        Instant from = since.isBefore(progress.underWaySince()) ? progress.underWaySince() : since;
        return Duration.between(from, progress.now());
    }
}
