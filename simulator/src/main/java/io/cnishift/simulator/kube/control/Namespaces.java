package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A namespace that is being deleted takes everything in it along and goes when it is empty. */
final class Namespaces implements Behaviour {
    private static final Duration AGAIN = Duration.ofSeconds(5);

    @Override
    public String id() {
        return "namespaces";
    }

    @Override
    public String source() {
        return "pkg/controller/namespace/deletion";
    }

    @Override
    public void install(Kernel kernel) {
        Controller.start(this, kernel, "Namespace", Namespaces::look);
    }

    private static void look(Controller tools, Map<String, Object> namespace) {
        if (!Pods.terminating(namespace)) {
            return;
        }
        ObjectStore store = tools.store();
        String name = Pods.key(namespace).name();
        // what an aggregated API may hold of it cannot be listed while that API does not answer
        boolean empty = store.list("APIService").stream()
                .noneMatch(a -> Tree.at(a, "spec", "service").isPresent() && !Pods.conditionHolds(a, "Available"));
        for (String kind : store.kinds()) {
            for (Map<String, Object> object : List.copyOf(store.list(kind, name))) {
                if (!Pods.terminating(object)) {
                    store.delete(Pods.key(object), Controller.MANAGER, Optional.empty(), OptionalLong.empty());
                }
            }
            empty &= store.list(kind, name).isEmpty();
        }
        if (empty) {
            store.remove("Namespace", "", name);
        } else {
            tools.queue().addAfter(Pods.key(namespace), AGAIN);
        }
    }
}
