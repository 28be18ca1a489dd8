package io.cnishift.engine.policy;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CreateCluster;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.PublishesCharts;
import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.run.RunListener;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Collects what the acts of rehearsals need, there and on the way back. What is left to owners needs nothing. */
public final class PolicyTape implements RunListener {

    private final View before;
    private final IamGrants iam;
    private final RbacGrants rbac = new RbacGrants();
    private final Purpose purpose;
    private final boolean helm;
    private Optional<String> second = Optional.empty();
    private Optional<String> kindOfReleases = Optional.empty();

    /** For runs that begin on that cluster. */
    public PolicyTape(ClusterSnapshot snapshot, Purpose purpose) {
        this.before = View.of(Objects.requireNonNull(snapshot));
        this.helm =
                !snapshot.releases().isEmpty() || snapshot.unknown().stream().anyMatch(u -> u.part() == Part.RELEASES);
        this.purpose = Objects.requireNonNull(purpose);
        this.iam = new IamGrants(before);
    }

    @Override
    public void performing(MigrationPlan.Step step, Act act, View view) {
        if (act instanceof OnSecond on) {
            second = name(on.act(), view).or(() -> second);
            grant(on.act(), view.second().orElse(view), second.orElse(Arns.ANY));
        } else {
            // what is installed in a second cluster has no owner who could do it
            if (act.api() == Act.Api.HELM) {
                kindOfReleases = Optional.of(step.kind());
            }
            grant(act, view, before.cluster().name());
        }
    }

    private void grant(Act act, View view, String cluster) {
        switch (act.api()) {
            case AWS -> iam.grant(act, view, cluster);
            case KUBERNETES -> rbac.grant(act, before);
            case HELM -> rbac.release(act);
        }
    }

    /** The second cluster as it is seen, or as the act calls it that makes it. */
    private static Optional<String> name(Act act, View view) {
        return view.second().stream()
                .flatMap(there -> there.all(Part.CLUSTER, Cluster.class).stream())
                .findFirst()
                .map(Cluster::name)
                .or(() -> act instanceof CreateCluster made ? Optional.of(made.name()) : Optional.empty());
    }

    /**
     * All that was needed, and the readings.
     *
     * @param group of Kubernetes that gets the rights
     */
    public Policy policy(LoadedStrategy strategy, String group) {
        Set<Part> parts = purpose.reads() ? parts(strategy) : Set.of();
        parts.forEach(part -> rbac.read(part, purpose));
        Stream.concat(Stream.of(before.cluster().name()), second.stream()).forEach(cluster -> {
            parts.forEach(part -> iam.read(part, cluster));
            iam.find(cluster);
        });
        rbac.own(purpose);
        return new Policy(
                strategy.id(),
                before.cluster().name(),
                purpose.commands(),
                iam.document(),
                rbac.documents(group),
                notes(parts, group));
    }

    /** Helm's releases are in Secrets, which are worth no right where there are none and none is made. */
    private Set<Part> parts(LoadedStrategy strategy) {
        Set<Part> parts = EnumSet.copyOf(strategy.parts());
        if (!helm && !rbac.releases() && !(strategy.strategy() instanceof PublishesCharts)) {
            parts.remove(Part.RELEASES);
        }
        return parts;
    }

    private List<String> notes(Set<Part> parts, String group) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "The bindings are for the group " + group + ". An access entry gives it to the role that runs cnishift:"
                        + " aws eks create-access-entry --cluster-name "
                        + before.cluster().name() + " --principal-arn ROLE-ARN --kubernetes-groups " + group);
        if (purpose == Purpose.RUN) {
            notes.add(
                    "Names of new nodes, pods and instances are not known before a run: where rights cannot name them they"
                            + " are for all.");
            notes.add("The copy of the journal is in kube-system, what stood in changed objects in Secrets there.");
        }
        if (purpose.asks()) {
            notes.add("Probes ask the network with short-lived pods in kube-system, and have the API server call pods"
                    + " (pods/proxy) where it calls webhooks and aggregated APIs. Without these rights their answers are unknown,"
                    + " and gates wait.");
        }
        if (parts.contains(Part.RELEASES)) {
            notes.add(
                    "Helm's releases are in Secrets, which is why Secrets are listed. No other Secret's data is kept.");
        } else if (purpose.reads()) {
            notes.add(
                    "The cluster has no Helm release and this installs none, so Secrets are not listed: releases are then"
                            + " unknown (INS-PART-UNKNOWN), and nothing here needs them.");
        }
        if (parts.contains(Part.OBJECTS)) {
            notes.add(
                    "Of objects of every kind, Secrets among them, the names are listed: Kubernetes knows no right to names"
                            + " alone. Only metadata is asked for.");
        }
        if (rbac.releases()) {
            notes.add(
                    "Helm makes what the chart renders, roles among it: escalate and bind let it grant rights that its caller"
                            + " has not."
                            + kindOfReleases
                                    .map(kind -> " Whoever must not have these installs the release by hand (executor."
                                            + kind + "=owner).")
                                    .orElse(""));
        }
        second.ifPresent(name -> notes.add("The migration has two clusters: these are the rights in both of them, and "
                + name + " wants the same bindings and an access entry of its own."));
        return notes;
    }
}
