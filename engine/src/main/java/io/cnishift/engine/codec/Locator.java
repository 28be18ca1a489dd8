package io.cnishift.engine.codec;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds where in a document given paths stand, in one pass and without reading values. */
final class Locator {
    private final Wanted root = new Wanted();

    Locator(Collection<String> paths) {
        paths.forEach(path -> wanted(path));
    }

    /** A path step that somebody asked for, or one on the way there. */
    private static final class Wanted {
        final Map<Object, Wanted> children = new LinkedHashMap<>();

        @Nullable
        Position position;
    }

    private Wanted wanted(String path) {
        Wanted at = root;
        for (Object step : PathSteps.of(path)) {
            at = at.children.computeIfAbsent(step, key -> new Wanted());
        }
        return at;
    }

    /** Walks the document; what breaks it ends the walk, and what was found until then stays. */
    void walk(Tokens tokens) {
        try {
            if (tokens.next() != Token.END) {
                visit(tokens, root);
            }
        } catch (BrokenDocument e) {
            return;
        }
    }

    private void visit(Tokens tokens, Wanted wanted) {
        wanted.position = tokens.position();
        if (tokens.current() == Token.OBJECT_START) {
            while (tokens.next() == Token.KEY) {
                Wanted child = wanted.children.get(tokens.text());
                tokens.next();
                visitOrSkip(tokens, child);
            }
        } else if (tokens.current() == Token.LIST_START) {
            for (int i = 0; tokens.next() != Token.LIST_END; i++) {
                visitOrSkip(tokens, wanted.children.get(i));
            }
        }
    }

    private void visitOrSkip(Tokens tokens, @Nullable Wanted child) {
        if (child != null) {
            visit(tokens, child);
            return;
        }
        int depth = tokens.current().opens() ? 1 : 0;
        while (depth > 0) {
            Token token = tokens.next();
            depth += token.opens() ? 1 : token.closes() ? -1 : 0;
        }
    }

    /** Returns the place of the path, or of the longest part of it that the document has. */
    Position position(String path) {
        Position position = root.position == null ? Position.NONE : root.position;
        Wanted at = root;
        for (Object step : PathSteps.of(path)) {
            Wanted child = at.children.get(step);
            if (child == null || child.position == null) {
                return position;
            }
            position = child.position;
            at = child;
        }
        return position;
    }
}
