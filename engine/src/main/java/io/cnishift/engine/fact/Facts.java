package io.cnishift.engine.fact;

import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Fact;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Style;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads and records facts.
 *
 * <p>The subject is {@code PART/KEY} ({@code node-groups/blue}, {@code workloads/DaemonSet/kube-system/aws-node}), the key
 * of a workload alone, or {@code PART} for all of a part; of a second cluster it is the same behind {@code second-cluster/}. The field is a path into the resource as results write it, so
 * every component of every record can be named: names joined by dots, map keys and list elements in brackets. Of a whole
 * part there is one field, {@code count}.
 *
 * <p>A value is the text of a scalar, and for anything else JSON on one line with sorted keys. What is not there has the
 * value {@value #ABSENT}.
 */
public final class Facts {

    /** The value of what is not there. */
    public static final String ABSENT = "<absent>";

    private static final String ON_SECOND = StepDraft.SECOND + "/";

    private static final Codec CODEC = Codec.builder().build();

    private Facts() {}

    /** The fact that the field has the value that it has now. */
    public static Fact same(View view, String subject, String field) {
        return Fact.equal(subject, field, value(view, subject, field));
    }

    /** The value of that field now. */
    public static String value(View view, String subject, String field) {
        return raw(view, subject, field).map(Facts::text).orElse(ABSENT);
    }

    /** Whether the fact holds; a bound does not hold for what is no number. */
    public static boolean holds(View view, Fact fact) {
        String now = value(view, fact.subject(), fact.field());
        boolean number = now.matches("-?[0-9]{1,18}");
        boolean equal = fact.value().map(now::equals).orElse(true);
        boolean enough = fact.atLeast().isEmpty()
                || (number && Long.parseLong(now) >= fact.atLeast().getAsLong());
        boolean few = fact.atMost().isEmpty()
                || (number && Long.parseLong(now) <= fact.atMost().getAsLong());
        return equal && enough && few;
    }

    /** Whether the view shows what the fact is about: one that was read of the first cluster alone tells nothing of the second. */
    static boolean shown(View view, Fact fact) {
        return !fact.subject().startsWith(ON_SECOND) || view.second().isPresent();
    }

    private static Optional<Object> raw(View view, String subject, String field) {
        if (subject.startsWith(ON_SECOND)) {
            return view.second().flatMap(second -> raw(second, subject.substring(ON_SECOND.length()), field));
        }
        FieldPath path = FieldPath.parse(field);
        int slash = subject.indexOf('/');
        Optional<Part> part = part(slash < 0 ? subject : subject.substring(0, slash));
        if (part.isPresent() && slash < 0) {
            return path.in(Map.of("count", view.all(part.get(), Resource.class).size()));
        }
        String key = part.isPresent() ? subject.substring(slash + 1) : subject;
        return view.get(part.orElse(Part.WORKLOADS), Resource.class, key).flatMap(found -> path.in(tree(found)));
    }

    @SuppressWarnings("unchecked")
    private static Object tree(Resource resource) {
        Class<Resource> type = (Class<Resource>) resource.getClass();
        return Objects.requireNonNull(CODEC.toTree(type, resource, Style.RESULT));
    }

    private static Optional<Part> part(String name) {
        return Arrays.stream(Part.values())
                .filter(p -> p.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static String text(Object value) {
        return value instanceof Map || value instanceof List
                ? CODEC.text(Object.class, sorted(value), Format.JSON_LINE, Style.RESULT)
                        .strip()
                : String.valueOf(value);
    }

    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, inner) -> sorted.put(String.valueOf(key), inner == null ? "null" : sorted(inner)));
            return sorted;
        }
        return value instanceof List<?> list ? list.stream().map(Facts::sorted).toList() : value;
    }
}
