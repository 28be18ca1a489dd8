package io.cnishift.engine.journal;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How often the slots of one workload's pods were taken over, so that another process counts on.
 *
 * @param seated at place n, how many pods sit in a slot that was taken over n times
 * @param free of each slot that no pod has now, how often it was taken over
 * @param waiting new pods that came before the one that they replace has gone
 */
public record Slots(List<Integer> seated, List<Integer> free, int waiting) {

    public Slots {
        seated = List.copyOf(seated);
        free = List.copyOf(free);
    }

    /** How often the slot of each seated pod was taken over, the least first. */
    public List<Integer> moves() {
        return IntStream.range(0, seated.size())
                .boxed()
                .flatMap(moves -> IntStream.range(0, seated.get(moves)).mapToObj(i -> moves))
                .toList();
    }
}
