package io.cnishift.engine.ledger;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts nodes that were replaced, and the node-hours beyond the nodes of the begin. */
final class NodeMeter {

    private final Map<String, Node> nodes = new HashMap<>();
    private final int baseline;
    private final Instant begin;
    private int replaced;
    private int peak;
    private Duration extra;
    private Instant since;

    NodeMeter(View view, Instant begin, Instant now, Totals soFar) {
        view.nodes().forEach(node -> nodes.put(node.name(), node));
        this.begin = begin;
        this.baseline = soFar.baseline();
        this.replaced = soFar.replaced();
        this.peak = soFar.peak();
        this.extra = soFar.extra();
        this.since = now;
    }

    /** What was counted before. */
    record Totals(int baseline, int replaced, int peak, Duration extra) {}

    void accept(Change change, Instant at) {
        if (change.part() != Part.NODES) {
            return;
        }
        extra = extra(at);
        since = at;
        Optional<Node> now = change.now().map(Node.class::cast);
        Optional<Node> gone = Optional.ofNullable(nodes.remove(change.key()))
                .filter(before ->
                        now.filter(node -> node.uid().equals(before.uid())).isEmpty());
        now.ifPresent(node -> nodes.put(node.name(), node));
        replaced += gone.filter(before -> !before.createdAt().isAfter(begin)).isPresent() ? 1 : 0;
        peak = Math.max(peak, nodes.size() - baseline);
    }

    int replaced() {
        return replaced;
    }

    int peak() {
        return peak;
    }

    Duration extra(Instant now) {
        int more = nodes.size() - baseline;
        return more > 0 && now.isAfter(since)
                ? extra.plus(Duration.between(since, now).multipliedBy(more))
                : extra;
    }
}
