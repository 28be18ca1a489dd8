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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The objects first; whoever made load balancers of them takes these away then, which is waited for. */
final class DeleteBalancersHandler implements StepHandler<DeleteBalancers> {

    private static final int LOOK_SECONDS = 15;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @Override
    public StepOutcome next(View view, DeleteBalancers params, Progress progress) {
        FirstBalancers balancers = new FirstBalancers(view);
        List<Front> due = balancers.there(params.objects());
        Optional<Finding> used =
                due.stream().flatMap(front -> balancers.used(front).stream()).findFirst();
        if (used.isPresent()) {
            return Outcomes.blocked(used.get());
        }
        List<Front> going =
                due.stream().filter(front -> deleted(front, progress)).toList();
        if (!going.isEmpty() && going.size() == due.size()) {
            return held(going.get(0), progress);
        }
        if (!due.isEmpty()) {
            return Outcomes.perform(
                    "deleting what the first cluster's load balancers are made of",
                    due.stream()
                            .filter(front -> !going.contains(front))
                            .map(Front::deletion)
                            .toList(),
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

    /** As the cluster says, or since the run was last resumed, for whoever resumes it asks once more. */
    private static boolean deleted(Front front, Progress progress) {
        return front.terminating()
                || progress.last(DeleteObject.class, front.deletion().target())
                        .filter(e -> e.result().done() && !e.at().isBefore(progress.underWaySince()))
                        .isPresent();
    }

    /** A finalizer keeps an object until its controller has taken away what it made of it. */
    private static StepOutcome held(Front front, Progress progress) {
        String name = front.key().replaceFirst("/", " ");
        return progress.now().isBefore(progress.underWaySince().plus(PATIENCE))
                ? Outcomes.notYet(LOOK_SECONDS, name + " is held until its controller has taken its load balancer away")
                : Outcomes.blocked(Code.FIRST_IN_USE.of(
                        name,
                        "it was deleted, and its controller has not let it go for " + PATIENCE.toMinutes() + " minutes",
                        "see its events and whether the controller runs: EC2 deletes no security group that a rule or an"
                                + " interface names; then resume"));
    }

    @Override
    public StepOutcome back(View view, DeleteBalancers params, Progress progress) {
        List<Progress.Entry> deletions = progress.all(DeleteObject.class);
        // one that is being deleted cannot be kept: its load balancer goes whoever asked for it
        boolean allThere = new FirstBalancers(view)
                        .there(params.objects()).stream()
                                .filter(front -> !front.terminating())
                                .count()
                == params.objects().size();
        boolean noneDeleted =
                deletions.stream().noneMatch(entry -> entry.result().done());
        // what was asked for before the process died may be done, and not be seen yet
        boolean unknown = deletions.stream()
                .anyMatch(e ->
                        Outcomes.mayBeDone(e.result()) && progress.now().isBefore(e.at().plus(Outcomes.SHOWN_WITHIN)));
        if (allThere && noneDeleted && unknown) {
            return Outcomes.notYet(LOOK_SECONDS, "it shows within a minute whether a load balancer was taken away");
        }
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
