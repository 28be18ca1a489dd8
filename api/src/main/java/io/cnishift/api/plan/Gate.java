package io.cnishift.api.plan;

import java.util.List;

/** Probes that must pass, that many times in a row, before a step counts as done. */
public record Gate(List<String> probes, int passes) {

    public Gate {
        probes = List.copyOf(probes);
        if (probes.isEmpty() || passes < 1) {
            throw new IllegalArgumentException("a gate needs at least one probe and one pass");
        }
    }
}
