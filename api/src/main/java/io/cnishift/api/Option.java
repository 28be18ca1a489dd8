package io.cnishift.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents one option: a component of a strategy's options record. A Map component takes dynamic keys (surge.NAME). */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {

    /** One sentence with a full stop. */
    String description();

    /** A value a user could give. */
    String example();

    /** The value taken when none is given, in the form a user would write; empty: no default. */
    String defaultValue() default "";
}
