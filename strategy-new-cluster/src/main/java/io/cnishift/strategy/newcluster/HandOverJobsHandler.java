package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** One cluster is told to stop, and its runs end, before the other is told to begin; on the way there and back. */
final class HandOverJobsHandler implements StepHandler<HandOverJobs> {

    @Override
    public StepOutcome next(View view, HandOverJobs params, Progress progress) {
        return Outcomes.withSecond(
                view, second -> over(new Side(view, act -> act), new Side(second, OnSecond::new), params, progress));
    }

    @Override
    public StepOutcome back(View view, HandOverJobs params, Progress progress) {
        return Outcomes.withSecond(
                view, second -> over(new Side(second, OnSecond::new), new Side(view, act -> act), params, progress));
    }

    private record Side(View view, UnaryOperator<Act> there) {

        /** The Job of a CronJob's run is named after it and the minute of that run. */
        private static final Pattern RUN = Pattern.compile(".+-[0-9]+");

        List<Act> set(List<String> cronJobs, boolean suspended) {
            return cronJobs.stream()
                    .flatMap(key -> view.workload("CronJob/" + key).stream())
                    .filter(w -> w.paused() != suspended)
                    .map(w -> there.apply(patch(w, suspended)))
                    .toList();
        }

        /** A pod that the last runs of these left, which a suspended CronJob does not end. */
        Optional<Pod> running(List<String> cronJobs) {
            return view.pods().stream()
                    .filter(p -> !p.finished())
                    .filter(p -> p.controller()
                            .filter(c -> c.kind().equals("Job"))
                            .filter(c -> RUN.matcher(c.name()).matches())
                            .map(c -> p.namespace() + "/"
                                    + c.name().substring(0, c.name().lastIndexOf('-')))
                            .filter(cronJobs::contains)
                            .isPresent())
                    .findFirst();
        }

        private static PatchObject patch(Workload job, boolean suspended) {
            return new PatchObject(
                    ObjectRef.of("batch/v1", "CronJob", job.namespace(), job.name()),
                    PatchType.MERGE,
                    Map.of("spec", Map.of("suspend", suspended)),
                    Optional.empty());
        }
    }

    private static StepOutcome over(Side from, Side to, HandOverJobs params, Progress progress) {
        List<Act> stop = from.set(params.cronJobs(), true);
        if (!stop.isEmpty()) {
            return Outcomes.perform("suspending CronJobs where they ran", stop, progress);
        }
        Optional<Pod> running = from.running(params.cronJobs());
        if (running.isPresent()) {
            return Outcomes.notYet(5, "pod " + running.get().key() + " of a CronJob has yet to end where it ran");
        }
        List<Act> begin = to.set(params.cronJobs(), false);
        return begin.isEmpty()
                ? Outcomes.done(Count.of(params.cronJobs().size(), "CronJob") + " handed over")
                : Outcomes.perform("letting CronJobs run where they are to run", begin, progress);
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.WORKLOADS, Part.PODS);
    }
}
