package io.cnishift.simulator.scenario.production;

/**
 * How large the cluster is. All else follows from the number of nodes, in the proportions of 300.
 *
 * @param nodes {@value #LEAST} to {@value #MOST}: below, groups have fewer nodes than zones need; above, a zone's nodes fill more than a /16
 */
record Shape(int nodes) {

    static final int LEAST = 50;
    static final int MOST = 5000;
    static final int ZONES = 3;

    private static final int MODEL = 300;

    Shape {
        if (nodes < LEAST || nodes > MOST) {
            throw new IllegalArgumentException(nodes + " nodes are not " + LEAST + " to " + MOST);
        }
    }

    String name() {
        return "prod-" + nodes;
    }

    /** That many of a cluster of 300 nodes, here; at least one. */
    int of300(int count) {
        return Math.max(1, Math.round((float) count * nodes / MODEL));
    }

    /** As {@link #of300}, but never fewer than so many, for what needs its number to work. */
    int of300(int count, int least) {
        return Math.max(least, of300(count));
    }

    static String zone(int index) {
        return Site.REGION + (char) ('a' + index);
    }
}
