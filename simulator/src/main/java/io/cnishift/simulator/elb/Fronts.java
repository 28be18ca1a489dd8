package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Part;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings load balancers to what Ingresses and Services say. These are held meanwhile, and let go when nothing of theirs is left. */
final class Fronts {

    private final Cloud cloud;
    private final Stacks stacks;
    private final FrontGroups groups;
    private final StackDeployer deployer;
    private final Finalizers finalizers;

    Fronts(Kernel kernel, Finalizers finalizers) {
        this.finalizers = finalizers;
        cloud = Cloud.of(kernel);
        stacks = new Stacks(kernel);
        groups = new FrontGroups(kernel);
        deployer = new StackDeployer(kernel, groups);
    }

    /** Whether nothing has to be tried again. */
    boolean reconcile() {
        finalizers.hold(stacks.fronts());
        List<Stack> possible = stacks.all();
        possible.forEach(deployer::deploy);
        Set<String> wanted = stacks.fronts().map(Stacks::idOf).collect(Collectors.toSet());
        List.copyOf(cloud.view().all(Part.LOAD_BALANCERS, LoadBalancer.class)).stream()
                .filter(l ->
                        StackDeployer.tag(l).filter(t -> !wanted.contains(t)).isPresent())
                .forEach(deployer::remove);
        groups.delete();
        List<String> built = possible.stream().map(Stack::id).toList();
        finalizers.release(stacks.fronts(), id -> wanted.contains(id) ? built.contains(id) : groups.done(id));
        return groups.done();
    }
}
