package io.cnishift.engine.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Writes JSON by Jackson, pretty with two spaces or on one line; either ends with LF. */
final class JsonSink implements Sink {
    private final JsonGenerator generator;

    JsonSink(JsonFactory factory, Writer writer, boolean pretty) {
        try {
            generator = factory.createGenerator(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        if (pretty) {
            generator.setPrettyPrinter(printer());
        }
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("")
                .withRootSeparator("");
        return new DefaultPrettyPrinter(separators).withObjectIndenter(indenter).withArrayIndenter(indenter);
    }

    @Override
    public void startObject() {
        emit(generator::writeStartObject);
    }

    @Override
    public void key(String key) {
        emit(() -> generator.writeFieldName(Utf16.requireWellFormed(key)));
    }

    @Override
    public void endObject() {
        emit(generator::writeEndObject);
    }

    @Override
    public void startList() {
        emit(generator::writeStartArray);
    }

    @Override
    public void endList() {
        emit(generator::writeEndArray);
    }

    @Override
    public void text(String text) {
        emit(() -> generator.writeString(Utf16.requireWellFormed(text)));
    }

    @Override
    public void number(String digits) {
        emit(() -> generator.writeNumber(digits));
    }

    @Override
    public void flag(boolean value) {
        emit(() -> generator.writeBoolean(value));
    }

    @Override
    public void nothing() {
        emit(generator::writeNull);
    }

    @Override
    public void finish() {
        emit(() -> {
            generator.writeRaw('\n');
            generator.close();
        });
    }

    private static void emit(Emission emission) {
        try {
            emission.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Emission {
        void run() throws IOException;
    }
}
