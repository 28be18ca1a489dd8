package io.cnishift.engine.run;

import io.cnishift.api.StepKind;
import java.util.Optional;

/** All step kinds, by id: the built-in ones and those that strategies bring. */
@FunctionalInterface
public interface StepBook {

    /** The kind of that id. */
    Optional<StepKind<?>> kind(String id);
}
