package io.cnishift.engine.lock;

import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.KubernetesPort;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The Lease that says who may change a cluster: {@code kube-system/cnishift}. Who holds it stands in annotations, for
 * {@code holderIdentity} is one word for one run.
 *
 * @param version resourceVersion of the object
 * @param uid of the object
 * @param identity who holds it, as the API shows it
 * @param holder the same in parts
 * @param renewed when it was last renewed, by the holder's clock
 * @param lasts how long it is his after that
 */
record Lease(String version, String uid, String identity, LockHolder holder, Instant renewed, Duration lasts) {

    static final ObjectRef REF = ObjectRef.of("coordination.k8s.io/v1", "Lease", "kube-system", "cnishift");
    static final Duration DURATION = Duration.ofSeconds(60);

    private static final String PREFIX = "cnishift.io/";
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The object as it stands in the cluster; empty when it does not exist. */
    static Map<String, Object> tree(KubernetesPort port) {
        return port.before(new DeleteObject(REF, Optional.empty()));
    }

    /** The Lease as it stands in the cluster. */
    static Optional<Lease> read(KubernetesPort port) {
        return of(tree(port));
    }

    /** The Lease as read; empty when it does not exist or nobody holds it. */
    static Optional<Lease> of(Map<String, Object> tree) {
        String identity = Tree.text(tree, "spec", "holderIdentity").orElse("");
        if (identity.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> notes = Tree.strings(tree, "metadata", "annotations");
        Instant renewed = time(Tree.text(tree, "spec", "renewTime"));
        return Optional.of(new Lease(
                version(tree),
                Tree.text(tree, "metadata", "uid").orElse(""),
                identity,
                new LockHolder(
                        notes.getOrDefault(PREFIX + "holder", identity),
                        notes.getOrDefault(PREFIX + "host", "an unknown machine"),
                        notes.getOrDefault(PREFIX + "operation", "run"),
                        time(Tree.text(tree, "spec", "acquireTime").or(() -> Tree.text(tree, "spec", "renewTime")))),
                renewed,
                Duration.ofSeconds(Tree.number(tree, DURATION.toSeconds(), "spec", "leaseDurationSeconds"))));
    }

    static String version(Map<String, Object> tree) {
        return Tree.text(tree, "metadata", "resourceVersion").orElse("");
    }

    /** Whether its holder has let it run out, as far as clocks agree. */
    boolean expired(Instant now) {
        return !now.isBefore(renewed.plus(lasts));
    }

    /** The whole Lease of one who takes it now. */
    static Map<String, Object> taken(LockHolder who, Instant now) {
        Map<String, Object> lease = new LinkedHashMap<>(change(who, now));
        lease.put("apiVersion", REF.apiVersion());
        lease.put("kind", REF.kind());
        Map<String, Object> metadata = new LinkedHashMap<>(Tree.map(lease, "metadata"));
        metadata.put("name", REF.name());
        metadata.put("namespace", REF.namespace().orElseThrow());
        lease.put("metadata", metadata);
        return lease;
    }

    /** What taking it changes. */
    static Map<String, Object> change(LockHolder who, Instant now) {
        return Map.of(
                "metadata",
                Map.of(
                        "labels",
                        Map.of("app.kubernetes.io/managed-by", "cnishift"),
                        "annotations",
                        Map.of(
                                PREFIX + "holder", who.holder(),
                                PREFIX + "host", who.host(),
                                PREFIX + "operation", who.operation())),
                "spec",
                Map.of(
                        "holderIdentity", identity(who),
                        "leaseDurationSeconds", (int) DURATION.toSeconds(),
                        "acquireTime", MICROS.format(who.since()),
                        "renewTime", MICROS.format(now)));
    }

    /** What renewing it changes. */
    static Map<String, Object> renewal(Instant now) {
        return Map.of("spec", Map.of("renewTime", MICROS.format(now)));
    }

    /** One run: two of one user on one machine differ in process and time. */
    static String identity(LockHolder who) {
        return who.toString();
    }

    private static Instant time(Optional<String> text) {
        try {
            return text.map(Instant::parse).orElse(Instant.EPOCH);
        } catch (DateTimeException e) {
            // written by somebody else; without a time it has run out
            return Instant.EPOCH;
        }
    }
}
