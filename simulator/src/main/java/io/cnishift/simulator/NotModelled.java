package io.cnishift.simulator;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was asked of the world and has no effect in it, said instead of pretended. */
public final class NotModelled {
    private final Set<String> notes = new LinkedHashSet<>();

    NotModelled() {}

    /** Records it; the same words twice count once. */
    public void note(String what) {
        notes.add(what);
    }

    /** All notes, oldest first. */
    public List<String> notes() {
        return List.copyOf(notes);
    }
}
