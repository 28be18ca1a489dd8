package io.cnishift.engine.codec;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What came of reading a document: the value, or every problem found (at most {@value #MAX_PROBLEMS}).
 *
 * @param <T> what the document was read as
 */
public sealed interface Decoded<T> {
    /** Reading stops when this many problems are known. */
    int MAX_PROBLEMS = 20;

    /** Calls the function of the case at hand. */
    <R> R fold(Function<? super T, ? extends R> onValue, Function<? super List<Problem>, ? extends R> onProblems);

    /** Returns the value, empty when the document was refused. */
    default Optional<T> value() {
        return fold(Optional::of, problems -> Optional.empty());
    }

    /** Returns the problems in the order of their lines, empty when the document was read. */
    default List<Problem> problems() {
        return fold(value -> List.of(), List::copyOf);
    }

    /** Returns the value, or throws what the function makes of the problems. */
    default <X extends RuntimeException> T orElseThrow(Function<? super List<Problem>, X> onProblems) {
        return fold(value -> value, problems -> {
            throw onProblems.apply(problems);
        });
    }

    /** Returns the outcome with the value replaced by the function's. */
    default <R> Decoded<R> map(Function<? super T, ? extends R> change) {
        return fold(value -> new Value<>(change.apply(value)), Refused::new);
    }

    /** The document was read. */
    record Value<T>(T decoded) implements Decoded<T> {
        public Value {
            Objects.requireNonNull(decoded, "decoded");
        }

        @Override
        public <R> R fold(
                Function<? super T, ? extends R> onValue, Function<? super List<Problem>, ? extends R> onProblems) {
            return onValue.apply(decoded);
        }
    }

    /** The document was refused, for at least one reason. */
    record Refused<T>(List<Problem> reasons) implements Decoded<T> {
        public Refused {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("a document is refused for at least one reason");
            }
        }

        @Override
        public <R> R fold(
                Function<? super T, ? extends R> onValue, Function<? super List<Problem>, ? extends R> onProblems) {
            return onProblems.apply(reasons);
        }
    }
}
