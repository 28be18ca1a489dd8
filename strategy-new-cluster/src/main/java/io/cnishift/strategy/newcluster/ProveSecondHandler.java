package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.cluster.Endpoints;
import io.cnishift.api.cluster.MinReady;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The smoke test: endpoints first, then every URL so many times in a row. */
final class ProveSecondHandler implements StepHandler<ProveSecond> {

    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    @Override
    public StepOutcome next(View view, ProveSecond params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            Urls urls = Urls.ofSecond(params.urls(), progress, progress.underWaySince());
            Optional<String> few = tooFew(view, second, params.services());
            if (few.isEmpty() && urls.reached(params.passes())) {
                return Outcomes.done(Count.of(params.services().size(), "Service") + " and "
                        + Count.of(params.urls().size(), "URL") + " are served by the second cluster");
            }
            String complaint = few.or(urls::complaint).orElse("asking again");
            if (!progress.now().isBefore(progress.underWaySince().plus(LIMIT))) {
                return Outcomes.blocked(
                        Code.NOT_SERVED.of("second cluster", complaint, "see what is missing there, then resume"));
            }
            return few.isEmpty() && urls.due(BETWEEN)
                    ? new StepOutcome.Ask(urls.questions(), "whether the second cluster serves")
                    : Outcomes.notYet(10, complaint);
        });
    }

    private static Optional<String> tooFew(View view, View second, List<String> services) {
        for (String key : services) {
            Optional<Service> service = view.service(key);
            int needed = service.map(s -> MinReady.whenHealthy(view, s)).orElse(0);
            int ready = second.endpoints(key).map(Endpoints::ready).orElse(0);
            if (ready < needed) {
                return Optional.of("Service " + key + " has " + ready + " ready endpoints in the second cluster, "
                        + needed + " are guaranteed in the first");
            }
        }
        return Optional.empty();
    }

    @Override
    public StepOutcome back(View view, ProveSecond params, Progress progress) {
        return Outcomes.done("nothing was changed");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.SERVICES, Part.ENDPOINTS, Part.PODS, Part.WORKLOADS, Part.BUDGETS, Part.INGRESSES);
    }
}
