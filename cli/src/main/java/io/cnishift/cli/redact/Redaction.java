package io.cnishift.cli.redact;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A snapshot to show to others: names, hosts, ARNs, accounts, ids and addresses are replaced, the same one by the same everywhere
 * and in the same order, so that it loads and compares as before. Notes and the values of private releases are left out.
 *
 * <p>IPv6 addresses stay, and so does what somebody hid in configuration of public software: read the file before you send it.
 */
public final class Redaction {

    private static final String REDACTED = "redacted";

    private final Ids ids;
    private final Names names;
    private final Addresses addresses;

    private Redaction(Map<?, ?> tree) {
        List<String> texts = new ArrayList<>();
        collect(tree, texts);
        Set<String> hosts = new TreeSet<>();
        texts.forEach(text -> hosts.addAll(Names.hosts(text)));
        ids = new Ids(texts);
        names = new Names(Chosen.in(tree), hosts);
        addresses = new Addresses(String.valueOf(tree.get("cluster")).hashCode());
    }

    /** The snapshot without what it would give away. */
    public static ClusterSnapshot of(ClusterSnapshot snapshot, Codec codec) {
        if (!(codec.toTree(ClusterSnapshot.class, snapshot, Style.DOCUMENT) instanceof Map<?, ?> tree)) {
            throw new IllegalStateException("a snapshot is an object");
        }
        Map<String, Object> rewritten = new Redaction(tree).object(tree);
        rewritten.put("source", REDACTED);
        return codec.fromTree(ClusterSnapshot.class, rewritten, REDACTED)
                .orElseThrow(problems -> new IllegalStateException("the redacted snapshot does not load: " + problems));
    }

    private static void collect(Object value, List<String> texts) {
        if (value instanceof String text) {
            texts.add(text);
        } else if (value instanceof Iterable<?> list) {
            list.forEach(inner -> collect(inner, texts));
        } else if (value instanceof Map<?, ?> object) {
            object.forEach((key, inner) -> {
                texts.add(String.valueOf(key));
                collect(inner, texts);
            });
        }
    }

    private Map<String, Object> object(Map<?, ?> object) {
        Map<String, Object> rewritten = new LinkedHashMap<>();
        object.forEach((key, value) -> rewritten.put(text(String.valueOf(key)), value(value)));
        if (object.containsKey("chart") && object.containsKey("values")) {
            rewritten.put("values", Map.of());
        }
        if (object.containsKey("description") && !object.containsKey("addresses")) {
            rewritten.put("description", "");
        }
        return rewritten;
    }

    private Object value(Object value) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof Iterable<?> list) {
            List<Object> rewritten = new ArrayList<>();
            list.forEach(inner -> rewritten.add(value(inner)));
            return rewritten;
        }
        return value instanceof Map<?, ?> inner ? object(inner) : value;
    }

    private String text(String text) {
        return addresses.rewrite(names.rewrite(ids.rewrite(text)));
    }
}
