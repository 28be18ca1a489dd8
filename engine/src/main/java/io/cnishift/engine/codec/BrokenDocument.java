package io.cnishift.engine.codec;

/** The document cannot be followed any further: its syntax is wrong or it cannot be read. Never leaves this package. */
@SuppressWarnings("serial")
final class BrokenDocument extends RuntimeException {
    private final Position position;
    private final String remedy;

    BrokenDocument(Position position, String message, String remedy) {
        super(message, null, false, false);
        this.position = position;
        this.remedy = remedy;
    }

    Position position() {
        return position;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }
}
