package io.cnishift.cli.command;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.SecondCluster;
import io.cnishift.cli.explain.CodeBook;
import io.cnishift.cli.input.ClusterReads;
import io.cnishift.cli.input.Place;
import io.cnishift.cli.input.SecondPlace;
import io.cnishift.cli.input.Settings;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.plan.StrategyBook;
import io.cnishift.engine.plan.Wishes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Puts together what the flags and files of a call ask for: a cluster and wishes for it. */
final class Asked {

    private final ClusterReads reads;
    private final Codec codec;
    private final StrategyBook book;

    @Inject
    Asked(ClusterReads reads, Codec codec, StrategyBook book) {
        this.reads = reads;
        this.codec = codec;
        this.book = book;
    }

    /**
     * A cluster with what is wanted of it.
     *
     * @param note what is wanted that the caller has not written; empty when nothing is
     */
    record Question(ClusterSnapshot snapshot, Wishes wishes, Settings settings, Optional<String> note) {
        Question {
            Objects.requireNonNull(snapshot);
            Objects.requireNonNull(wishes);
            Objects.requireNonNull(settings);
            Objects.requireNonNull(note);
        }

        /** The same with steps of that kind left to their owner. */
        Question leaving(String kind, String strategy) {
            return new Question(snapshot, wishes.leaving(kind, strategy), settings, note);
        }
    }

    /** The phases before which a run stops. */
    record Holds(List<String> phases, boolean byDefault) {
        static final Holds NONE = new Holds(List.of(), false);

        Holds {
            phases = List.copyOf(phases);
        }
    }

    /** Reads the cluster and collects the wishes for all strategies. */
    Question question(AskOptions options, Path folder) {
        return question(options, Optional.empty(), snapshot -> Holds.NONE, folder);
    }

    /** Reads the cluster and collects the wishes for a plan of one strategy. */
    Question question(AskOptions options, String strategy, HoldOptions holds, Path folder) {
        return question(options, Optional.of(strategy), snapshot -> holds.holds(HoldOptions.real(snapshot)), folder);
    }

    private Question question(
            AskOptions options, Optional<String> strategy, Function<ClusterSnapshot, Holds> holds, Path folder) {
        options.intent().requireCodes(CodeBook.of(book));
        Settings settings = Settings.of(folder, codec);
        Place place = options.target().place(folder);
        Intent intent = options.intent().intent(place, reads, settings, codec, folder);
        Map<String, Map<String, Object>> given = options.strategies().options(book, settings, strategy, codec, folder);
        if (place.kind() != Place.Kind.FILE || !movesToReal(given)) {
            options.target().requireReal(place);
        }
        Map<String, Object> values = options.strategies().values(codec, folder);
        ClusterSnapshot snapshot =
                reads.snapshot(place, options.target().connection().settings(folder), parts(strategy, given));
        Holds stops = holds.apply(snapshot);
        Wishes wishes = new Wishes(intent, given, values, stops.phases(), stops.byDefault());
        return beside(new Question(snapshot, wishes, settings, options.intent().note(place, reads)), options, folder);
    }

    /** Whether a second cluster is named that is reached as is said, though the first one is a snapshot. */
    private boolean movesToReal(Map<String, Map<String, Object>> given) {
        return book.all().stream()
                .filter(loaded -> loaded.strategy() instanceof SecondCluster)
                .map(loaded -> given.getOrDefault(loaded.id(), Map.of())
                        .get(((SecondCluster) loaded.strategy()).secondOption()))
                .anyMatch(to -> to instanceof String text && text.startsWith("eks:"));
    }

    /** What is read for that strategy; without one, for those that take part: of those that move, those that are told where to. */
    private Set<Part> parts(Optional<String> strategy, Map<String, Map<String, Object>> given) {
        return strategy.map(book::parts)
                .orElseGet(() -> book.all().stream()
                        .filter(loaded -> loaded.strategy() instanceof SecondCluster moves
                                && given.getOrDefault(loaded.id(), Map.of()).containsKey(moves.secondOption()))
                        .findFirst()
                        .map(LoadedStrategy::parts)
                        .orElseGet(Part::ofOneCluster));
    }

    /** The same with the second clusters that its options name, read anew. */
    Question beside(Question question, AskOptions options, Path folder) {
        Map<String, ClusterSnapshot> seconds = new TreeMap<>();
        for (LoadedStrategy loaded : book.all()) {
            Map<String, Object> given = question.wishes().options().getOrDefault(loaded.id(), Map.of());
            if (loaded.strategy() instanceof SecondCluster moves
                    && given.get(moves.secondOption()) instanceof String to) {
                Place place = SecondPlace.parse(to, options.target().place(folder), folder);
                seconds.put(
                        loaded.id(),
                        reads.snapshot(
                                place,
                                options.target().connection().settings(folder).ofAnotherCluster(),
                                loaded.parts()));
            }
        }
        return new Question(
                question.snapshot(), question.wishes().beside(seconds), question.settings(), question.note());
    }
}
