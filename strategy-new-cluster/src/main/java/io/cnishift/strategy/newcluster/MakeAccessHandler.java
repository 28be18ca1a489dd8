package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.AssociateAccessPolicy;
import io.cnishift.api.act.CreateAccessEntry;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.AccessEntry;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the entries that are missing, then gives them their policies. What somebody has already is left as it is, and so is where a policy
 * holds: whoever made the cluster has an entry by that, and would lose the cluster with a narrower one. What EKS does not take is left out
 * and named: it keeps entries of roles and users that are gone and makes none for them, which is no reason to stop.
 */
final class MakeAccessHandler implements StepHandler<MakeAccess> {

    @Override
    public StepOutcome next(View view, MakeAccess params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            List<OnSecond> missing = params.entries().stream()
                    .flatMap(wanted -> find(second, wanted).isPresent()
                            ? policies(second, wanted)
                            : Stream.of(created(wanted, progress)))
                    .map(OnSecond::new)
                    .toList();
            List<OnSecond> due = missing.stream()
                    .filter(act -> Outcomes.wrong(act, progress).isEmpty())
                    .toList();
            return due.isEmpty()
                    ? Outcomes.done(had(second, params) + leftOut(missing, progress))
                    : Outcomes.perform("letting into the second cluster who may come in here", due, progress);
        });
    }

    private static String had(View second, MakeAccess params) {
        long there = params.entries().stream()
                .filter(wanted -> find(second, wanted).isPresent())
                .count();
        return Count.of(there, "role or user has", "roles and users have") + " access to the second cluster";
    }

    private static String leftOut(List<OnSecond> refused, Progress progress) {
        if (refused.isEmpty()) {
            return "";
        }
        Finding finding = Code.ACCESS_REFUSED.of(
                "second cluster",
                "EKS refused "
                        + refused.stream()
                                .map(act -> act.act().target() + " ("
                                        + Outcomes.wrong(act, progress).orElseThrow() + ")")
                                .collect(Collectors.joining(", ")),
                "who is to come in there needs one made by hand");
        return "; " + finding.code() + ": " + finding.message() + "; " + finding.remedy();
    }

    private static Optional<AccessEntry> find(View second, AccessEntry wanted) {
        return second.get(Part.ACCESS_ENTRIES, AccessEntry.class, wanted.principal());
    }

    private static Act created(AccessEntry wanted, Progress progress) {
        Map<String, String> tags = new HashMap<>(wanted.tags());
        tags.putAll(MadeTags.of(progress));
        return new CreateAccessEntry(wanted.principal(), wanted.username(), wanted.groups(), tags);
    }

    private static Stream<Act> policies(View second, AccessEntry wanted) {
        List<String> there = find(second, wanted).stream()
                .flatMap(e -> e.policies().stream())
                .map(AccessEntry.Policy::arn)
                .toList();
        return wanted.policies().stream()
                .filter(p -> !there.contains(p.arn()))
                .map(p -> new AssociateAccessPolicy(wanted.principal(), p));
    }

    @Override
    public StepOutcome back(View view, MakeAccess params, Progress progress) {
        return Outcomes.done("they go with the second cluster");
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.ACCESS_ENTRIES);
    }
}
