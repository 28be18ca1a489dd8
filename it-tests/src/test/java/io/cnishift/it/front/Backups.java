package io.cnishift.it.front;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.engine.journal.JournalLine;
import io.cnishift.engine.journal.JournalRecord;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.world.Simulation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The objects of a cluster before its migration, each of which a journal must have as it was before it was changed. */
record Backups(Map<String, Map<String, Object>> objects) {

    /** What nobody but who changes an object writes. */
    private static final List<String> OWN = List.of("spec", "data", "webhooks");

    static Backups of(Simulation simulation) {
        ObjectStore store = simulation.kernel().objects();
        Map<String, Map<String, Object>> objects = new HashMap<>();
        for (String kind : store.kinds()) {
            store.list(kind).forEach(tree -> objects.put(ObjectRef.of(tree).toString(), tree));
        }
        return new Backups(objects);
    }

    /** Of the objects that acts of this journal change, those that no backup shows as they were. */
    List<String> lostIn(List<JournalLine> lines) {
        Set<String> seen = new HashSet<>();
        List<String> lost = new ArrayList<>();
        for (JournalLine line : lines) {
            if (line.record() instanceof JournalRecord.ActIntended intended) {
                object(intended.act())
                        .filter(name -> objects.containsKey(name) && seen.add(name))
                        .filter(name -> !same(objects.get(name), intended.before()))
                        .ifPresent(name -> lost.add(name + ": " + intended.before() + " of " + objects.get(name)));
            }
        }
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
