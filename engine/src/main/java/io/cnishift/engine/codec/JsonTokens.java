package io.cnishift.engine.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.Reader;

/** JSON as tokens, by Jackson. */
final class JsonTokens implements Tokens {
    private final JsonParser parser;
    private Token current = Token.END;
    private int depth;
    private boolean rootSeen;

    JsonTokens(JsonFactory factory, Reader reader) throws IOException {
        this.parser = factory.createParser(reader);
    }

    @Override
    public Token next() {
        JsonToken token = advance();
        current = token == null ? Token.END : tokenOf(token);
        if (current.opens()) {
            depth++;
            if (depth > MAX_DEPTH) {
                throw BrokenDocuments.tooDeep(position());
            }
        } else if (current.closes()) {
            depth--;
        }
        if (depth == 0 || (depth == 1 && current.opens())) {
            checkSingleRoot();
        }
        return current;
    }

    private void checkSingleRoot() {
        boolean startsRoot = current != Token.END && !current.closes();
        if (startsRoot && rootSeen) {
            throw BrokenDocuments.secondDocument(position());
        }
        rootSeen |= startsRoot;
    }

    private JsonToken advance() {
        try {
            return parser.nextToken();
        } catch (JsonEOFException e) {
            throw new BrokenDocument(
                    position(e.getLocation()), "the JSON ends before it is complete", "check that the file is whole");
        } catch (JsonProcessingException e) {
            throw new BrokenDocument(
                    position(e.getLocation()),
                    "is not valid JSON: " + BrokenDocuments.firstLine(e.getOriginalMessage()),
                    "correct the JSON there");
        } catch (IOException e) {
            throw BrokenDocuments.unreadable(position(parser.currentLocation()), e);
        }
    }

    private static Token tokenOf(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> Token.OBJECT_START;
            case END_OBJECT -> Token.OBJECT_END;
            case START_ARRAY -> Token.LIST_START;
            case END_ARRAY -> Token.LIST_END;
            case FIELD_NAME -> Token.KEY;
            case VALUE_STRING -> Token.TEXT;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Token.NUMBER;
            case VALUE_TRUE -> Token.TRUE;
            case VALUE_FALSE -> Token.FALSE;
            case VALUE_NULL -> Token.NULL;
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("a blocking JSON parser gave " + token);
        };
    }

    @Override
    public Token current() {
        return current;
    }

    @Override
    public String text() {
        try {
            return parser.getText();
        } catch (JsonProcessingException e) {
            throw new BrokenDocument(
                    position(e.getLocation()),
                    "is not valid JSON: " + BrokenDocuments.firstLine(e.getOriginalMessage()),
                    "correct the JSON there");
        } catch (IOException e) {
            throw BrokenDocuments.unreadable(position(), e);
        }
    }

    @Override
    public boolean bare() {
        return false;
    }

    @Override
    public Position position() {
        return position(parser.currentTokenLocation());
    }

    private static Position position(JsonLocation location) {
        return location == null
                ? Position.NONE
                : new Position(Math.max(0, location.getLineNr()), Math.max(0, location.getColumnNr()));
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
