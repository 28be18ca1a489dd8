package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.SwitchTargetType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Switches a Service of type LoadBalancer to instance targets by its annotation. The controller makes a new target group and
 * drops the old one, so there is a gap until the new targets are healthy; the user consented to it.
 */
final class SwitchTargetTypeHandler implements StepHandler<SwitchTargetType> {

    static final String ANNOTATION = "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type";
    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(10);

    @Override
    public StepOutcome next(View view, SwitchTargetType params, Progress progress) {
        Optional<Service> service = view.service(params.namespace() + "/" + params.service());
        if (service.isEmpty()) {
            return new StepOutcome.Failed(
                    "there is no Service " + params.namespace() + "/" + params.service(), Disposition.ASK);
        }
        if (service.get().ports().stream().anyMatch(p -> p.nodePort().isEmpty())) {
            return Outcomes.blocked(StepCode.NO_NODE_PORT.of(
                    "Service " + service.get().key(),
                    "has ports without a node port",
                    "let it allocate node ports (spec.allocateLoadBalancerNodePorts: true)"));
        }
        if (!"instance".equals(service.get().annotations().get(ANNOTATION))) {
            return new Attempts(progress)
                    .perform("switching " + service.get().key() + " to instance targets", patch(service.get()));
        }
        return served(view, service.get(), "instance", progress)
                .orElseGet(() -> Outcomes.done(service.get().key() + " has healthy instance targets"));
    }

    private static Optional<StepOutcome> served(View view, Service service, String type, Progress progress) {
        return TargetHealth.missing(view, service.key(), type).map(missing -> {
            Optional<Progress.Entry> last =
                    progress.last(PatchObject.class, Refs.of(service).toString());
            return Patience.over(progress, HEALTHY_WITHIN, last)
                    ? Outcomes.blocked(StepCode.TARGETS_UNHEALTHY.of(
                            "Service " + service.key(),
                            missing + ", after " + HEALTHY_WITHIN.toMinutes() + " minutes",
                            "see the health check of the target group and the security groups of the nodes"))
                    : Outcomes.notYet(5, missing);
        });
    }

    @Override
    public StepOutcome back(View view, SwitchTargetType params, Progress progress) {
        Optional<Service> service = view.service(params.namespace() + "/" + params.service());
        if (service.isEmpty() || Restore.first(progress, Refs.of(service.get())).isEmpty()) {
            return Outcomes.done("the Service is gone or was not changed");
        }
        StepOutcome restored = Restore.of(progress, Refs.of(service.get()), Optional.of(Pictures.of(service.get())));
        if (!Outcomes.isDone(restored)) {
            return restored;
        }
        String type = service.get().annotations().getOrDefault(ANNOTATION, "instance");
        return served(view, service.get(), type, progress).orElse(restored);
    }

    private static PatchObject patch(Service service) {
        return new PatchObject(
                Refs.of(service),
                PatchType.MERGE,
                Map.of("metadata", Map.of("annotations", Map.of(ANNOTATION, "instance"))),
                Optional.empty());
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.SERVICES, Part.TARGET_GROUPS, Part.NODES);
    }

    @Override
    public List<Fact> facts(View view, SwitchTargetType params) {
        String key = params.namespace() + "/" + params.service();
        return view.service(key).map(s -> Fact.equal("services/" + key, "type", s.type())).stream()
                .toList();
    }
}
