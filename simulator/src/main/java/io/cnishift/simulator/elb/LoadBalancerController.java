package io.cnishift.simulator.elb;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.net.Pulse;
import java.time.Duration;
import java.util.List;

/**
 * The AWS Load Balancer Controller. It works as long as one of its pods is ready and reaches the API server; whatever changes
 * while it does not is done when it does again.
 */
public final class LoadBalancerController implements Behaviour {

    private static final Duration THINKS = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofSeconds(30);

    /** What load balancers are made of. The controller does not watch AWS: it sees no change that another made there. */
    private static final List<String> FRONT = List.of("Ingress", "Service", "TargetGroupBinding");

    private boolean due;
    private boolean front = true;

    @Override
    public String id() {
        return "load-balancer-controller";
    }

    @Override
    public String source() {
        return "AWS Load Balancer Controller: docs/guide/ingress/annotations.md, targetgroupbinding.md; domain.md 4.8";
    }

    @Override
    public void install(Kernel kernel) {
        ControllerPods pods = new ControllerPods(kernel);
        Finalizers finalizers = new Finalizers(kernel);
        Fronts fronts = new Fronts(kernel, finalizers);
        Bindings bindings = new Bindings(kernel, finalizers);
        BindingNetworks networks = new BindingNetworks(kernel);
        finalizers.open(new Stacks(kernel).fronts());
        Pulse.of(kernel).listen(() -> {
            if (!due) {
                due = true;
                kernel.clock().after(THINKS, () -> {
                    due = false;
                    if (pods.work()) {
                        if (front) {
                            front = false;
                            if (!fronts.reconcile()) {
                                kernel.clock().after(AGAIN, () -> again(kernel));
                            }
                        }
                        networks.reconcile();
                        bindings.reconcile();
                    }
                });
            }
        });
        FRONT.forEach(kind -> kernel.objects().listen(kind, (before, after) -> front = true));
    }

    private void again(Kernel kernel) {
        front = true;
        Pulse.of(kernel).beat();
    }
}
