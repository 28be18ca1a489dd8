package io.cnishift.engine.journal;

import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.KubernetesPort;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An object of the cluster that is filled field by field, and made by the first of them. */
record Filled(KubernetesPort port, ObjectRef ref, Map<String, String> labels) {

    /** Adds fields; why they could not be added. */
    Optional<String> with(Map<String, Object> fields) {
        ActResult result = port.perform(new PatchObject(ref, PatchType.MERGE, fields, Optional.empty()));
        if (result.fold(done -> false, r -> r.reason() == ActResult.Reason.GONE)) {
            Map<String, Object> object = new TreeMap<>(fields);
            object.put("apiVersion", ref.apiVersion());
            object.put("kind", ref.kind());
            object.put(
                    "metadata",
                    Map.of("name", ref.name(), "namespace", ref.namespace().orElseThrow(), "labels", labels));
            result = port.perform(new CreateObject(object));
        }
        return result.fold(done -> Optional.empty(), r -> Optional.of(ref + ": " + r.message()));
    }
}
