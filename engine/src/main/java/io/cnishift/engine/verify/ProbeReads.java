package io.cnishift.engine.verify;

import io.cnishift.api.cluster.Part;
import java.util.Set;

/** What probes look at. */
public final class ProbeReads {

    private ProbeReads() {}

    /**
     * What a probe may look at that does not say what: not Applications of Argo CD, which change all the time and are read only where a
     * step wants them.
     */
    public static Set<Part> any() {
        Set<Part> parts = Part.ofOneCluster();
        parts.remove(Part.APPLICATIONS);
        return parts;
    }
}
