package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Part;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.NodesByInstance;
import java.time.Duration;
import java.util.Optional;

/**
 * The cloud controller removes the Node of an instance that is going, some 54 seconds after the kubelet stopped to report; till
 * then the object is there although nothing serves on it.
 */
public final class NodeGone implements Behaviour {

    private static final Duration DELAY = Duration.ofSeconds(54);

    @Override
    public String id() {
        return "node-gone";
    }

    @Override
    public String source() {
        return "cloud-provider node lifecycle controller; libraries.md 9";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud.of(kernel)
                .listen(change ->
                        ending(change).ifPresent(i -> kernel.clock().after(DELAY, () -> remove(kernel, i.id()))));
    }

    private static Optional<Instance> ending(Change change) {
        return change.part() == Part.INSTANCES
                ? change.now().map(Instance.class::cast).filter(i -> i.state().equals("shutting-down"))
                : Optional.empty();
    }

    private static void remove(Kernel kernel, String instance) {
        NodesByInstance.of(kernel)
                .named(instance)
                .forEach(name -> kernel.objects().delete("Node", "", name, Optional.empty()));
    }
}
