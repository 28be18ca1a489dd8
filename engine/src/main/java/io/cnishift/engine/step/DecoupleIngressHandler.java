package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.DecoupleIngress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves the backends of an Ingress from ip to instance targets without a gap, each Service by a {@link Detour}:
 *
 * <ol>
 *   <li>A second Service with instance targets is made, and the Ingress forwards to both by weight, all to the first.
 *   <li>Once its targets are healthy, all weight moves to the second; requests under way to the first one's targets end.
 *   <li>The first Service is switched. Its new targets become healthy, the old ones go.
 *   <li>The weight moves back, the Ingress gets its rules back, the second Service is deleted.
 * </ol>
 *
 * Invariant: the load balancer always sends to a target group whose targets are all healthy. Where a Service stands is read
 * from the cluster alone. The way back takes the same detour with the Service switched to what it was.
 */
final class DecoupleIngressHandler implements StepHandler<DecoupleIngress> {

    @Override
    public StepOutcome next(View view, DecoupleIngress params, Progress progress) {
        Optional<Ingress> ingress = ingress(view, params);
        if (ingress.isEmpty()) {
            return new StepOutcome.Failed(
                    "there is no Ingress " + params.namespace() + "/" + params.ingress(), Disposition.ASK);
        }
        Optional<Service> twoPorts = services(view, params).stream()
                .filter(s -> Forwarding.ports(ingress.get(), s.name()) > 1)
                .findFirst();
        if (twoPorts.isPresent()) {
            return new StepOutcome.Failed(
                    "Ingress " + ingress.get().key() + " names several ports of Service "
                            + twoPorts.get().name() + ", which one action cannot weigh; give each port its Service",
                    Disposition.ASK);
        }
        return go(view, ingress.get(), services(view, params), Arrival.ofInstances(), progress);
    }

    @Override
    public StepOutcome back(View view, DecoupleIngress params, Progress progress) {
        return ingress(view, params)
                .map(i -> go(view, i, services(view, params), Arrival.ofEarlier(progress), progress))
                .orElseGet(() -> Outcomes.done("Ingress " + params.namespace() + "/" + params.ingress() + " is gone"));
    }

    private static StepOutcome go(
            View view, Ingress ingress, List<Service> services, Arrival arrival, Progress progress) {
        Map<Service, Detour.State> states = new LinkedHashMap<>();
        services.forEach(s -> states.put(s, new Detour(view, ingress, s, arrival, progress).state()));
        Optional<Finding> blocked =
                states.values().stream().flatMap(s -> s.blocked().stream()).findFirst();
        if (blocked.isPresent()) {
            return Outcomes.blocked(blocked.get());
        }
        List<Act> acts = new ArrayList<>();
        states.forEach((service, state) -> state.move().act(service, arrival).ifPresent(acts::add));
        IngressEdit.of(ingress, states, progress).ifPresent(acts::add);
        if (!acts.isEmpty()) {
            return new Attempts(progress).perform(reason(ingress, states), acts);
        }
        return states.values().stream()
                .filter(s -> s.move() == Detour.Move.WAIT)
                .findFirst()
                .map(s -> Outcomes.notYet(5, s.why()))
                .orElseGet(() -> Outcomes.done(
                        Count.of(services.size(), "Service") + " of Ingress " + ingress.key() + " with "
                                + arrival.words(),
                        services.stream()
                                .flatMap(s -> arrival.changed(s).stream())
                                .toList()));
    }

    private static String reason(Ingress ingress, Map<Service, Detour.State> states) {
        return states.entrySet().stream()
                .filter(e -> e.getValue().move().acts())
                .map(e -> e.getValue().move().words() + " for Service "
                        + e.getKey().key())
                .findFirst()
                .orElse("changing Ingress " + ingress.key());
    }

    private static Optional<Ingress> ingress(View view, DecoupleIngress params) {
        return view.get(Part.INGRESSES, Ingress.class, params.namespace() + "/" + params.ingress());
    }

    private static List<Service> services(View view, DecoupleIngress params) {
        return params.services().stream()
                .flatMap(name -> view.service(params.namespace() + "/" + name).stream())
                .toList();
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.INGRESSES, Part.SERVICES, Part.TARGET_GROUPS, Part.LOAD_BALANCERS, Part.NODES);
    }

    @Override
    public List<Fact> facts(View view, DecoupleIngress params) {
        String key = params.namespace() + "/" + params.ingress();
        return ingress(view, params).map(i -> Fact.equal("ingresses/" + key, "ingressClass", i.ingressClass())).stream()
                .toList();
    }
}
