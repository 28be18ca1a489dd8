package io.cnishift.engine.codec;

/** How much of a record is written. Reading accepts both alike. */
public enum Style {
    /**
     * For files that people review and edit: a component equal to the zero value of its type (empty Optional, list,
     * set or map, {@code false}, 0) is left out.
     */
    DOCUMENT,
    /** For programs that read results: every component is written, an empty Optional as null. */
    RESULT
}
