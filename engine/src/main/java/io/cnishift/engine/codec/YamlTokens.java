package io.cnishift.engine.codec;

import java.io.IOException;
import java.io.Reader;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * YAML as tokens, from the events of SnakeYAML, so that nothing is composed to a tree and the style of each scalar is
 * known. Anchors, aliases and tags are refused: none of our files needs them, an alias makes a short file large, and
 * a merge key hides what is set.
 */
final class YamlTokens implements Tokens {
    private final Reader reader;
    private final ParserImpl parser;
    /** Bit n tells whether the collection at depth n is a mapping. */
    private final BitSet mappings = new BitSet();

    private int depth;
    private boolean keyExpected;
    private boolean documentSeen;
    private Token current = Token.END;
    private String text = "";
    private boolean bare;
    private @Nullable Mark mark;

    YamlTokens(Reader reader) {
        this.reader = reader;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setProcessComments(false);
        this.parser = new ParserImpl(new StreamReader(reader), options);
    }

    @Override
    public Token next() {
        Event event = advance();
        while (skips(event)) {
            event = advance();
        }
        mark = event.getStartMark();
        current = tokenOf(event);
        return current;
    }

    private Event advance() {
        try {
            return parser.getEvent();
        } catch (MarkedYAMLException e) {
            Mark at = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            throw YamlSyntax.explain(at == null ? Position.NONE : position(at), e);
        } catch (ReaderException e) {
            throw new BrokenDocument(
                    position(),
                    "holds the character U+" + String.format("%04X", e.getCodePoint())
                            + " after this place, which YAML forbids",
                    "write it as an escape in double quotes");
        } catch (YAMLException e) {
            if (e.getCause() instanceof IOException io) {
                throw BrokenDocuments.unreadable(Position.NONE, io);
            }
            throw new BrokenDocument(
                    position(),
                    "is not valid YAML: " + BrokenDocuments.firstLine(e.getMessage()),
                    "correct the YAML there");
        }
    }

    private boolean skips(Event event) {
        if (event.is(Event.ID.DocumentStart)) {
            if (documentSeen) {
                throw BrokenDocuments.secondDocument(position(event.getStartMark()));
            }
            documentSeen = true;
            return true;
        }
        return event.is(Event.ID.StreamStart) || event.is(Event.ID.DocumentEnd);
    }

    private Token tokenOf(Event event) {
        if (event instanceof NodeEvent node) {
            refuseReferences(node);
        }
        return switch (event.getEventId()) {
            case StreamEnd -> Token.END;
            case MappingStart -> open(true);
            case SequenceStart -> open(false);
            case MappingEnd -> close(Token.OBJECT_END);
            case SequenceEnd -> close(Token.LIST_END);
            case Scalar -> scalar((ScalarEvent) event);
            case Alias, Comment, DocumentStart, DocumentEnd, StreamStart ->
                throw new IllegalStateException("unexpected YAML event " + event.getEventId());
        };
    }

    private void refuseReferences(NodeEvent node) {
        if (node.getAnchor() != null) {
            boolean alias = node.is(Event.ID.Alias);
            throw new BrokenDocument(
                    position(),
                    "uses the YAML " + (alias ? "alias *" : "anchor &") + node.getAnchor() + ", which is not supported",
                    "write the value out at each place");
        }
        String tag = node instanceof ScalarEvent scalar
                ? scalar.getTag()
                : node instanceof CollectionStartEvent collection ? collection.getTag() : null;
        if (tag != null) {
            throw new BrokenDocument(
                    position(),
                    "uses the YAML tag " + tag.replace("tag:yaml.org,2002:", "!!") + ", which is not supported",
                    "leave the tag out and quote the value if it is text");
        }
    }

    private Token open(boolean mapping) {
        if (keyExpected) {
            throw new BrokenDocument(
                    position(), "has a list or an object as a key", "a key is text; quote it if it starts with [ or {");
        }
        if (depth == MAX_DEPTH) {
            throw BrokenDocuments.tooDeep(position());
        }
        mappings.set(depth, mapping);
        depth++;
        keyExpected = mapping;
        return mapping ? Token.OBJECT_START : Token.LIST_START;
    }

    private Token close(Token end) {
        depth--;
        keyExpected = inMapping();
        return end;
    }

    private boolean inMapping() {
        return depth > 0 && mappings.get(depth - 1);
    }

    private Token scalar(ScalarEvent event) {
        text = event.getValue();
        bare = event.getScalarStyle() == ScalarStyle.PLAIN;
        if (keyExpected) {
            keyExpected = false;
            return Token.KEY;
        }
        keyExpected = inMapping();
        return bare ? YamlWords.tokenOf(text) : Token.TEXT;
    }

    @Override
    public Token current() {
        return current;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public boolean bare() {
        return bare;
    }

    @Override
    public Position position() {
        return mark == null ? Position.NONE : position(mark);
    }

    private static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
