package io.cnishift.simulator.front;

import io.cnishift.api.cluster.Tree;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.codec.Style;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Documents as they go over the wire. */
final class Bodies {
    private final Codec codec = Codec.builder().build();

    /** Writes one line of JSON. */
    void write(Object tree, OutputStream out) {
        codec.write(Object.class, tree, Format.JSON_LINE, Style.RESULT, out);
    }

    /** One line of JSON. */
    String line(Map<String, Object> tree) {
        return codec.text(Object.class, tree, Format.JSON_LINE, Style.RESULT);
    }

    /** The object in a body; none is an empty one. */
    @SuppressWarnings("unchecked")
    Map<String, Object> object(String text) {
        if (text.isBlank()) {
            return Map.of();
        }
        if (read(text) instanceof Map<?, ?> map) {
            return Tree.copy((Map<String, Object>) map);
        }
        throw Refusals.badRequest("the body of the request is no object");
    }

    /** The object in a body that is to stand there as a whole: what is null is left out. */
    Map<String, Object> whole(String text) {
        return Tree.copy(filled(object(text)));
    }

    private static Map<String, Object> filled(Map<?, ?> map) {
        Map<String, Object> filled = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                filled.put(String.valueOf(key), filledValue(value));
            }
        });
        return filled;
    }

    private static Object filledValue(Object value) {
        if (value instanceof Map<?, ?> map) {
            return filled(map);
        }
        return value instanceof List<?> list
                ? list.stream()
                        .filter(Objects::nonNull)
                        .map(Bodies::filledValue)
                        .toList()
                : value;
    }

    /** The list in a body. */
    List<?> list(String text) {
        if (read(text) instanceof List<?> list) {
            return list;
        }
        throw Refusals.badRequest("error decoding patch: the body of the request is no list");
    }

    private Object read(String text) {
        return codec.read(Object.class, Source.text("body", text))
                .orElseThrow(problems -> Refusals.badRequest("couldn't get version/kind; json parse error: "
                        + problems.get(0).message()));
    }
}
