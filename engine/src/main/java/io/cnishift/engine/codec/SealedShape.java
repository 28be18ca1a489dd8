package io.cnishift.engine.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A sealed interface of records: the object of the record, with the key {@code kind} first, whose value is the
 * record's simple name in kebab case. Found by reflection, sealed interfaces among the permitted ones included.
 */
final class SealedShape implements Shape {
    private final Class<?> type;
    private final Map<String, RecordShape> byName = new TreeMap<>();
    private final Map<Class<?>, String> byClass = new LinkedHashMap<>();

    SealedShape(Class<?> type, Shapes shapes) {
        this.type = type;
        collect(type, shapes);
    }

    private void collect(Class<?> sealed, Shapes shapes) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed() && permitted.isInterface()) {
                collect(permitted, shapes);
            } else if (permitted.isRecord()) {
                add(permitted, new RecordShape(permitted, shapes));
            } else {
                throw new IllegalArgumentException(type.getName() + " permits " + permitted.getName()
                        + ", which is neither a record nor a sealed interface");
            }
        }
    }

    private void add(Class<?> permitted, RecordShape shape) {
        String name = kebab(permitted.getSimpleName());
        boolean again = byClass.put(permitted, name) != null;
        if (!again && byName.put(name, shape) != null) {
            throw new IllegalArgumentException(type.getName() + " permits two records of the kind " + name);
        }
        for (var component : permitted.getRecordComponents()) {
            if (component.getName().equals(RecordShape.TAG)) {
                throw new IllegalArgumentException(permitted.getName() + " has a component named kind, which is the"
                        + " key that tells the records of " + type.getSimpleName() + " apart");
            }
        }
    }

    /** CordonNode is cordon-node, HTTPRoute is http-route. */
    static String kebab(String name) {
        StringBuilder kebab = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean upper = c >= 'A' && c <= 'Z';
            boolean afterLower = i > 0 && !isUpper(name.charAt(i - 1));
            boolean beforeLower = i > 0 && i + 1 < name.length() && isLower(name.charAt(i + 1));
            if (upper && (afterLower || beforeLower)) {
                kebab.append('-');
            }
            kebab.append(upper ? (char) (c + ('a' - 'A')) : c);
        }
        return kebab.toString();
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    @Override
    public String what() {
        return "an object with a kind (" + type.getSimpleName() + ")";
    }

    @Override
    public Object read(Reading in) {
        if (in.token() != Token.OBJECT_START) {
            return in.wrongType(this);
        }
        Position start = in.position();
        TokenBuffer before = new TokenBuffer();
        Token token = in.next();
        while (token == Token.KEY && !in.text().equals(RecordShape.TAG)) {
            in.recordToken(before);
            in.next();
            in.recordValue(before);
            token = in.next();
        }
        if (token != Token.KEY) {
            in.path().enter(RecordShape.TAG);
            in.refuse(start, "missing key", Suggestion.remedy("", byName.keySet()));
            in.path().leave();
            return Reading.FAILED;
        }
        return readKind(in, start, before);
    }

    private Object readKind(Reading in, Position start, TokenBuffer before) {
        in.next();
        String kind = in.token().opens() ? "" : in.text();
        RecordShape shape = in.token() == Token.TEXT ? byName.get(kind) : null;
        if (shape == null) {
            in.path().enter(RecordShape.TAG);
            in.refuse("unknown kind \"" + Reading.shorten(kind) + "\"", Suggestion.remedy(kind, byName.keySet()));
            in.path().leave();
            in.skip();
            in.skipToEnd();
            return Reading.FAILED;
        }
        if (!before.isEmpty()) {
            in.unread(before);
        }
        return new RecordBody(shape, in, start).readTagged();
    }

    @Override
    public void write(@Nullable Object value, Writing out) {
        Object owner = out.required(value);
        String name = byClass.get(owner.getClass());
        RecordShape shape = name == null ? null : byName.get(name);
        if (name == null || shape == null) {
            throw out.unsupported(
                    type.getName() + " does not permit " + owner.getClass().getName());
        }
        out.sink().startObject();
        out.sink().key(RecordShape.TAG);
        out.sink().text(name);
        shape.writeBody(owner, out);
        out.sink().endObject();
    }

    @Override
    public Map<String, Object> schema(SchemaContext context) {
        return context.definition(type, "", () -> {
            List<Object> variants = new ArrayList<>();
            byName.forEach((name, shape) -> variants.add(context.definition(
                    type, "." + shape.type().getSimpleName(), () -> shape.body(context, Optional.of(name)))));
            return SchemaContext.node("oneOf", variants);
        });
    }
}
