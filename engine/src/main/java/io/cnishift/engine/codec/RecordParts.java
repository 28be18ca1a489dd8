package io.cnishift.engine.codec;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What reflection knows of one record class, looked up once. */
final class RecordParts {
    private final List<RecordPart> parts;
    private final Map<String, Integer> indexes;
    private final MethodHandle constructor;

    private RecordParts(List<RecordPart> parts, MethodHandle constructor) {
        this.parts = List.copyOf(parts);
        this.constructor = constructor;
        this.indexes = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            indexes.put(parts.get(i).name(), i);
        }
    }

    static RecordParts of(Class<?> type, Shapes shapes) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        List<RecordPart> parts = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            parts.add(part(type, components, i, shapes));
        }
        try {
            return new RecordParts(parts, Handles.constructor(type.getDeclaredConstructor(types)));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no canonical constructor", e);
        }
    }

    private static RecordPart part(Class<?> type, RecordComponent[] components, int index, Shapes shapes) {
        RecordComponent component = components[index];
        MethodHandle accessor = Handles.function(component.getAccessor());
        Optional<OpenType> open = shapes.openType(type, component.getName());
        if (open.isPresent()) {
            RecordPart.Open decided = new RecordPart.Open(indexOf(components, open.get()), open.get());
            return new RecordPart(component.getName(), OpenShape.ANY, accessor, Optional.of(decided));
        }
        try {
            return new RecordPart(
                    component.getName(), shapes.of(component.getGenericType()), accessor, Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    type.getSimpleName() + "." + component.getName() + ": " + e.getMessage(), e);
        }
    }

    private static int indexOf(RecordComponent[] components, OpenType open) {
        for (int i = 0; i < components.length; i++) {
            if (components[i].getName().equals(open.discriminator())) {
                return i;
            }
        }
        throw new IllegalArgumentException(open.owner().getName() + " has no component " + open.discriminator());
    }

    int size() {
        return parts.size();
    }

    RecordPart part(int index) {
        return parts.get(index);
    }

    List<RecordPart> all() {
        return parts;
    }

    List<String> names() {
        return parts.stream().map(RecordPart::name).toList();
    }

    /** Returns the place of the component, -1 when the record has no such component. */
    int indexOf(String name) {
        return indexes.getOrDefault(name, -1);
    }

    Object construct(@Nullable Object[] values) throws Handles.Refusal {
        return Handles.construct(constructor, values);
    }
}
