package io.cnishift.simulator.kube;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import java.util.Map;
import java.util.Optional;

/** From an object to what controls it. */
public final class Owners {

    private Owners() {}

    /** Where the reference says that what controls it is. */
    public static Optional<ObjectKey> key(Map<String, Object> object) {
        Optional<Map<String, Object>> reference = Pods.controller(object);
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        String namespace = Pods.key(object).namespace();
        Target known = Tree.known(reference.get(), Target.class, r -> Target.of(r, namespace));
        // objects of several namespaces may share a reference
        return (known.key().orElseThrow().namespace().equals(namespace) ? known : Target.of(reference.get(), namespace))
                .key();
    }

    /** Where a reference points to from a namespace. */
    private record Target(Optional<ObjectKey> key) {
        private static Target of(Map<String, Object> reference, String namespace) {
            return new Target(Optional.of(new ObjectKey(
                    Tree.text(reference, "kind").orElse(""),
                    namespace,
                    Tree.text(reference, "name").orElse(""))));
        }
    }

    /** The object that controls it, if it is still the one of that UID. */
    public static Optional<Map<String, Object>> controller(Kernel kernel, Map<String, Object> object) {
        return key(object)
                .flatMap(kernel.objects()::get)
                .filter(o -> Pods.controllerUid(object).contains(Pods.uid(o)));
    }
}
