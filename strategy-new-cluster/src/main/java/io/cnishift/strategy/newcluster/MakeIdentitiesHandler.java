package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.CreatePodIdentity;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Associates what is not associated yet, and waits until EKS knows it everywhere: a pod that is made before that never gets the role, and
 * restarts of its containers do not help.
 */
final class MakeIdentitiesHandler implements StepHandler<MakeIdentities> {

    /** The API reference of EKS says that it takes several seconds. */
    private static final Duration KNOWN_AFTER = Duration.ofSeconds(60);

    @Override
    public StepOutcome next(View view, MakeIdentities params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            List<OnSecond> missing = params.identities().stream()
                    .filter(i -> second.get(Part.POD_IDENTITIES, PodIdentity.class, i.key())
                            .isEmpty())
                    .map(i -> new OnSecond(new CreatePodIdentity(i, MadeTags.of(progress))))
                    .toList();
            if (missing.isEmpty() && fresh(progress)) {
                return Outcomes.notYet(10, "new Pod Identity associations do not reach every pod at once");
            }
            return missing.isEmpty()
                    ? Outcomes.done(Count.of(params.identities().size(), "service account has", "service accounts have")
                            + " a role in the second cluster")
                    : Outcomes.perform("giving service accounts of the second cluster their roles", missing, progress);
        });
    }

    private static boolean fresh(Progress progress) {
        return progress.all(OnSecond.class).stream()
                .anyMatch(e -> progress.now().isBefore(e.at().plus(KNOWN_AFTER)));
    }

    @Override
    public StepOutcome back(View view, MakeIdentities params, Progress progress) {
        return Outcomes.done("they go with the second cluster");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.POD_IDENTITIES);
    }
}
