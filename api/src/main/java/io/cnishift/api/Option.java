package io.cnishift.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Documents one component of a strategy's options record; the single source of its help text, schema and default.
 * The component's name is the option's name; a {@code Map} component takes dynamic keys ({@code surge.GROUP}).
 */
@Documented
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
