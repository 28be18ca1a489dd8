package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.port.Progress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a Service is switched to behind its detour: instance targets, or what it was before. */
sealed interface Arrival {

    String TARGET_TYPE = "alb.ingress.kubernetes.io/target-type";

    /** Whether the Service is there. */
    boolean reached(Service service);

    /** What brings it there. */
    Optional<Act> act(Service service);

    /** The target type that it has then. */
    String type();

    /** What somebody changed since, and is left. */
    List<Finding> changed(Service service);

    default String words() {
        return type() + " targets";
    }

    static Arrival ofInstances() {
        return new Instances();
    }

    static Arrival ofEarlier(Progress progress) {
        return new Earlier(progress);
    }

    /** Instance targets, over node ports. */
    record Instances() implements Arrival {

        @Override
        public boolean reached(Service service) {
            return "instance".equals(service.annotations().get(TARGET_TYPE))
                    && !service.type().equals("ClusterIP");
        }

        @Override
        public Optional<Act> act(Service service) {
            Map<String, Object> patch = new LinkedHashMap<>();
            patch.put("metadata", Map.of("annotations", Map.of(TARGET_TYPE, "instance")));
            if (service.type().equals("ClusterIP")) {
                patch.put("spec", Map.of("type", "NodePort"));
            }
            return Optional.of(new PatchObject(Refs.of(service), PatchType.MERGE, patch, Optional.empty()));
        }

        @Override
        public String type() {
            return "instance";
        }

        @Override
        public List<Finding> changed(Service service) {
            return List.of();
        }
    }

    /** What the step found. */
    record Earlier(Progress progress) implements Arrival {

        @Override
        public boolean reached(Service service) {
            return act(service).isEmpty();
        }

        @Override
        public Optional<Act> act(Service service) {
            return undo(service).flatMap(Undo.Result::patch).map(Act.class::cast);
        }

        @Override
        public String type() {
            return "ip";
        }

        @Override
        public List<Finding> changed(Service service) {
            return undo(service).map(Undo.Result::changed).orElse(List.of());
        }

        private Optional<Undo.Result> undo(Service service) {
            return Restore.first(progress, Refs.of(service))
                    .map(e -> Undo.of((PatchObject) e.act(), e.before(), Pictures.of(service)));
        }
    }
}
