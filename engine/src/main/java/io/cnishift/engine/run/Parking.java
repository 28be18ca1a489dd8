package io.cnishift.engine.run;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Meanwhile;
import io.cnishift.engine.journal.JournalState;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.slice.Slice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Says what must not be done to a cluster that stands in the middle of a migration, and what is missing there. Pure. */
final class Parking {

    private static final int NAMED = 5;

    /** What the phases that strategies share amount to, whichever steps are in them; a step's own kind says the rest. */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    "decouple-lb",
                    "cleanup",
                    "traffic may run through the second Services and their target groups: leave them and the Ingresses"
                            + " alone"),
            new Rule(
                    "fence",
                    "remove-vpc-cni",
                    "old groups must not launch nodes: a node without the label of the fence gets no CNI"),
            new Rule(
                    "fence",
                    "remove-vpc-cni",
                    "do not update the vpc-cni add-on or its DaemonSet: that can take the fence down"),
            new Rule(
                    "fence",
                    "cleanup",
                    "autoscalers and Auto Scaling processes that are held must stay held; they get their values back at"
                            + " the end"),
            new Rule("install", "roll", "do not upgrade or remove the release of the new CNI by hand"),
            new Rule(
                    "roll",
                    "remove-vpc-cni",
                    "two CNIs serve side by side: do not cordon, drain, scale or refresh node groups by hand",
                    "fence"),
            new Rule(
                    "remove-vpc-cni",
                    "steady",
                    "do not install the vpc-cni add-on again: two CNIs would write their configuration on one node"),
            new Rule("kube-proxy", "cleanup", "do not change kube-proxy by hand: Services may depend on either side"));

    private final Book book;

    Parking(Book book) {
        this.book = book;
    }

    /** True from the first step of one phase until another phase is done; of plans that have the last one. */
    private record Rule(String from, String until, String sentence, String with) {

        Rule(String from, String until, String sentence) {
            this(from, until, sentence, "");
        }

        boolean applies(MigrationPlan plan) {
            return with.isEmpty() || plan.phases().stream().anyMatch(p -> p.id().equals(with));
        }
    }

    /** Where a run stands: which steps have begun, and which phases are over. */
    private record Place(Predicate<MigrationPlan.Step> begun, Predicate<String> over) {}

    /** All that is to be known of a run that rests there, what is missing first. */
    List<String> sentences(JournalState state) {
        Place place = place(state);
        List<String> sentences = new ArrayList<>(without(place));
        told(place).filter(m -> m.object().isEmpty()).map(Meanwhile::sentence).forEach(sentences::add);
        RULES.stream()
                .filter(rule -> rule.applies(book.plan()))
                .filter(rule -> inPhase(rule.from()).anyMatch(place.begun())
                        && !place.over().test(rule.until()))
                .forEach(rule -> sentences.add(rule.sentence()));
        book.steps().forEach(step -> {
            if (state.begun(step.id()) && !state.done(step.id())) {
                String objects =
                        step.touches().isEmpty() ? "" : ": leave " + String.join(", ", step.touches()) + " alone";
                sentences.add("step " + step.id() + " is half done" + objects);
            }
        });
        return sentences.stream().distinct().toList();
    }

    /** What somebody has to do without where that journal stands. */
    List<String> without(JournalState state) {
        return without(place(state));
    }

    /** What somebody would have to do without where a run stops by its limits or the plan's holds. */
    List<String> withoutAtStops(RunLimits limits) {
        List<String> phases =
                book.plan().phases().stream().map(MigrationPlan.Phase::id).toList();
        Stream<String> ends = limits.slice().filter(Slice::ends).isPresent()
                ? phases.stream()
                        .filter(phase -> !withoutAfter(phase).isEmpty())
                        .limit(1)
                : Stream.empty();
        Stream<String> holds = phases.stream()
                .skip(1)
                .filter(phase -> book.plan().holds().contains(phase))
                .filter(phase -> !limits.throughHolds() && !limits.past().contains(phase))
                .map(phase -> phases.get(book.place(phase) - 1));
        return Stream.of(limits.until().stream(), holds, ends)
                .flatMap(stops -> stops)
                .distinct()
                .flatMap(phase -> withoutAfter(phase).stream().map(w -> "stopped after phase " + phase + ": " + w))
                .toList();
    }

    /** What somebody would have to do without once a phase is done and the next is not begun. */
    private List<String> withoutAfter(String phase) {
        int last = book.place(phase);
        return without(
                new Place(step -> book.place(book.phaseOf(step.id())) <= last, other -> book.place(other) <= last));
    }

    private List<String> without(Place place) {
        Map<String, List<String>> objects = new LinkedHashMap<>();
        told(place)
                .forEach(m -> m.object()
                        .ifPresent(o -> objects.computeIfAbsent(
                                        "until " + end(m.until()) + ", " + m.sentence(), s -> new ArrayList<>())
                                .add(o)));
        return objects.entrySet().stream()
                .map(e -> e.getKey() + " " + named(e.getValue()))
                .toList();
    }

    private Stream<Meanwhile> told(Place place) {
        return book.steps().stream()
                .filter(place.begun())
                .flatMap(step -> book.meanwhile(step).stream())
                .filter(m -> !place.over().test(m.until()));
    }

    private Place place(JournalState state) {
        return new Place(step -> state.begun(step.id()), phase -> over(state, phase));
    }

    private Stream<MigrationPlan.Step> inPhase(String phase) {
        return book.steps().stream().filter(step -> book.phaseOf(step.id()).equals(phase));
    }

    /** Whether all of a phase is done; one that the plan has not never ends before the run does. */
    private boolean over(JournalState state, String phase) {
        return inPhase(phase).findAny().isPresent()
                && inPhase(phase).allMatch(s -> state.done(s.id()) || state.skipped(s.id()));
    }

    private String end(String phase) {
        return inPhase(phase)
                .reduce((earlier, later) -> later)
                .map(step -> "step " + step.id() + " is done")
                .orElse("the run has ended");
    }

    private static String named(List<String> objects) {
        int more = objects.size() - NAMED;
        return more <= 0
                ? String.join(", ", objects)
                : String.join(", ", objects.subList(0, NAMED)) + " and " + Count.of(more, "more", "more");
    }
}
