package io.cnishift.engine.codec;

/** Where a value is written to, token by token. */
interface Sink {
    void startObject();

    void key(String key);

    void endObject();

    void startList();

    void endList();

    void text(String text);

    /** Writes a number given in JSON's digits. */
    void number(String digits);

    void flag(boolean value);

    void nothing();

    /** Called once after the last token. */
    void finish();
}
