package io.cnishift.engine.codec;

/**
 * A place in a document.
 *
 * @param line counted from 1; 0 when the document as a whole is meant, or the value was never text
 * @param column counted from 1 in characters; 0 likewise
 */
public record Position(int line, int column) implements Comparable<Position> {
    static final Position NONE = new Position(0, 0);

    /** Refuses negative numbers. */
    public Position {
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("a position is never negative: " + line + ":" + column);
        }
    }

    @Override
    public int compareTo(Position other) {
        return line == other.line ? Integer.compare(column, other.column) : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
