package io.cnishift.engine.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Writes the JSON Schema (draft 2020-12) of what a {@link Codec} writes for a type. Equal types give equal text.
 *
 * <p>In style DOCUMENT a key is required unless its component has a zero value; in style RESULT every key is, and an
 * Optional may be null. Records admit no further keys. What the constructors check beyond types is not in the schema.
 */
public final class SchemaGenerator {
    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    private final Codec codec;

    /** A generator for the types as this codec writes them. */
    public SchemaGenerator(Codec codec) {
        this.codec = Objects.requireNonNull(codec, "codec");
    }

    /** Returns the schema of a record or sealed interface, ending with a line break. */
    public String schema(Class<?> root, Style style) {
        return schema(codec.shape(root), style);
    }

    /** Returns the schema of a list of such, ending with a line break. */
    public String listSchema(Class<?> element, Style style) {
        return schema(new ListShape(codec.shape(element)), style);
    }

    private String schema(Shape root, Style style) {
        SchemaContext survey = new SchemaContext(style, Class::getName);
        root.schema(survey);
        Map<Class<?>, String> names = shortNames(survey.owners());
        SchemaContext context = new SchemaContext(style, owner -> names.getOrDefault(owner, owner.getName()));
        Map<String, Object> schema = SchemaContext.node("$schema", DRAFT);
        schema.putAll(root.schema(context));
        if (!context.definitions().isEmpty()) {
            schema.put("$defs", context.definitions());
        }
        return codec.text(Object.class, schema, Format.JSON, Style.RESULT);
    }

    /** Simple names; where two classes share one, the name with its enclosing classes, and else the full one. */
    private static Map<Class<?>, String> shortNames(Set<Class<?>> owners) {
        Map<Class<?>, String> names = new HashMap<>();
        List<Function<Class<?>, String>> namings =
                List.of(Class::getSimpleName, SchemaGenerator::nested, Class::getName);
        for (Class<?> owner : owners) {
            for (int i = 0; i < namings.size() && !names.containsKey(owner); i++) {
                Function<Class<?>, String> naming = namings.get(i);
                String name = naming.apply(owner);
                boolean unique = owners.stream()
                                .filter(other -> naming.apply(other).equals(name))
                                .count()
                        == 1;
                if (unique) {
                    names.put(owner, name);
                }
            }
        }
        return names;
    }

    private static String nested(Class<?> owner) {
        return owner.getName().substring(owner.getPackageName().length() + 1).replace('$', '.');
    }
}
