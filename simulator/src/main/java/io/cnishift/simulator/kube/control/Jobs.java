package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.Pods;
import java.util.List;
import java.util.Map;

/** Jobs keep pods running until enough of them have succeeded; one that was lost is made again. */
final class Jobs implements Behaviour {

    @Override
    public String id() {
        return "jobs";
    }

    @Override
    public String source() {
        return "pkg/controller/job; Kubernetes documentation, Jobs";
    }

    @Override
    public void install(Kernel kernel) {
        Controller.start(this, kernel, "Job", Jobs::look).owns("Pod", "Job");
    }

    private static void look(Controller tools, Map<String, Object> job) {
        if (Pods.conditionHolds(job, "Complete") || Pods.terminating(job)) {
            return;
        }
        List<Map<String, Object>> pods = tools.pods(job);
        long completions = Tree.number(job, Tree.number(job, 1, "spec", "parallelism"), "spec", "completions");
        long succeeded =
                pods.stream().filter(p -> Pods.phase(p).equals("Succeeded")).count();
        List<Map<String, Object>> active = pods.stream()
                .filter(p -> !Pods.finished(p) && !Pods.terminating(p))
                .toList();
        boolean suspended = Tree.flag(job, "spec", "suspend");
        if (succeeded >= completions) {
            tools.status(
                    job,
                    "succeeded",
                    succeeded,
                    "active",
                    null,
                    "ready",
                    null,
                    "conditions",
                    List.of(Trees.of("type", "Complete", "status", "True")));
            return;
        }
        tools.status(
                job,
                "succeeded",
                succeeded == 0 ? null : (Object) succeeded,
                "active",
                active.size(),
                "ready",
                active.stream().filter(Pods::ready).count());
        long wanted = suspended ? 0 : Math.min(Tree.number(job, 1, "spec", "parallelism"), completions - succeeded);
        for (long i = active.size(); i < wanted; i++) {
            tools.create(PodMaker.generated(job, Tree.map(job, "spec", "template"), Map.of()));
        }
        active.stream().skip(wanted).forEach(tools::delete);
    }
}
