package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Owners' policies stay as they are, in both clusters. */
final class AdmitPeersHandler implements StepHandler<AdmitPeers> {

    @Override
    public StepOutcome next(View view, AdmitPeers params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            MeshPolicy here = new MeshPolicy(params.first(), params.second(), progress.migration());
            MeshPolicy there = new MeshPolicy(params.second(), params.first(), progress.migration());
            Optional<StepOutcome> taken = taken(view, here, params).or(() -> taken(second, there, params));
            if (taken.isPresent()) {
                return taken.get();
            }
            List<Act> acts = new ArrayList<>();
            missing(view, here, params).forEach(policy -> acts.add(new CreateObject(policy)));
            missing(second, there, params).forEach(policy -> acts.add(new OnSecond(new CreateObject(policy))));
            return acts.isEmpty()
                    ? Outcomes.done("policies admit pods of the other cluster like those of their own")
                    : Outcomes.perform("admitting pods of the other cluster", acts, progress);
        });
    }

    private static Stream<NetworkPolicy> policies(View view, AdmitPeers params) {
        return view.all(Part.NETWORK_POLICIES, NetworkPolicy.class).stream()
                .filter(p -> params.namespaces().contains(p.namespace()));
    }

    /** Policies that need one of ours beside them. */
    private static Stream<NetworkPolicy> theirs(View view, MeshPolicy mesh, AdmitPeers params) {
        return policies(view, params)
                .filter(p -> !mesh.ours(p) && mesh.beside(p).isPresent());
    }

    private static Optional<StepOutcome> taken(View view, MeshPolicy mesh, AdmitPeers params) {
        return theirs(view, mesh, params)
                .flatMap(p -> MeshPolicy.there(view, p).stream())
                .filter(there -> !mesh.ours(there))
                .findFirst()
                .map(there -> Outcomes.blocked(
                        MeshFindings.taken(view, there, "rename it, or delete it where nobody needs it; then resume")));
    }

    private static List<Map<String, Object>> missing(View view, MeshPolicy mesh, AdmitPeers params) {
        return theirs(view, mesh, params)
                .filter(p -> MeshPolicy.there(view, p).isEmpty())
                .map(mesh::beside)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public StepOutcome back(View view, AdmitPeers params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            MeshPolicy mesh = new MeshPolicy(params.first(), params.second(), progress.migration());
            List<Act> acts = new ArrayList<>();
            policies(view, params).filter(mesh::ours).forEach(p -> acts.add(deletion(p)));
            policies(second, params).filter(mesh::ours).forEach(p -> acts.add(new OnSecond(deletion(p))));
            return acts.isEmpty()
                    ? Outcomes.done("no policy admits pods of the other cluster any more")
                    : Outcomes.perform("removing " + Count.of(acts.size(), "policy", "policies"), acts, progress);
        });
    }

    private static DeleteObject deletion(NetworkPolicy policy) {
        return new DeleteObject(MeshPolicy.ref(policy), policy.uid());
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.NETWORK_POLICIES);
    }
}
