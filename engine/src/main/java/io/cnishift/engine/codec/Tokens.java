package io.cnishift.engine.codec;

import java.io.IOException;

/**
 * A document as a stream of tokens that are well nested: every start has its end, keys stand in objects only. What is
 * not so is a {@link BrokenDocument}, thrown by {@link #next()}.
 */
interface Tokens extends AutoCloseable {
    /** No document of ours nests deeper; a deeper one is an accident or an attack. */
    int MAX_DEPTH = 200;

    Token next();

    Token current();

    /** The text of a key or scalar as it stands in the document, numbers in their own digits. */
    String text();

    /** Whether the scalar was written without quotes in YAML, where its type is a matter of reading. */
    boolean bare();

    /** Where the current token starts. */
    Position position();

    @Override
    void close() throws IOException;
}
