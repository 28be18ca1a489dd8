package io.cnishift.engine.policy;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.View;
import io.cnishift.engine.run.RunListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects what the acts of rehearsals need, there and on the way back. What is left to owners needs nothing. */
public final class PolicyTape implements RunListener {

    private final View before;
    private final IamGrants iam;
    private final RbacGrants rbac = new RbacGrants();
    private final List<String> notes = new ArrayList<>(List.of(
            "Names of new nodes, pods and instances are not known before a run: where rights cannot name them they are for all.",
            "Probes ask the network with short-lived pods in kube-system, and have the API server call pods (pods/proxy) where"
                    + " it calls webhooks and aggregated APIs. Without these rights their answers are unknown, and gates wait.",
            "Helm's releases are in Secrets, which is why Secrets are read. No other Secret's data is kept."));

    /** For runs that begin on that cluster. */
    public PolicyTape(ClusterSnapshot snapshot) {
        this.before = View.of(Objects.requireNonNull(snapshot));
        this.iam = new IamGrants(before);
    }

    @Override
    public void performing(MigrationPlan.Step step, Act act, View view) {
        if (act instanceof OnSecond on) {
            second();
            performing(step, on.act(), view.second().orElse(view));
            return;
        }
        switch (act.api()) {
            case AWS -> iam.grant(act, view);
            case KUBERNETES -> rbac.grant(act, before);
            case HELM -> rbac.release(act);
        }
    }

    private void second() {
        String note = "The migration has two clusters: these are the rights in both of them.";
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    /** All that was needed, and the readings. */
    public Policy policy(String strategy) {
        Cluster cluster = before.cluster();
        List<String> all = new ArrayList<>(notes);
        if (rbac.releases()) {
            all.add(
                    "Helm makes what the chart renders, roles among it: escalate and bind let it grant rights that its caller"
                            + " has not. Whoever must not have these installs the release by hand (executor.install-release=owner).");
        }
        return new Policy(strategy, cluster.name(), iam.document(), rbac.documents(), all);
    }
}
