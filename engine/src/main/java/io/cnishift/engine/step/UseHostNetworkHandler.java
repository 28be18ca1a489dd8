package io.cnishift.engine.step;

import io.cnishift.api.Finding;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.draft.RestingHandler;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.plan.Meanwhile;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.UseHostNetwork;
import io.cnishift.engine.fact.Facts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts a workload onto the host network: template and update strategy, then the Services that name changed ports, then the
 * wait for its roll. A roll that deadlocks on its own host ports is found out and named. The way back is all or nothing:
 * ports, network and Services belong together. It begins by cordoning new nodes, where pods without the host network could
 * not be called.
 */
final class UseHostNetworkHandler implements RestingHandler<UseHostNetwork> {

    @Override
    public StepOutcome next(View view, UseHostNetwork params, Progress progress) {
        Optional<Workload> workload = view.workload(params.workload());
        if (workload.isEmpty()) {
            return new StepOutcome.Failed("there is no " + Refs.words(params.workload()), Disposition.ASK);
        }
        PatchObject patch = patch(Refs.of(workload.get()), params.patch());
        if (!inForce(patch, workload.get(), progress)) {
            return new Attempts(progress)
                    .perform("putting " + Refs.words(params.workload()) + " on the host network", patch);
        }
        List<Act> services = params.servicePatches().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(e -> view.service(e.getKey()).stream()
                        .filter(s -> !Trees.holds(e.getValue(), Pictures.of(s)))
                        .map(s -> (Act) patch(Refs.of(s), e.getValue())))
                .toList();
        if (!services.isEmpty()) {
            return new Attempts(progress).perform("pointing Services to the changed ports", services);
        }
        return HostPortDeadlock.of(view, workload.get(), progress.now())
                .map(Outcomes::blocked)
                .or(() -> Settling.of(view, workload.get(), progress))
                .orElseGet(() -> Outcomes.done(Refs.words(params.workload()) + " runs on the host network"));
    }

    /** Whether the patch is in force; of what the view does not show, the network tells whether it is still there. */
    private static boolean inForce(PatchObject patch, Workload workload, Progress progress) {
        boolean taken = progress.last(PatchObject.class, patch.target())
                .filter(e -> e.act().equals(patch) && e.result().done())
                .isPresent();
        boolean host = Tree.flag(patch.patch(), "spec", "template", "spec", "hostNetwork");
        return Trees.holds(patch.patch(), Pictures.of(workload))
                || (taken && host == workload.hostNetwork() && !new Attempts(progress).fresh(patch));
    }

    @Override
    public StepOutcome back(View view, UseHostNetwork params, Progress progress) {
        Optional<Workload> workload = view.workload(params.workload());
        if (workload.isEmpty()) {
            return Outcomes.done(Refs.words(params.workload()) + " is gone");
        }
        Map<String, Object> now = Pictures.of(workload.get());
        List<Finding> changed = Restore.changed(progress, Refs.of(workload.get()), now);
        if (!changed.isEmpty()) {
            return Outcomes.done(Refs.words(params.workload()) + " and its Services were not restored", changed);
        }
        List<Act> cordons = cordons(view, params);
        if (!cordons.isEmpty()) {
            return new Attempts(progress).perform("keeping pods without the host network off new nodes", cordons);
        }
        StepOutcome restored = Restore.of(progress, Refs.of(workload.get()), Optional.of(now));
        if (!Outcomes.isDone(restored)) {
            return restored;
        }
        for (String key : params.servicePatches().keySet().stream().sorted().toList()) {
            StepOutcome service = view.service(key)
                    .map(s -> Restore.of(progress, Refs.of(s), Optional.of(Pictures.of(s))))
                    .orElseGet(() -> Outcomes.done("Service " + key + " is gone"));
            if (!Outcomes.isDone(service)) {
                return service;
            }
        }
        return HostPortDeadlock.of(view, workload.get(), progress.now())
                .map(Outcomes::blocked)
                .or(() -> Settling.of(view, workload.get(), progress))
                .orElse(restored);
    }

    private static List<Act> cordons(View view, UseHostNetwork params) {
        return view.nodes().stream()
                .filter(n -> !n.unschedulable() && n.labels().containsKey(params.newNodes()))
                .map(n -> (Act) new CordonNode(n.name(), n.uid()))
                .toList();
    }

    private static PatchObject patch(ObjectRef ref, Map<String, Object> patch) {
        return new PatchObject(ref, PatchType.STRATEGIC, patch, Optional.empty());
    }

    @Override
    public List<Meanwhile> meanwhile(UseHostNetwork params) {
        return List.of(Meanwhile.leave(
                "cleanup",
                "what the control plane calls runs on the host network: a sync or chart upgrade that reverts it makes those"
                        + " calls fail"));
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.WORKLOADS, Part.SERVICES, Part.PODS, Part.NODES);
    }

    /** Arguments are one list, which the patch writes whole: others than those it was made from would be lost. */
    @Override
    public List<Fact> facts(View view, UseHostNetwork params) {
        Stream<String> arguments = Tree.maps(params.patch(), "spec", "template", "spec", "containers").stream()
                .filter(c -> c.containsKey("args"))
                .flatMap(c -> Tree.text(c, "name").stream())
                .map(name -> "podSpec.containers[name=" + name + "].args");
        return view.workload(params.workload()).stream()
                .flatMap(w -> Stream.concat(Stream.of("updateStrategy"), arguments)
                        .map(field -> Facts.same(view, "workloads/" + w.key(), field)))
                .toList();
    }
}
