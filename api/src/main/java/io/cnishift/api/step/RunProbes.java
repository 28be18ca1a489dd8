package io.cnishift.api.step;

import java.util.List;

/**
 * Passes when all its probes do, that many times in a row; changes nothing.
 *
 * @param probes codes
 */
public record RunProbes(List<String> probes, int passes) {

    public RunProbes {
        probes = List.copyOf(probes);
    }
}
