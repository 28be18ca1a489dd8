package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import io.cnishift.strategy.newcluster.FirstBalancers.Front;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The objects first; whoever made load balancers of them takes these away then, which is waited for. */
final class DeleteBalancersHandler implements StepHandler<DeleteBalancers> {

    private static final int LOOK_SECONDS = 15;

    @Override
    public StepOutcome next(View view, DeleteBalancers params, Progress progress) {
        FirstBalancers balancers = new FirstBalancers(view);
        List<Front> due = balancers.there(params.objects());
        Optional<Finding> used =
                due.stream().flatMap(front -> balancers.used(front).stream()).findFirst();
        if (used.isPresent()) {
            return Outcomes.blocked(used.get());
        }
        if (!due.isEmpty()) {
            return Outcomes.perform(
                    "deleting what the first cluster's load balancers are made of",
                    due.stream().map(Front::deletion).toList(),
                    progress);
        }
        List<LoadBalancer> left = balancers.unmade();
        return left.isEmpty()
                ? Outcomes.done(Count.of(params.objects().size(), "object", "objects")
                        + " of the first cluster and their load balancers are gone")
                : Outcomes.notYet(
                        LOOK_SECONDS,
                        "load balancer " + left.get(0).name()
                                + " has yet to be taken away by the controller that made it");
    }

    @Override
    public StepOutcome back(View view, DeleteBalancers params, Progress progress) {
        // what was deleted before the process died may not be in the journal
        boolean allThere = new FirstBalancers(view).there(params.objects()).size()
                == params.objects().size();
        boolean noneDeleted = progress.all(DeleteObject.class).stream()
                .noneMatch(entry -> entry.result().done());
        return allThere && noneDeleted
                ? Outcomes.done("no load balancer was taken away")
                : Outcomes.blocked(Code.FIRST_GONE.of(
                        "load balancers of cluster " + view.cluster().name(),
                        "they are gone, and would get other names if they were made again",
                        "the second cluster serves; there is no way back"));
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.CLUSTER, Part.SERVICES, Part.INGRESSES, Part.LOAD_BALANCERS, Part.DNS_RECORDS);
    }
}
