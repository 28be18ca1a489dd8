package io.cnishift.engine.ledger;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Workloads whose pod template was changed: their controllers restart all their pods. */
final class TemplateChanges {

    private final Map<String, Template> begin = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private final int before;

    /** What makes a controller replace pods. */
    private record Template(Map<String, Object> podSpec, Map<String, String> labels, Map<String, String> annotations) {}

    /**
     * Compares with the view as it is now.
     *
     * @param before counted by earlier processes of the same run
     */
    TemplateChanges(View view, int before) {
        view.workloads().forEach(workload -> begin.put(workload.key(), template(workload)));
        this.before = before;
    }

    void accept(Change change) {
        Template was = begin.get(change.key());
        if (change.part() == Part.WORKLOADS && was != null) {
            change.now()
                    .map(Workload.class::cast)
                    .filter(now -> !template(now).equals(was))
                    .ifPresent(now -> changed.add(now.key()));
        }
    }

    int count() {
        return before + changed.size();
    }

    private static Template template(Workload workload) {
        return new Template(workload.podSpec(), workload.templateLabels(), workload.templateAnnotations());
    }
}
