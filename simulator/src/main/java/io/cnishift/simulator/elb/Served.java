package io.cnishift.simulator.elb;

/** How many requests are answered. */
enum Served {
    ALL,
    SOME,
    NONE;

    /** Of requests that go one of two ways. */
    Served and(Served other) {
        return this == other ? this : SOME;
    }

    /** Of requests that go one of several ways, so many of which are open; of no way at all, none. */
    static Served of(int open, int all) {
        return open == 0 ? NONE : open == all ? ALL : SOME;
    }
}
