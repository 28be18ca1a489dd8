package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.CreateOidcProvider;
import io.cnishift.api.act.DeleteCluster;
import io.cnishift.api.act.DeleteOidcProvider;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The issuer first, for only the cluster tells who it is and nobody can go on once that is gone; then the cluster. Done as soon as EKS
 * deletes it: its API server, in which the lock is, answers for a few minutes more and no longer.
 */
final class DeleteFirstHandler implements StepHandler<DeleteFirst> {

    private static final String DELETING = "DELETING";

    @Override
    public StepOutcome next(View view, DeleteFirst params, Progress progress) {
        Optional<Cluster> cluster = there(view);
        if (cluster.isEmpty()) {
            return Outcomes.done("cluster " + params.name() + " is being deleted, which takes EKS some minutes");
        }
        return delete(cluster.get(), progress);
    }

    private static StepOutcome delete(Cluster cluster, Progress progress) {
        DeleteOidcProvider forget = new DeleteOidcProvider(cluster.name());
        return cluster.oidcIssuer().isPresent() && !done(forget, progress)
                ? Outcomes.perform("letting IAM forget the first cluster's issuer", List.of(forget), progress)
                : Outcomes.perform("deleting the first cluster", List.of(new DeleteCluster(cluster.name())), progress);
    }

    @Override
    public StepOutcome back(View view, DeleteFirst params, Progress progress) {
        if (there(view).isEmpty()) {
            return Outcomes.blocked(Code.FIRST_GONE.of(
                    "cluster " + params.name(), "it was deleted", "the second cluster serves; there is no way back"));
        }
        CreateOidcProvider known = new CreateOidcProvider(params.name(), MadeTags.of(progress));
        boolean forgotten = done(new DeleteOidcProvider(params.name()), progress);
        boolean again = progress.all(CreateOidcProvider.class).stream()
                .anyMatch(e -> e.result().done());
        return forgotten && !again
                ? Outcomes.perform("letting IAM know the first cluster's issuer again", List.of(known), progress)
                : Outcomes.done("cluster " + params.name() + " was not deleted");
    }

    private static boolean done(DeleteOidcProvider act, Progress progress) {
        return progress.all(DeleteOidcProvider.class).stream()
                .anyMatch(e -> e.act().equals(act) && e.result().done());
    }

    private static Optional<Cluster> there(View view) {
        return view.all(Part.CLUSTER, Cluster.class).stream()
                .findFirst()
                .filter(c -> !c.status().equals(DELETING));
    }

    /** Nothing of its API server, which ends while this is asked for the last time. */
    @Override
    public Set<Part> reads() {
        return Set.of(Part.CLUSTER);
    }
}
