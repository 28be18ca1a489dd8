package io.cnishift.engine.codec;

/** One piece of a document. */
enum Token {
    OBJECT_START,
    OBJECT_END,
    LIST_START,
    LIST_END,
    KEY,
    TEXT,
    NUMBER,
    TRUE,
    FALSE,
    NULL,
    END;

    boolean opens() {
        return this == OBJECT_START || this == LIST_START;
    }

    boolean closes() {
        return this == OBJECT_END || this == LIST_END;
    }
}
