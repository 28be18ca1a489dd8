package io.cnishift.engine.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one whole document as one shape. */
final class Decoding {
    private final String source;
    private final Shape shape;

    Decoding(String source, Shape shape) {
        this.source = source;
        this.shape = shape;
    }

    Decoded<Object> decode(Supplier<Tokens> opener) {
        Tokens opened;
        try {
            opened = opener.get();
        } catch (BrokenDocument e) {
            return new Decoded.Refused<>(List.of(problem(e, "")));
        }
        try (Tokens tokens = opened) {
            return decode(new Reading(source, tokens));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Decoded<Object> decode(Reading in) {
        try {
            if (in.next() == Token.END) {
                throw BrokenDocuments.empty();
            }
            Object value = shape.read(in);
            in.next();
            return outcome(value, in.problems());
        } catch (BrokenDocument e) {
            List<Problem> problems = new ArrayList<>(in.problems());
            problems.add(problem(e, in.path().toString()));
            return new Decoded.Refused<>(problems);
        } catch (Reading.EnoughProblems e) {
            return new Decoded.Refused<>(in.problems());
        }
    }

    private Decoded<Object> outcome(@Nullable Object value, List<Problem> problems) {
        if (!problems.isEmpty()) {
            return new Decoded.Refused<>(problems);
        }
        if (value == null) {
            return new Decoded.Refused<>(List.of(problem(BrokenDocuments.empty(), "")));
        }
        return new Decoded.Value<>(value);
    }

    private Problem problem(BrokenDocument e, String path) {
        return new Problem(source, e.position().line(), e.position().column(), path, e.message(), e.remedy());
    }
}
