package io.cnishift.engine.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One document while it is read: the tokens, where in the data we are, and what was found wrong so far.
 *
 * <p>The rule for every shape: {@link Shape#read} is called with the first token of its value as the current one and
 * returns with the last token of that value as the current one, also when it refuses the value.
 */
final class Reading {
    /** What a shape returns instead of a value after it has reported why. */
    static final Object FAILED = new Object() {
        @Override
        public String toString() {
            return "a value that was refused";
        }
    };

    private static final int POOLED_LENGTH = 64;
    private static final int POOL_SIZE = 1 << 16;

    private final String source;
    private final DataPath path = new DataPath();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> pool = new HashMap<>();
    /** Where reading goes on when what was {@link #unread} is used up. */
    private final Deque<Tokens> behind = new ArrayDeque<>();

    private Tokens tokens;

    Reading(String source, Tokens tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    Token next() {
        Token token = tokens.next();
        if (token == Token.END && !behind.isEmpty()) {
            tokens = behind.pop();
            return tokens.next();
        }
        return token;
    }

    Token token() {
        return tokens.current();
    }

    boolean bare() {
        return tokens.bare();
    }

    Position position() {
        return tokens.position();
    }

    String text() {
        return tokens.text();
    }

    /** Returns the current text, the same object for equal short texts: names repeat in every pod. */
    String pooledText() {
        String text = tokens.text();
        if (text.length() > POOLED_LENGTH) {
            return text;
        }
        if (pool.size() >= POOL_SIZE) {
            return pool.getOrDefault(text, text);
        }
        String first = pool.putIfAbsent(text, text);
        return first == null ? text : first;
    }

    DataPath path() {
        return path;
    }

    /** Reports a problem at the current token. */
    Object refuse(String message, String remedy) {
        return refuse(position(), message, remedy);
    }

    /** Reports a problem elsewhere in the document but at the current path. */
    Object refuse(Position at, String message, String remedy) {
        problems.add(new Problem(source, at.line(), at.column(), path.toString(), message, remedy));
        if (problems.size() >= Decoded.MAX_PROBLEMS) {
            throw new EnoughProblems();
        }
        return FAILED;
    }

    /** Reports that the current value is not what the shape takes, and passes over it. */
    Object wrongType(Shape shape) {
        Position at = position();
        boolean quotable = shape instanceof TextualShape && bare() && !token().opens();
        String found = found();
        String remedy =
                quotable && token() != Token.NULL ? "put it in quotes: \"" + text() + "\"" : "write " + shape.what();
        skip();
        return refuse(at, "expected " + shape.what() + ", found " + found, remedy);
    }

    private String found() {
        return switch (token()) {
            case OBJECT_START -> "an object";
            case LIST_START -> "a list";
            case TEXT -> "the text \"" + shorten(text()) + "\"";
            case NUMBER -> "the number " + shorten(text());
            case TRUE -> "true";
            case FALSE -> "false";
            case NULL -> "nothing";
            case KEY, OBJECT_END, LIST_END, END -> throw new IllegalStateException(token() + " starts no value");
        };
    }

    static String shorten(String text) {
        String line = text.replace('\n', ' ').replace('\r', ' ');
        return line.length() <= 60 ? line : line.substring(0, 57) + "...";
    }

    /** Passes over the value that the current token starts. */
    void skip() {
        int depth = token().opens() ? 1 : 0;
        while (depth > 0) {
            Token token = next();
            if (token.opens()) {
                depth++;
            } else if (token.closes()) {
                depth--;
            }
        }
    }

    /** Passes over what is left of the object whose last value was just read. */
    void skipToEnd() {
        while (next() == Token.KEY) {
            next();
            skip();
        }
    }

    /** Adds the current token to the buffer. */
    void recordToken(TokenBuffer buffer) {
        Token token = token();
        String text = token.opens() || token.closes() ? "" : tokens.text();
        buffer.add(new TokenBuffer.Piece(token, text, bare(), position()));
    }

    /** Adds the value that the current token starts to the buffer, and passes over it. */
    void recordValue(TokenBuffer buffer) {
        recordToken(buffer);
        int depth = token().opens() ? 1 : 0;
        while (depth > 0) {
            Token token = next();
            recordToken(buffer);
            if (token.opens()) {
                depth++;
            } else if (token.closes()) {
                depth--;
            }
        }
    }

    /** Makes the next tokens those of the buffer, before the document goes on. */
    void unread(TokenBuffer buffer) {
        behind.push(tokens);
        tokens = buffer.replay();
    }

    /** Runs the reader on one recorded value, and then stands where the document stood. */
    void replay(TokenBuffer buffer, Runnable reader) {
        Tokens before = tokens;
        tokens = buffer.replay();
        tokens.next();
        reader.run();
        tokens = before;
    }

    /** Returns the problems by line. */
    List<Problem> problems() {
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparing(Problem::position));
        return sorted;
    }

    /** Ends the reading; no reader looks at a twenty-first problem before the first twenty are solved. */
    @SuppressWarnings("serial")
    static final class EnoughProblems extends RuntimeException {
        EnoughProblems() {
            super("enough problems", null, false, false);
        }
    }
}
