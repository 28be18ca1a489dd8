package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import io.cnishift.cilium.Migration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Installs the release; agents start as nodes join. */
final class MakeNetworkHandler implements StepHandler<MakeNetwork> {

    @Override
    public StepOutcome next(View view, MakeNetwork params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            Optional<Release> release = second.release(Migration.NAMESPACE, Migration.RELEASE);
            if (release.filter(r -> r.status().startsWith("pending")).isPresent()) {
                return Outcomes.notYet(10, "another Helm operation on it is under way");
            }
            boolean there = release.filter(r -> r.status().equals("deployed")
                            && r.chartVersion().equals(params.chartVersion())
                            && r.values().equals(params.values()))
                    .isPresent();
            return there
                    ? Outcomes.done("Cilium " + params.chartVersion() + " waits for nodes in the second cluster")
                    : Outcomes.perform(
                            "installing the second cluster's network",
                            List.of(new OnSecond(new UpgradeRelease(
                                    Migration.NAMESPACE,
                                    Migration.RELEASE,
                                    params.chart(),
                                    params.chartVersion(),
                                    params.values()))),
                            progress);
        });
    }

    @Override
    public StepOutcome back(View view, MakeNetwork params, Progress progress) {
        return Outcomes.done("it goes with the second cluster");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.RELEASES);
    }
}
