package io.cnishift.simulator.net;

import java.util.LinkedHashSet;
import java.util.Set;

/** Nodes that no obstacle tells apart when they send to somebody who is on none of them. The same as long as it is the same object. */
public final class NodeKind {

    private final Set<String> nodes = new LinkedHashSet<>();

    /** Those that are of the kind now. */
    public Iterable<String> nodes() {
        return nodes;
    }

    /** One more is of it. */
    public void add(String node) {
        nodes.add(node);
    }

    /** Takes one out; whether none is left. */
    public boolean remove(String node) {
        nodes.remove(node);
        return nodes.isEmpty();
    }
}
