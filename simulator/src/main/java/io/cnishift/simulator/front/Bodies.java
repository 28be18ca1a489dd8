package io.cnishift.simulator.front;

import io.cnishift.api.cluster.Tree;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.codec.Style;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** Documents as they go over the wire. */
final class Bodies {
    private final Codec codec = Codec.builder().build();

    /** Writes one line of JSON. */
    void write(Object tree, OutputStream out) {
        codec.write(Object.class, tree, Format.JSON_LINE, Style.RESULT, out);
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
