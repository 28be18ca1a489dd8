package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.DeleteCluster;
import io.cnishift.api.act.DeleteOidcProvider;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Progress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The cluster first, for EKS may refuse, and one that stands needs its issuer; then the issuer, of which a cluster that is being deleted
 * tells for a few minutes more. Done then: its API server, in which the lock is, answers no longer than that.
 */
final class DeleteFirstHandler implements StepHandler<DeleteFirst> {

    private static final String DELETING = "DELETING";

    @Override
    public StepOutcome next(View view, DeleteFirst params, Progress progress) {
        Optional<Cluster> cluster =
                view.all(Part.CLUSTER, Cluster.class).stream().findFirst();
        if (cluster.filter(DeleteFirstHandler::stands).isPresent()) {
            return Outcomes.perform("deleting the first cluster", List.of(new DeleteCluster(params.name())), progress);
        }
        DeleteOidcProvider forget = new DeleteOidcProvider(params.name());
        Optional<ActResult> forgotten =
                progress.last(DeleteOidcProvider.class, forget.target()).map(Progress.Entry::result);
        boolean known = forgotten.filter(ActResult::done).isEmpty();
        boolean told = cluster.flatMap(Cluster::oidcIssuer).isPresent();
        // what IAM refuses for good is no reason not to end: nobody could go on from here later
        if (known && told && forgotten.flatMap(Outcomes::hopeless).isEmpty()) {
            return Outcomes.perform("letting IAM forget the first cluster's issuer", List.of(forget), progress);
        }
        return Outcomes.done("cluster " + params.name() + " is being deleted, which takes EKS some minutes"
                + (known ? "; IAM may know its issuer yet" : ""));
    }

    @Override
    public StepOutcome back(View view, DeleteFirst params, Progress progress) {
        return view.all(Part.CLUSTER, Cluster.class).stream().anyMatch(DeleteFirstHandler::stands)
                ? Outcomes.done("cluster " + params.name() + " was not deleted")
                : Outcomes.blocked(Code.FIRST_GONE.of(
                        "cluster " + params.name(),
                        "it was deleted",
                        "the second cluster serves; there is no way back"));
    }

    private static boolean stands(Cluster cluster) {
        return !cluster.status().equals(DELETING);
    }

    /** Nothing of its API server, which ends while this is asked for the last time. */
    @Override
    public Set<Part> reads() {
        return Set.of(Part.CLUSTER);
    }
}
