package io.cnishift.it.front;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The first backup of each object in a journal: as it was before the migration changed it. What an add-on of EKS manages is changed by
 * the act on the add-on before, so what a backup has to show is read off a migration in which nothing failed.
 */
record Backups(Map<String, Map<String, Object>> objects) {

    /** What nobody but who changes an object writes. */
    private static final List<String> OWN = List.of("spec", "data", "webhooks");

    static Backups of(List<JournalLine> lines) {
        Map<String, Map<String, Object>> objects = new LinkedHashMap<>();
        for (JournalLine line : lines) {
            if (line.record() instanceof JournalRecord.ActIntended intended) {
                object(intended.act()).ifPresent(name -> objects.putIfAbsent(name, intended.before()));
            }
        }
        return new Backups(objects);
    }

    /** Objects that both have backups of, of which those of the other one are not the same. */
    List<String> lostIn(Backups other) {
        List<String> lost = new ArrayList<>();
        objects.forEach((name, backup) -> {
            Map<String, Object> found = other.objects.getOrDefault(name, backup);
            if (!same(backup, found)) {
                lost.add(name + ": " + found + " instead of " + backup);
            }
        });
        return lost;
    }

    private static boolean same(Map<String, Object> was, Map<String, Object> backup) {
        return OWN.stream().allMatch(field -> Objects.equals(was.get(field), backup.get(field)));
    }

    private static Optional<String> object(Act act) {
        if (act instanceof PatchObject patch) {
            return Optional.of(patch.object().toString());
        }
        if (act instanceof ApplyObject apply) {
            return Optional.of(ObjectRef.of(apply.object()).toString());
        }
        if (act instanceof DeleteObject delete) {
            return Optional.of(delete.object().toString());
        }
        return act instanceof CordonNode cordon ? Optional.of("Node " + cordon.node()) : Optional.empty();
    }
}
