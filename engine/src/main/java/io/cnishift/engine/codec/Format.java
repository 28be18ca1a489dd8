package io.cnishift.engine.codec;

/** The notation that a document is written in. Reading needs none: it is recognised by content. */
public enum Format {
    /** Canonical block YAML: two spaces, LF, no document marker, quotes only where a fixed rule wants them. */
    YAML,
    /** JSON, pretty-printed with two spaces, ending with LF. */
    JSON,
    /** JSON on one line without spaces, ending with LF: one record of a JSON Lines file. */
    JSON_LINE
}
