package io.cnishift.simulator.net;

import io.cnishift.api.port.Answer.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Whether something gets through, with the path that it takes or the place where it breaks. */
public record Passage(Verdict verdict, String evidence) {

    public Passage {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(evidence, "evidence");
    }

    /** It gets through. */
    public static Passage through(String path) {
        return new Passage(Verdict.REACHED, path);
    }

    /** It does not. */
    public static Passage broken(String why) {
        return new Passage(Verdict.NOT_REACHED, why);
    }

    /** Nobody can tell, because there is no such end to ask from. */
    public static Passage unknown(String why) {
        return new Passage(Verdict.UNKNOWN, why);
    }

    /** Whether it gets through. */
    public boolean open() {
        return verdict == Verdict.REACHED;
    }

    /**
     * All of several ways, since a client may be led to any of them: open when there is one and all of them are.
     *
     * @param what what the ways lead to, for the evidence
     */
    public static Passage all(String what, Collection<Passage> ways) {
        if (ways.isEmpty()) {
            return broken(what + " has no ready endpoint");
        }
        List<Passage> closed = ways.stream().filter(w -> !w.open()).toList();
        if (closed.isEmpty()) {
            return through(
                    ways.size() == 1 ? first(ways) : first(ways) + " and " + (ways.size() - 1) + " more of " + what);
        }
        return broken(
                closed.size() + " of " + ways.size() + " endpoints of " + what + " do not answer: " + first(closed));
    }

    private static String first(Collection<Passage> ways) {
        return ways.iterator().next().evidence();
    }
}
