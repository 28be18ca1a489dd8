package io.cnishift.engine.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Opens a source as tokens, and tells JSON from YAML by the first characters. */
final class TokenOpener {
    private static final int PEEK = 4096;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final JsonFactory json = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    Tokens open(Source source) {
        try {
            return open(reader(source));
        } catch (IOException e) {
            throw BrokenDocuments.unreadable(Position.NONE, e);
        }
    }

    private Tokens open(BufferedReader reader) throws IOException {
        try {
            return looksLikeJson(reader) ? new JsonTokens(json, reader) : new YamlTokens(reader);
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    private static BufferedReader reader(Source source) throws IOException {
        Reader decoding = new InputStreamReader(
                source.open(),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        return new BufferedReader(decoding, 1 << 16);
    }

    /**
     * JSON starts with an object whose first key is in double quotes, or with a list of such, or with an empty one.
     * Everything else is YAML, also its own {@code [a, b]} and {@code {a: 1}}.
     */
    private static boolean looksLikeJson(BufferedReader reader) throws IOException {
        reader.mark(PEEK);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        reader.mark(PEEK);
        int opening = nextVisible(reader, PEEK / 2);
        boolean json = false;
        if (opening == '{' || opening == '[') {
            int inside = nextVisible(reader, PEEK / 2 - 2);
            json = inside == '"'
                    || inside == '}'
                    || (opening == '[' && (inside == '{' || inside == '[' || inside == ']'));
        }
        reader.reset();
        return json;
    }

    private static int nextVisible(BufferedReader reader, int limit) throws IOException {
        int c = reader.read();
        for (int i = 1; i < limit && (c == ' ' || c == '\t' || c == '\n' || c == '\r'); i++) {
            c = reader.read();
        }
        return c;
    }
}
