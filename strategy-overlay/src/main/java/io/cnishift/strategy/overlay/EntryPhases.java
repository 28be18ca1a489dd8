package io.cnishift.strategy.overlay;

import static io.cnishift.strategy.overlay.Steps.touch;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.step.DecoupleIngress;
import io.cnishift.api.step.SwitchTargetType;
import java.util.ArrayList;
import java.util.List;

/** The phases before anything of the network changes: checks, room for new nodes, load balancers. */
final class EntryPhases {

    private EntryPhases() {}

    static List<Step> decoupleLoadBalancers(Draft draft) {
        List<Step> steps = new ArrayList<>();
        draft.balancers().ingresses().forEach((ingress, services) -> steps.add(decouple(ingress, services)));
        draft.balancers().services().forEach(service -> steps.add(switchTargets(draft, service)));
        return steps;
    }

    private static Step decouple(Ingress ingress, List<String> services) {
        List<String> touches = new ArrayList<>();
        touches.add(touch(Part.INGRESSES, ingress.key()));
        services.forEach(s -> touches.add(touch(Part.SERVICES, ingress.namespace() + "/" + s)));
        Step step = StepDraft.of(
                StepIds.decouple(ingress),
                new DecoupleIngress(ingress.namespace(), ingress.name(), services),
                "the load balancer sends requests to pod addresses, which it cannot reach in the overlay; node ports work for"
                        + " pods of both kinds",
                touches,
                "the Services and the Ingress get their recorded fields back, again without a gap");
        return ofOwner(step, ingress.owner());
    }

    private static Step switchTargets(Draft draft, Service service) {
        int gap = TargetGap.seconds(draft.site().view(), service);
        Step step = StepDraft.of(
                StepIds.switchTargets(service),
                new SwitchTargetType(service.namespace(), service.name(), gap),
                "the load balancer sends connections to pod addresses, which it cannot reach in the overlay",
                List.of(touch(Part.SERVICES, service.key())),
                "the annotation gets its recorded value back, with the same gap again");
        return ofOwner(step, service.owner());
    }

    private static Step ofOwner(Step step, Owner owner) {
        return owner.insists() ? Steps.byOwner(step) : step;
    }
}
