package io.cnishift.engine.codec;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Finds the shape of a Java type, and keeps it. */
final class Shapes {
    private static final Shape RAW = new RawShape();

    private final ConcurrentMap<Type, Shape> known = new ConcurrentHashMap<>(fixed());
    private final List<OpenType> openTypes;
    private final Map<Class<?>, String> patterns;

    Shapes(List<OpenType> openTypes, Map<Class<?>, String> patterns) {
        this.openTypes = List.copyOf(openTypes);
        this.patterns = Map.copyOf(patterns);
    }

    private static Map<Type, Shape> fixed() {
        Map<Type, Shape> shapes = new HashMap<>();
        shapes.put(Object.class, RAW);
        shapes.put(String.class, new TextShape());
        shapes.put(int.class, WholeShape.ofInt());
        shapes.put(Integer.class, WholeShape.ofInt());
        shapes.put(long.class, WholeShape.ofLong());
        shapes.put(Long.class, WholeShape.ofLong());
        shapes.put(double.class, new DecimalShape());
        shapes.put(Double.class, new DecimalShape());
        shapes.put(boolean.class, new FlagShape());
        shapes.put(Boolean.class, new FlagShape());
        shapes.put(Instant.class, new InstantShape());
        shapes.put(Duration.class, new DurationShape());
        shapes.put(OptionalInt.class, OptionalShape.ofInt());
        shapes.put(OptionalLong.class, OptionalShape.ofLong());
        shapes.put(Map.class, new MapShape(new TextShape(), RAW, false));
        shapes.put(List.class, new ListShape(RAW));
        return shapes;
    }

    Optional<OpenType> openType(Class<?> owner, String component) {
        return openTypes.stream()
                .filter(open -> open.owner() == owner && open.value().equals(component))
                .findFirst();
    }

    /** Returns the shape of the type; a type that has none is refused with IllegalArgumentException. */
    Shape of(Type type) {
        Shape shape = known.get(type);
        if (shape == null) {
            Shape made = make(type);
            Shape first = known.putIfAbsent(type, made);
            shape = first == null ? made : first;
        }
        return shape;
    }

    private Shape make(Type type) {
        if (type instanceof Class<?> plain) {
            return ofClass(plain);
        }
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic);
        }
        if (type instanceof WildcardType wildcard && wildcard.getLowerBounds().length == 0) {
            return of(wildcard.getUpperBounds()[0]);
        }
        throw unsupported(type);
    }

    private Shape ofClass(Class<?> type) {
        if (type.isEnum()) {
            return new EnumShape(type);
        }
        Optional<Method> parse = ParsedShape.parseMethod(type);
        if (parse.isPresent()) {
            return new ParsedShape(type, parse.get(), Optional.ofNullable(patterns.get(type)));
        }
        if (type.isRecord()) {
            return new RecordShape(type, this);
        }
        if (type.isInterface() && type.isSealed()) {
            return new SealedShape(type, this);
        }
        throw unsupported(type);
    }

    private Shape ofGeneric(ParameterizedType type) {
        Type raw = type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (raw == Optional.class) {
            return OptionalShape.of(of(arguments[0]));
        }
        if (raw == List.class) {
            return new ListShape(of(arguments[0]));
        }
        if (raw == Set.class || raw == SortedSet.class) {
            return new SetShape(of(arguments[0]), raw == SortedSet.class);
        }
        if ((raw == Map.class || raw == SortedMap.class) && of(arguments[0]) instanceof TextualShape key) {
            return new MapShape(key, of(arguments[1]), raw == SortedMap.class);
        }
        throw unsupported(type);
    }

    private static IllegalArgumentException unsupported(Type type) {
        return new IllegalArgumentException(type.getTypeName() + " has no written form");
    }
}
