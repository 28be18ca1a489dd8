package io.cnishift.engine.verify;

import io.cnishift.api.cluster.Part;
import java.util.Set;

/** What probes look at. */
public final class ProbeReads {

    private ProbeReads() {}

    /** What a probe may look at that does not say what: names of objects cost a list of every kind, and are for steps that move them. */
    public static Set<Part> any() {
        return Part.ofOneCluster();
    }
}
