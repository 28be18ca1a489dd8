package io.cnishift.engine.verify;

import io.cnishift.api.cluster.Part;
import java.util.EnumSet;
import java.util.Set;

/** What probes look at. */
public final class ProbeReads {

    private ProbeReads() {}

    /**
     * What a probe may look at that does not say what: all but the names of objects, which cost a list of every kind, and
     * Applications of Argo CD, which change all the time. These are read only where a step wants them.
     */
    public static Set<Part> any() {
        return EnumSet.complementOf(EnumSet.of(Part.OBJECTS, Part.APPLICATIONS));
    }
}
