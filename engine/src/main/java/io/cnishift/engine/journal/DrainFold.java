package io.cnishift.engine.journal;

import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.step.RollNodes;
import io.cnishift.engine.slice.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The drains of a run: when each began, by the mark on its node, and when it ended, by the end of its instance. */
public final class DrainFold {

    private final Set<String> marked = new HashSet<>();
    private final Map<String, Instant> underWay = new HashMap<>();
    private final List<Duration> took = new ArrayList<>();
    private int begun;
    private Optional<Instant> first = Optional.empty();
    private Optional<Instant> last = Optional.empty();
    private Duration span = Duration.ZERO;
    private int spanned;
    private int ended;

    DrainFold() {}

    /** How many began since the run did, or was last gone on with. */
    public int begun() {
        return begun;
    }

    /** How fast nodes are replaced, as far as it was measured. */
    public Pace pace() {
        Duration all = span.plus(sinceFirst());
        int nodes = spanned + ended;
        return Pace.of(took, nodes < 2 ? Optional.empty() : Optional.of(all.dividedBy(nodes)));
    }

    private Duration sinceFirst() {
        return first.flatMap(from -> last.map(to -> Duration.between(from, to))).orElse(Duration.ZERO);
    }

    /** What passes while nobody works is none of a node's time. */
    void goOn() {
        span = span.plus(sinceFirst());
        spanned += ended;
        begun = 0;
        ended = 0;
        first = Optional.empty();
        last = Optional.empty();
        underWay.clear();
    }

    void ended(JournalRecord.ActIntended intended, ActResult result, Instant at) {
        if (intended.act() instanceof PatchObject patch && marks(patch)) {
            // one whose outcome nobody knows may have been marked
            boolean refused = result.fold(done -> false, no -> no.reason() != ActResult.Reason.UNAVAILABLE);
            if (!refused && marked.add(patch.object().name())) {
                begins(intended.before(), at);
            }
        } else if (intended.act() instanceof TerminateInstance terminated && result.done()) {
            ends(terminated.instance(), at);
        }
    }

    private static boolean marks(PatchObject patch) {
        return patch.object().kind().equals("Node")
                && Tree.text(patch.patch(), "metadata", "annotations", RollNodes.DRAIN)
                        .isPresent();
    }

    private void begins(Map<String, Object> node, Instant at) {
        begun++;
        first = first.or(() -> Optional.of(at));
        Tree.text(node, "spec", "providerID").ifPresent(id -> underWay.put(id.substring(id.lastIndexOf('/') + 1), at));
    }

    private void ends(String instance, Instant at) {
        Instant since = underWay.remove(instance);
        if (since != null) {
            took.add(Duration.between(since, at));
            ended++;
            last = Optional.of(at);
        }
    }
}
