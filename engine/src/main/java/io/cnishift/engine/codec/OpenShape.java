package io.cnishift.engine.codec;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stands for a component whose class a sibling decides; {@link RecordBody} and {@link RecordShape} resolve it. */
final class OpenShape implements Shape {
    static final OpenShape ANY = new OpenShape();

    private OpenShape() {}

    @Override
    public String what() {
        return "an object";
    }

    @Override
    public @Nullable Object read(Reading in) {
        throw new IllegalStateException("the class of an open component is not known yet");
    }

    @Override
    public void write(@Nullable Object value, Writing out) {
        throw new IllegalStateException("the class of an open component is not known yet");
    }

    @Override
    public Map<String, Object> schema(SchemaContext context) {
        return Map.of("type", "object");
    }
}
