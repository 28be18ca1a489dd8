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
        return Tree.known(reference.get(), Target.class, Target::new)
                .from(Pods.key(object).namespace());
    }

    /** What a reference points to. Objects of several namespaces may share it, but hardly do. */
    private static final class Target {
        private final Map<String, Object> reference;
        private Optional<ObjectKey> last = Optional.empty();

        private Target(Map<String, Object> reference) {
            this.reference = reference;
        }

        private Optional<ObjectKey> from(String namespace) {
            Optional<ObjectKey> known = last;
            if (known.isEmpty() || !known.get().namespace().equals(namespace)) {
                known = Optional.of(new ObjectKey(
                        Tree.text(reference, "kind").orElse(""),
                        namespace,
                        Tree.text(reference, "name").orElse("")));
                last = known;
            }
            return known;
        }
    }

    /** The object that controls it, if it is still the one of that UID. */
    public static Optional<Map<String, Object>> controller(Kernel kernel, Map<String, Object> object) {
        Optional<ObjectKey> key = key(object);
        Optional<Map<String, Object>> owner =
                key.isEmpty() ? Optional.empty() : kernel.objects().get(key.get());
        return owner.isPresent() && Pods.controllerUid(object).contains(Pods.uid(owner.get()))
                ? owner
                : Optional.empty();
    }
}
