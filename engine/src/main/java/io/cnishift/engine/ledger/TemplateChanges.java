package io.cnishift.engine.ledger;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Workloads whose pod template was changed: their controllers restart all their pods. */
final class TemplateChanges {

    private final Map<String, Template> begin = new HashMap<>();
    private final Set<String> changed = new TreeSet<>();

    /** What makes a controller replace pods. */
    private record Template(Map<String, Object> podSpec, Map<String, String> labels, Map<String, String> annotations) {
        boolean isOf(Workload workload) {
            return podSpec.equals(workload.podSpec())
                    && labels.equals(workload.templateLabels())
                    && annotations.equals(workload.templateAnnotations());
        }
    }

    /**
     * Compares with the view as it is now.
     *
     * @param before found changed by earlier processes of the same run
     */
    TemplateChanges(View view, List<String> before) {
        view.workloads().forEach(workload -> begin.put(workload.key(), template(workload)));
        changed.addAll(before);
    }

    void accept(Change change) {
        if (change.part() != Part.WORKLOADS) {
            return;
        }
        Template was = begin.get(change.key());
        if (was != null
                && change.now().isPresent()
                && !was.isOf((Workload) change.now().get())) {
            changed.add(change.key());
        }
    }

    /** Their keys, sorted. */
    List<String> changed() {
        return List.copyOf(changed);
    }

    private static Template template(Workload workload) {
        return new Template(workload.podSpec(), workload.templateLabels(), workload.templateAnnotations());
    }
}
