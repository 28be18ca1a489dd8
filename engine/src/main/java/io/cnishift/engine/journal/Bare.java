package io.cnishift.engine.journal;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CreateAddon;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.act.UpgradeRelease;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Lines without the contents of objects, for those who may read ConfigMaps and not Secrets: what was done to what, how it
 * ended, and nothing of what stood or stands in it.
 */
final class Bare {

    private static final Map<Class<? extends Act>, UnaryOperator<Act>> BY_TYPE = table();

    private Bare() {}

    /** Whether the line has contents at all. */
    static boolean hides(JournalLine line) {
        return bare(line.record()).isPresent();
    }

    static JournalLine of(JournalLine line) {
        return bare(line.record())
                .map(record -> new JournalLine(line.seq(), line.at(), record))
                .orElse(line);
    }

    private static Optional<JournalRecord> bare(JournalRecord record) {
        if (record instanceof JournalRecord.ActIntended intent) {
            return Optional.of(
                    new JournalRecord.ActIntended(intent.step(), of(intent.act()), Map.of(), Optional.empty()));
        }
        return record instanceof JournalRecord.OwnerAsked asked
                ? Optional.of(new JournalRecord.OwnerAsked(asked.step(), of(asked.act()), Map.of()))
                : Optional.empty();
    }

    private static Act of(Act act) {
        if (act instanceof OnSecond on) {
            return new OnSecond(of(on.act()));
        }
        return BY_TYPE.getOrDefault(act.getClass(), UnaryOperator.identity()).apply(act);
    }

    private static Map<Class<? extends Act>, UnaryOperator<Act>> table() {
        Map<Class<? extends Act>, UnaryOperator<Act>> table = new HashMap<>();
        put(table, ApplyObject.class, a -> new ApplyObject(named(a.object())));
        put(table, CreateObject.class, a -> new CreateObject(named(a.object())));
        put(table, PatchObject.class, a -> new PatchObject(a.object(), a.type(), Map.of(), a.resourceVersion()));
        put(
                table,
                CreateAddon.class,
                a -> new CreateAddon(a.name(), a.version(), Map.of(), a.serviceAccountRole(), a.tags()));
        put(table, UpdateAddon.class, a -> new UpdateAddon(a.name(), Map.of(), a.version(), a.role()));
        put(
                table,
                UpgradeRelease.class,
                a -> new UpgradeRelease(a.namespace(), a.name(), a.chart(), a.chartVersion(), Map.of()));
        return Map.copyOf(table);
    }

    private static <A extends Act> void put(
            Map<Class<? extends Act>, UnaryOperator<Act>> table, Class<A> type, UnaryOperator<A> bare) {
        table.put(type, act -> bare.apply(type.cast(act)));
    }

    private static Map<String, Object> named(Map<String, Object> object) {
        ObjectRef ref = ObjectRef.of(object);
        Map<String, Object> metadata = new HashMap<>(Map.of("name", ref.name()));
        ref.namespace().ifPresent(namespace -> metadata.put("namespace", namespace));
        return Map.of("apiVersion", ref.apiVersion(), "kind", ref.kind(), "metadata", metadata);
    }
}
