package io.cnishift.adapters.aws;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Performed;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.ActResult.Refused;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How acts end, and the trees that say what stood there before. */
final class ActResults {

    private ActResults() {}

    /** Done, and nothing was made that has a name. */
    static ActResult done() {
        return new Performed(Map.of());
    }

    /** Done, and these keys and values in turn were made; those that are null are left out. */
    static ActResult done(@Nullable Object... keysAndValues) {
        return new Performed(tree(keysAndValues));
    }

    static ActResult no(Reason reason, String message) {
        return new Refused(reason, message);
    }

    /** A map of these keys and values in turn; keys whose value is null are left out. */
    static Map<String, Object> tree(@Nullable Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            @Nullable Object value = keysAndValues[i + 1];
            if (value != null) {
                map.put((String) Objects.requireNonNull(keysAndValues[i]), value);
            }
        }
        return Tree.frozen(map);
    }
}
