package io.cnishift.engine.codec;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** The ways in which a document can be broken whatever its notation, in one wording. */
final class BrokenDocuments {
    private BrokenDocuments() {}

    static BrokenDocument tooDeep(Position at) {
        return new BrokenDocument(
                at,
                "nests deeper than " + Tokens.MAX_DEPTH + " levels",
                "check that this is the right file; none of ours nests so deep");
    }

    static BrokenDocument secondDocument(Position at) {
        return new BrokenDocument(at, "holds more than one document", "keep one document per file");
    }

    static BrokenDocument empty() {
        return new BrokenDocument(Position.NONE, "is empty", "check that this is the right file");
    }

    static BrokenDocument unreadable(Position at, IOException cause) {
        if (cause instanceof CharacterCodingException) {
            return new BrokenDocument(at, "is not UTF-8 text", "save the file as UTF-8");
        }
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return new BrokenDocument(at, "there is no such file", "check the path");
        }
        return new BrokenDocument(
                at,
                "cannot be read: " + cause.getClass().getSimpleName() + ": " + firstLine(cause.getMessage()),
                "check the file and its permissions");
    }

    static String firstLine(@Nullable String message) {
        String text = message == null ? "no details" : message;
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
