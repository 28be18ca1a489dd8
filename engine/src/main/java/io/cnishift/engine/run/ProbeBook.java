package io.cnishift.engine.run;

import io.cnishift.api.Probe;
import java.util.Optional;

/** All probes, by code: the built-in ones and those that strategies bring. */
@FunctionalInterface
public interface ProbeBook {

    /** The probe of that code. */
    Optional<Probe> probe(String code);
}
