package io.cnishift.engine.codec;

import java.util.ArrayList;
import java.util.List;

/** A piece of a document that was passed over and is read later, because what decides its type stood behind it. */
final class TokenBuffer {
    private final List<Piece> pieces = new ArrayList<>();

    void add(Piece piece) {
        pieces.add(piece);
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Returns the recorded tokens as a stream that stands before the first of them. */
    Tokens replay() {
        return new Replay(pieces);
    }

    record Piece(Token token, String text, boolean bare, Position position) {}

    private static final class Replay implements Tokens {
        private static final Piece END = new Piece(Token.END, "", false, Position.NONE);

        private final List<Piece> pieces;
        private int next;
        private Piece current = END;

        Replay(List<Piece> pieces) {
            this.pieces = pieces;
        }

        @Override
        public Token next() {
            current = next < pieces.size() ? pieces.get(next) : END;
            next++;
            return current.token();
        }

        @Override
        public Token current() {
            return current.token();
        }

        @Override
        public String text() {
            return current.text();
        }

        @Override
        public boolean bare() {
            return current.bare();
        }

        @Override
        public Position position() {
            return current.position();
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }
}
