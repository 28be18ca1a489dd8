package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.DeleteFargateProfile;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Progress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The next one only when the last is no longer listed: EKS deletes one at a time. */
final class DeleteProfilesHandler implements StepHandler<DeleteProfiles> {

    private static final int LOOK_SECONDS = 15;

    @Override
    public StepOutcome next(View view, DeleteProfiles params, Progress progress) {
        List<String> left = view.cluster().fargateProfiles().stream()
                .filter(params.profiles()::contains)
                .toList();
        if (left.isEmpty()) {
            return Outcomes.done(
                    Count.of(params.profiles().size(), "Fargate profile is", "Fargate profiles are") + " gone");
        }
        return left.stream()
                .filter(name -> asked(name, progress))
                .findFirst()
                .map(name -> Outcomes.notYet(LOOK_SECONDS, "Fargate profile " + name + " is being deleted"))
                .orElseGet(() -> Outcomes.perform(
                        "deleting Fargate profiles of the first cluster",
                        List.of(new DeleteFargateProfile(left.get(0))),
                        progress));
    }

    @Override
    public StepOutcome back(View view, DeleteProfiles params, Progress progress) {
        List<String> there = view.cluster().fargateProfiles();
        return params.profiles().stream().noneMatch(name -> asked(name, progress) || gone(name, there, progress))
                ? Outcomes.done("no Fargate profile was deleted")
                : Outcomes.blocked(Code.FIRST_GONE.of(
                        "Fargate profiles " + String.join(", ", params.profiles()),
                        "they were deleted; their roles and selectors are not cnishift's to invent",
                        "make them again with the tool that owns them; the second cluster serves meanwhile"));
    }

    private static boolean asked(String name, Progress progress) {
        return last(name, progress).filter(ActResult::done).isPresent();
    }

    /** Of one that nobody answered about, what the cluster lists says what came of it. */
    private static boolean gone(String name, List<String> there, Progress progress) {
        return !there.contains(name)
                && last(name, progress).filter(Outcomes::mayBeDone).isPresent();
    }

    private static Optional<ActResult> last(String name, Progress progress) {
        return progress.last(DeleteFargateProfile.class, new DeleteFargateProfile(name).target())
                .map(Progress.Entry::result);
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.CLUSTER);
    }
}
