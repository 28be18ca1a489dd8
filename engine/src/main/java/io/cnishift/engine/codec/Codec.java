package io.cnishift.engine.codec;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes records, sealed interfaces of records and raw trees as YAML and JSON.
 *
 * <p>The form: a record is an object with its component names as keys, in their order. {@code String}, {@code int},
 * {@code long}, {@code double}, {@code boolean} and their boxes stand for themselves; {@code Instant} is ISO 8601 in
 * UTC; {@code Duration} is a number of seconds; an enum is what {@code toString()} of its constant says; a final class
 * or record with a {@code public static parse(String)} that returns itself is its {@code toString()}. {@code Optional}
 * and its primitive kin are the value or null; {@code List}, {@code Set}, {@code SortedSet} are lists; {@code Map} and
 * {@code SortedMap} with text-like keys are objects. A sealed interface of records is the object of the record behind a
 * key {@code kind} with its name in kebab case. {@code Object}, {@code List<Object>} and {@code Map<String, Object>}
 * are raw trees of String, Integer (Long where it does not fit), Double, Boolean, null, List and Map.
 *
 * <p>Maps are written sorted by key, sets sorted; lists and raw trees in their own order. Equal values give equal
 * bytes, provided the raw trees in them have equal order. {@code read(write(x))} equals x, and what this class wrote is
 * written again byte for byte. Reading takes keys in any order and is strict: an unknown key,
 * a key twice, a wrong type, a missing key that has no zero value, a value that a constructor refuses are problems. A
 * document that starts as a JSON object or list does is read as JSON, every other one as YAML.
 *
 * <p>A type that has no written form is a mistake of the program and is refused with IllegalArgumentException at its
 * first use. Immutable and safe for use by several threads.
 */
public final class Codec {
    private final Shapes shapes;
    private final TokenOpener opener = new TokenOpener();
    private final JsonFactory json = new JsonFactory();

    private Codec(Shapes shapes) {
        this.shapes = shapes;
    }

    /** Starts a codec. */
    public static Builder builder() {
        return new Builder();
    }

    /** Reads a document as a record, a sealed interface or, with {@code Object.class}, a raw tree. */
    public <T> Decoded<T> read(Class<T> type, Source source) {
        return new Decoding(source.name(), shape(type))
                .decode(() -> opener.open(source))
                .map(type::cast);
    }

    /** Reads a raw tree as if it had been a document; its problems have a path but no line. */
    public <T> Decoded<T> fromTree(Class<T> type, Object tree, String name) {
        BufferSink recorded = new BufferSink();
        shape(Object.class).write(tree, new Writing(recorded, Style.RESULT));
        return new Decoding(name, shape(type)).decode(recorded::tokens).map(type::cast);
    }

    /** Returns the raw tree that the written value would be read as; null only for a raw null. */
    public <T> @Nullable Object toTree(Class<T> type, T value, Style style) {
        TreeSink sink = new TreeSink();
        shape(type).write(value, new Writing(sink, style));
        return sink.tree();
    }

    /**
     * Writes a value and flushes the stream, which the caller closes. An I/O error is an UncheckedIOException.
     *
     * @param type what the value is to be read as: for one of a sealed interface, that interface
     */
    public <T> void write(Class<T> type, T value, Format format, Style style, OutputStream out) {
        write(shape(type), value, new Form(format, style), out);
    }

    /** Returns what {@link #write} would write. */
    public <T> String text(Class<T> type, T value, Format format, Style style) {
        return text(shape(type), value, new Form(format, style));
    }

    /** Returns a document that is a list. */
    public <T> String listText(Class<T> element, List<? extends T> values, Format format, Style style) {
        return text(new ListShape(shape(element)), values, new Form(format, style));
    }

    /**
     * Finds where a path such as {@code pods[123].node} stands, for checks that are made after reading. Reads the
     * source again.
     *
     * @return the place of the value, or of the longest part of the path that the document has; 0:0 when nothing of it
     *     can be read
     */
    public Position locate(Source source, String path) {
        return locate(source, List.of(path)).getOrDefault(path, Position.NONE);
    }

    /** Finds several paths in one pass, see {@link #locate(Source, String)}; the result has each of them. */
    public Map<String, Position> locate(Source source, Collection<String> paths) {
        Locator locator = new Locator(paths);
        try (Tokens tokens = opener.open(source)) {
            locator.walk(tokens);
        } catch (IOException | BrokenDocument e) {
            return positions(paths, locator);
        }
        return positions(paths, locator);
    }

    /**
     * Reads the items of lists at the root of a document once more, for checks that are made after reading. Shows one item at
     * a time, so a large document costs no memory; items that cannot be read are passed over.
     *
     * @param lists the class of the items by the key of the list
     */
    public void items(Source source, Map<String, Class<?>> lists, ItemVisitor visitor) {
        Map<String, Shape> shapes = new HashMap<>();
        lists.forEach((list, type) -> shapes.put(list, shape(type)));
        try (Tokens tokens = opener.open(source)) {
            new Items(shapes, visitor).walk(new Reading(source.name(), tokens));
        } catch (IOException | BrokenDocument e) {
            return;
        }
    }

    /** Is shown the items of lists. */
    @FunctionalInterface
    public interface ItemVisitor {
        /** Called for each item in the order of the document, with its list and its index in it. */
        void item(String list, int index, Object item);
    }

    private static Map<String, Position> positions(Collection<String> paths, Locator locator) {
        Map<String, Position> positions = new LinkedHashMap<>();
        paths.forEach(path -> positions.put(path, locator.position(path)));
        return positions;
    }

    Shape shape(Type type) {
        return shapes.of(type);
    }

    private record Form(Format format, Style style) {}

    private String text(Shape shape, @Nullable Object value, Form form) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(shape, value, form, bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void write(Shape shape, @Nullable Object value, Form form, OutputStream out) {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        Sink sink = switch (form.format()) {
            case YAML -> new YamlSink(writer);
            case JSON -> new JsonSink(json, writer, true);
            case JSON_LINE -> new JsonSink(json, writer, false);
        };
        shape.write(value, new Writing(sink, form.style()));
        sink.finish();
        try {
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Collects what reflection cannot know. Not for use by several threads. */
    public static final class Builder {
        private final List<OpenType> openTypes = new ArrayList<>();
        private final Map<Class<?>, String> patterns = new HashMap<>();

        private Builder() {}

        /**
         * Declares that the record class of one component is decided by the text of another component of the same
         * record. Written, the deciding one should come first; read, they may come in any order. Refused with
         * IllegalArgumentException when the class is no record with these components.
         */
        public Builder openType(
                Class<?> enclosingRecord,
                String discriminatorComponent,
                String valueComponent,
                Function<String, Optional<Class<? extends Record>>> lookup) {
            openTypes.add(new OpenType(enclosingRecord, discriminatorComponent, valueComponent, lookup));
            return this;
        }

        /** Gives schemas a regular expression for a class that is written as text. Reading does not use it. */
        public Builder textPattern(Class<?> type, String regex) {
            patterns.put(Objects.requireNonNull(type, "type"), Objects.requireNonNull(regex, "regex"));
            return this;
        }

        /** Makes the codec. */
        public Codec build() {
            return new Codec(new Shapes(openTypes, patterns));
        }
    }
}
