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
import java.util.List;
import java.util.Set;

/** Associates what is not associated yet. */
final class MakeIdentitiesHandler implements StepHandler<MakeIdentities> {

    @Override
    public StepOutcome next(View view, MakeIdentities params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            List<OnSecond> missing = params.identities().stream()
                    .filter(i -> second.get(Part.POD_IDENTITIES, PodIdentity.class, i.key())
                            .isEmpty())
                    .map(i -> new OnSecond(new CreatePodIdentity(i, MadeTags.of(progress))))
                    .toList();
            return missing.isEmpty()
                    ? Outcomes.done(Count.of(params.identities().size(), "service account has", "service accounts have")
                            + " a role in the second cluster")
                    : Outcomes.perform("giving service accounts of the second cluster their roles", missing, progress);
        });
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
