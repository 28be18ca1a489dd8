package io.cnishift.engine.codec;

/** Records what is written, so that it can be read again without ever being text. */
final class BufferSink implements Sink {
    private final TokenBuffer buffer = new TokenBuffer();

    Tokens tokens() {
        return buffer.replay();
    }

    private void add(Token token, String text) {
        buffer.add(new TokenBuffer.Piece(token, text, false, Position.NONE));
    }

    @Override
    public void startObject() {
        add(Token.OBJECT_START, "");
    }

    @Override
    public void key(String key) {
        add(Token.KEY, key);
    }

    @Override
    public void endObject() {
        add(Token.OBJECT_END, "");
    }

    @Override
    public void startList() {
        add(Token.LIST_START, "");
    }

    @Override
    public void endList() {
        add(Token.LIST_END, "");
    }

    @Override
    public void text(String text) {
        add(Token.TEXT, text);
    }

    @Override
    public void number(String digits) {
        add(Token.NUMBER, digits);
    }

    @Override
    public void flag(boolean value) {
        add(value ? Token.TRUE : Token.FALSE, value ? "true" : "false");
    }

    @Override
    public void nothing() {
        add(Token.NULL, "null");
    }

    @Override
    public void finish() {
        // The end is where the recorded tokens end.
    }
}
