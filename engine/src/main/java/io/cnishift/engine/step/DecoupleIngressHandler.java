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
        Optional<String> unfit = twoPorts(view, ingress.get(), params).or(() -> shared(view, ingress.get(), params));
        if (unfit.isPresent()) {
            return new StepOutcome.Failed("Ingress " + ingress.get().key() + " " + unfit.get(), Disposition.ASK);
        }
        return go(view, ingress.get(), services(view, params), Arrival.ofInstances(), progress);
    }

    private static Optional<String> twoPorts(View view, Ingress ingress, DecoupleIngress params) {
        return services(view, params).stream()
                .map(Service::name)
                .filter(s -> Forwarding.ports(ingress, s) > 1)
                .findFirst()
                .map(s -> "names several ports of Service " + s
                        + ", which one action cannot weigh; give each port its Service");
    }

    /** Another Ingress would lose its targets when the Service is switched, for its traffic takes no detour. */
    private static Optional<String> shared(View view, Ingress ingress, DecoupleIngress params) {
        return view.all(Part.INGRESSES, Ingress.class).stream()
                .filter(i ->
                        i.namespace().equals(ingress.namespace()) && !i.name().equals(ingress.name()))
                .filter(i -> Forwarding.balanced(i)
                        && i.rules().stream().anyMatch(r -> params.services().contains(r.service())))
                .findFirst()
                .map(i -> "shares a Service with Ingress " + i.key()
                        + ", whose requests would find no target meanwhile; give each a Service of its own");
    }

    @Override
    public StepOutcome back(View view, DecoupleIngress params, Progress progress) {
        return ingress(view, params)
                .map(i -> go(view, i, services(view, params), Arrival.ofEarlier(progress), progress))
                .orElseGet(() -> Outcomes.done("Ingress " + params.namespace() + "/" + params.ingress() + " is gone"));
    }

    private static StepOutcome go(
            View view, Ingress ingress, List<Service> services, Arrival arrival, Progress progress) {
        if (ingress.rules().stream().anyMatch(r -> r.service().isEmpty())) {
            return new StepOutcome.Failed(
                    "Ingress " + ingress.key() + " has a backend that is no Service, and its rules are written whole;"
                            + " give that path an Ingress of its own",
                    Disposition.ASK);
        }
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
