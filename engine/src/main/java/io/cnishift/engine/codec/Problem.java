package io.cnishift.engine.codec;

import java.util.Objects;

/**
 * One reason why a document was refused.
 *
 * @param source the name of the document, a file path as the user gave it
 * @param line counted from 1, 0 when no line can be named
 * @param column counted from 1, 0 when no column can be named
 * @param path where in the data, such as {@code nodes[3].labels}; empty at the root
 * @param message what is wrong, without a full stop
 * @param remedy what to do about it
 */
public record Problem(String source, int line, int column, String path, String message, String remedy) {
    /** Refuses null. */
    public Problem {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** Returns the place in the document. */
    public Position position() {
        return new Position(line, column);
    }

    /** Returns the problem in one line: {@code snapshot.yaml:12:5: nodes[3].labels: message; remedy}. */
    @Override
    public String toString() {
        String where = line == 0 ? source : source + ":" + line + ":" + column;
        String what = path.isEmpty() ? message : path + ": " + message;
        return remedy.isEmpty() ? where + ": " + what : where + ": " + what + "; " + remedy;
    }
}
