package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.RestartWorkloads;
import java.util.Map;
import java.util.Optional;

/**
 * Restarts of workloads by an annotation of their pod template that names migration and step. So a restart can be seen, and
 * is not made twice by a process that does not know of the first.
 */
final class Restart {

    static final String ANNOTATION = RestartWorkloads.ANNOTATION;

    private Restart() {}

    /** The value by which a restart of that step is known. */
    static String value(Progress progress) {
        return progress.migration() + "/" + progress.step();
    }

    static boolean done(Workload workload, String value) {
        return value.equals(workload.templateAnnotations().get(ANNOTATION));
    }

    static PatchObject act(Workload workload, String value) {
        return patch(workload, Map.of("template", template(value)));
    }

    static Map<String, Object> template(String value) {
        return Map.of("metadata", Map.of("annotations", Map.of(ANNOTATION, value)));
    }

    static PatchObject patch(Workload workload, Map<String, Object> spec) {
        return new PatchObject(Refs.of(workload), PatchType.STRATEGIC, Map.of("spec", spec), Optional.empty());
    }

    /** Restarts a workload and waits until it is settled; empty once it is, or when it does not exist. */
    static Optional<StepOutcome> of(View view, String key, String value, Progress progress) {
        return view.workload(key)
                .flatMap(w -> done(w, value)
                        ? Settling.of(view, w, progress)
                        : Optional.of(new Attempts(progress).perform("restarting " + Refs.words(key), act(w, value))));
    }
}
