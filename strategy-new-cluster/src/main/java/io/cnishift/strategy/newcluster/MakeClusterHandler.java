package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.CreateCluster;
import io.cnishift.api.act.CreateOidcProvider;
import io.cnishift.api.act.DeleteCluster;
import io.cnishift.api.act.DeleteOidcProvider;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the cluster, then lets IAM know its issuer. Back: the issuer first, for only the cluster tells who it is; then the cluster, and until
 * it is gone.
 */
final class MakeClusterHandler implements StepHandler<MakeCluster> {

    private static final int LOOK_SECONDS = 30;

    @Override
    public StepOutcome next(View view, MakeCluster params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            Optional<Cluster> there = find(second);
            if (there.isEmpty()) {
                return Outcomes.perform(
                        "making the second cluster",
                        List.of(new OnSecond(new CreateCluster(
                                params.name(),
                                params.like(),
                                params.version(),
                                params.subnets(),
                                params.family(),
                                params.services(),
                                MadeTags.of(progress)))),
                        progress);
            }
            if (!MadeTags.ours(there.get().tags(), progress)) {
                return Outcomes.blocked(Code.SECOND_TAKEN.of(
                        "cluster " + params.name(),
                        "it exists and was not made by this migration",
                        "plan with another name, or move to it with to=eks:" + params.name()));
            }
            return switch (there.get().status()) {
                case "ACTIVE" -> issuer(there.get(), params, progress);
                case "FAILED" ->
                    Outcomes.blocked(Code.SECOND_FAILED.of(
                            "cluster " + params.name(),
                            "EKS could not make it",
                            "'aws eks describe-cluster' tells why; take the migration back, then plan anew"));
                default ->
                    Outcomes.notYet(
                            LOOK_SECONDS,
                            "cluster " + params.name() + " is " + there.get().status());
            };
        });
    }

    private static StepOutcome issuer(Cluster cluster, MakeCluster params, Progress progress) {
        OnSecond known = new OnSecond(new CreateOidcProvider(params.name(), MadeTags.of(progress)));
        return cluster.oidcIssuer().isEmpty() || done(known, progress)
                ? Outcomes.done("cluster " + params.name() + " is active")
                : Outcomes.perform("letting IAM know who issues its tokens", List.of(known), progress);
    }

    @Override
    public StepOutcome back(View view, MakeCluster params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            Optional<Cluster> there = find(second).filter(c -> MadeTags.ours(c.tags(), progress));
            if (there.isEmpty()) {
                return Outcomes.done("there is no cluster " + params.name() + " of ours");
            }
            if (params.keep()) {
                return Outcomes.done("cluster " + params.name()
                        + " is left as the plan says; it is paid for until somebody deletes it");
            }
            if (there.get().status().equals("DELETING") || there.get().status().equals("CREATING")) {
                return Outcomes.notYet(
                        LOOK_SECONDS,
                        "cluster " + params.name() + " is " + there.get().status());
            }
            OnSecond forget = new OnSecond(new DeleteOidcProvider(params.name()));
            boolean known = progress.all(OnSecond.class).stream()
                    .anyMatch(e -> ((OnSecond) e.act()).act() instanceof CreateOidcProvider);
            return known && !done(forget, progress)
                    ? Outcomes.perform("letting IAM forget its issuer", List.of(forget), progress)
                    : Outcomes.perform(
                            "deleting the second cluster",
                            List.of(new OnSecond(new DeleteCluster(params.name()))),
                            progress);
        });
    }

    private static boolean done(OnSecond act, Progress progress) {
        // by the act: what makes an issuer known and what forgets it have the same target
        return progress.all(OnSecond.class).stream()
                .anyMatch(e -> e.act().equals(act) && e.result().done());
    }

    private static Optional<Cluster> find(View second) {
        return second.all(Part.CLUSTER, Cluster.class).stream().findFirst();
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.CLUSTER);
    }

    @Override
    public List<Fact> facts(View view, MakeCluster params) {
        return List.of(Fact.equal("cluster/" + params.like(), "kubernetesVersion", params.version()));
    }
}
