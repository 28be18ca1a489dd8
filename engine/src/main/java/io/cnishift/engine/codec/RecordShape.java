package io.cnishift.engine.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record: an object with its component names as keys, written in their order and read in any. */
final class RecordShape implements Shape {
    /** The key that names the record among those of a sealed interface. */
    static final String TAG = "kind";

    private final Class<?> type;
    private final Shapes shapes;
    private volatile @Nullable RecordParts parts;

    RecordShape(Class<?> type, Shapes shapes) {
        this.type = type;
        this.shapes = shapes;
    }

    /** Looked up at first use and not before, since a record may contain itself. */
    RecordParts parts() {
        RecordParts known = parts;
        if (known == null) {
            known = RecordParts.of(type, shapes);
            parts = known;
        }
        return known;
    }

    Class<?> type() {
        return type;
    }

    Shapes shapes() {
        return shapes;
    }

    @Override
    public String what() {
        return "an object (" + type.getSimpleName() + ")";
    }

    @Override
    public Object read(Reading in) {
        return in.token() == Token.OBJECT_START ? new RecordBody(this, in, in.position()).read() : in.wrongType(this);
    }

    @Override
    public void write(@Nullable Object value, Writing out) {
        Object owner = out.required(value);
        out.sink().startObject();
        writeBody(owner, out);
        out.sink().endObject();
    }

    /** Writes the components, between the start of the object (and its tag) and its end. */
    void writeBody(Object owner, Writing out) {
        for (RecordPart part : parts().all()) {
            Object value = part.valueIn(owner);
            if (out.style() == Style.DOCUMENT && part.mayBeLeftOut(value)) {
                continue;
            }
            out.path().enter(part.name());
            out.sink().key(part.name());
            Shape shape = part.open().isPresent() ? openShape(part.open().get(), owner, value, out) : part.shape();
            shape.write(value, out);
            out.path().leave();
        }
    }

    private Shape openShape(RecordPart.Open open, Object owner, @Nullable Object value, Writing out) {
        String kind = String.valueOf(parts().part(open.discriminator()).valueIn(owner));
        Class<?> actual = out.required(value).getClass();
        Optional<Class<? extends Record>> expected = open.type().lookup().apply(kind);
        if (expected.isEmpty() || expected.get() != actual) {
            throw out.unsupported("\"" + kind + "\" goes with "
                    + expected.map(Class::getName).orElse("no known class") + ", not with " + actual.getName());
        }
        return shapes.of(actual);
    }

    @Override
    public Map<String, Object> schema(SchemaContext context) {
        return context.definition(type, "", () -> body(context, Optional.empty()));
    }

    /** Returns the schema itself, with the tag as its first property when one is given. */
    Map<String, Object> body(SchemaContext context, Optional<String> tag) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        tag.ifPresent(name -> {
            properties.put(TAG, SchemaContext.node("const", name));
            required.add(TAG);
        });
        for (RecordPart part : parts().all()) {
            properties.put(part.name(), part.shape().schema(context));
            if (context.style() == Style.RESULT || part.shape().zero().isEmpty()) {
                required.add(part.name());
            }
        }
        Map<String, Object> schema = SchemaContext.node("type", "object", "properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }
}
