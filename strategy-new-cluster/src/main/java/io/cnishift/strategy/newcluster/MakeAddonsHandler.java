package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.CreateAddon;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks for what is missing, then waits where it is to. */
final class MakeAddonsHandler implements StepHandler<MakeAddons> {

    private static final Set<String> FAILED = Set.of("CREATE_FAILED", "DEGRADED");

    @Override
    public StepOutcome next(View view, MakeAddons params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            List<OnSecond> missing = params.addons().stream()
                    .filter(a -> second.addon(a.name()).isEmpty())
                    .map(a -> new OnSecond(
                            new CreateAddon(a.name(), a.version(), a.configuration(), a.role(), MadeTags.of(progress))))
                    .toList();
            if (!missing.isEmpty()) {
                return Outcomes.perform("installing add-ons in the second cluster", missing, progress);
            }
            return (params.active() ? unsettled(second, params) : Optional.<StepOutcome>empty())
                    .orElseGet(() -> Outcomes.done(
                            Count.of(params.addons().size(), "add-on") + " of the first cluster in the second one"));
        });
    }

    private static Optional<StepOutcome> unsettled(View second, MakeAddons params) {
        return params.addons().stream()
                .flatMap(a -> second.addon(a.name()).stream())
                .filter(a -> !a.status().equals("ACTIVE"))
                .findFirst()
                .map(a -> FAILED.contains(a.status())
                        ? Outcomes.blocked(failed(a))
                        : Outcomes.notYet(10, "add-on " + a.name() + " is " + a.status()));
    }

    private static Finding failed(Addon addon) {
        return Code.SECOND_ADDON.of(
                "add-on " + addon.name(),
                "it is " + addon.status() + " in the second cluster: " + String.join("; ", addon.issues()),
                "see to its issues there, then resume");
    }

    @Override
    public StepOutcome back(View view, MakeAddons params, Progress progress) {
        return Outcomes.done("they go with the second cluster");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.ADDONS);
    }
}
