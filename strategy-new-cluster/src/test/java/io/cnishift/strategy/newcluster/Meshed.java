package io.cnishift.strategy.newcluster;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.PlanResult;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.ConfigMap;
import io.cnishift.api.cluster.NamedObject;
import io.cnishift.api.cluster.Namespace;
import io.cnishift.api.cluster.NetworkPolicy;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory.Settings;
import io.cnishift.api.step.InstallOnSecond;
import io.cnishift.cilium.Values;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.RunLimits;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.PlanFiles;
import io.cnishift.engine.run.RunRequest;
import io.cnishift.engine.run.Snapshots;
import io.cnishift.simulator.aws.Unmade;
import io.cnishift.simulator.kit.Asked;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A first cluster that can be meshed: Cilium's overlay with a name and a number, and the controller that makes load balancers. */
final class Meshed {

    static final Map<String, Object> OPTIONS = Map.of("mesh", "true", "name", "green", "podCidr", "10.246.0.0/16");

    /** The same where pods of both have addresses of the VPC. */
    static final Map<String, Object> NATIVE = Map.of(
            "mesh",
            "true",
            "name",
            "green",
            "network",
            "eni",
            "operatorRole",
            "arn:aws:iam::444455556666:role/cilium-operator");

    private static final String SCENARIO = "minnie-wallace-green";

    private Meshed() {}

    static ClusterSnapshot first() {
        return with(values -> values);
    }

    /** The same with other values of its release, and agents that run with the name and number in them. */
    static ClusterSnapshot with(UnaryOperator<Values> change) {
        ClusterSnapshot scenario = Asked.scenario(SCENARIO);
        Stream<Resource> more = Stream.of(
                new NamedObject("v1", "Secret", "kube-system", "cilium-ca", "uid-ca", "Opaque", false),
                new Namespace("shop", "uid-shop", Map.of(), false),
                new NetworkPolicy("shop", "nobody", Map.of(), List.of(), true, false),
                new NetworkPolicy(
                        "shop",
                        "web",
                        Map.of("matchLabels", Map.of("app", "web")),
                        List.of(),
                        true,
                        false,
                        Map.of(
                                "ingress",
                                List.of(Map.of(
                                        "from",
                                        List.of(Map.of("podSelector", Map.of("matchLabels", Map.of("app", "cart"))))))),
                        Optional.empty(),
                        Map.of()));
        return of(
                scenario,
                Stream.concat(scenario.resources().map(r -> named(r, change)), more)
                        .toList());
    }

    /** A cluster in ENI mode, as a move from the overlay leaves it, with a name and a number. */
    static ClusterSnapshot eni() {
        ClusterSnapshot overlay = first();
        Map<String, Object> options = new HashMap<>(NATIVE);
        options.putAll(Map.of("mesh", "false", "name", "violet"));
        Engine engine = new Engine();
        Simulation simulation = Simulation.pair(overlay, Unmade.beside(overlay, "violet"), new Settings(1, Map.of()));
        MigrationPlan plan = Asked.plan(new NewClusterStrategy(), overlay, options, Accepted.MADE, engine::kind)
                .fold(PlanResult.Planned::plan, refused -> {
                    throw new AssertionError(refused.findings());
                });
        engine.runner()
                .apply(RunRequest.of(
                                StoredPlan.of(plan, new PlanFiles(engine.codec())),
                                Journal.inMemory("m0"),
                                simulation.world())
                        .within(RunLimits.THROUGH.lastStep("prove-second")));
        World second = simulation.world().second().orElseThrow();
        balancing(View.of(overlay), second);
        ClusterSnapshot violet = Snapshots.of(second, "sim:violet");
        return of(violet, violet.resources().map(r -> named(r, v -> v)).toList());
    }

    /** With no Ingress in the first cluster nobody brings its controller. */
    private static void balancing(View first, World second) {
        InstallOnSecond controller = (InstallOnSecond) BalancerController.of(first)
                .orElseThrow()
                .steps("violet", false, Optional.empty())
                .get(0)
                .params();
        UpgradeRelease install = new UpgradeRelease(
                controller.namespace(),
                controller.release(),
                controller.chart(),
                controller.chartVersion(),
                controller.values());
        if (!second.port(install).perform(install).done()) {
            throw new AssertionError(install);
        }
        Instant later = second.time().now().plus(Duration.ofMinutes(5));
        while (second.time().now().isBefore(later)) {
            second.time().await(later);
        }
    }

    /** The same with agents that began before their release had a name and a number. */
    static ClusterSnapshot unrestarted() {
        ConfigMap before = Asked.scenario(SCENARIO).configMaps().stream()
                .filter(c -> c.name().equals("cilium-config"))
                .findFirst()
                .orElseThrow();
        return of(
                first(),
                first().resources()
                        .map(r -> r.part() == before.part() && r.key().equals(before.key()) ? before : r)
                        .toList());
    }

    /** The first cluster where that owner has Helm make its Cilium. */
    static ClusterSnapshot releaseOf(Owner.Kind kind) {
        ClusterSnapshot first = first();
        return of(
                first,
                first.resources()
                        .map(r -> r instanceof Workload w && w.key().equals("DaemonSet/kube-system/cilium")
                                ? owned(w, new Owner(kind, "platform/cilium"))
                                : r)
                        .toList());
    }

    private static Workload owned(Workload w, Owner owner) {
        return new Workload(
                w.kind(),
                w.namespace(),
                w.name(),
                w.uid(),
                w.resourceVersion(),
                w.generation(),
                w.observedGeneration(),
                w.desired(),
                w.ready(),
                w.updated(),
                w.available(),
                w.updateStrategy(),
                w.maxSurge(),
                w.maxUnavailable(),
                w.paused(),
                w.selector(),
                w.labels(),
                w.templateLabels(),
                w.templateAnnotations(),
                w.podSpec(),
                w.claimTemplates(),
                w.scalingDropsClaims(),
                w.eksFields(),
                w.heldFields(),
                owner);
    }

    /** Another cluster that is like it in all that a mesh asks for. */
    static ClusterSnapshot second() {
        ClusterSnapshot like = with(values -> values.with("cluster.name", "red")
                .with("cluster.id", 2)
                .with("ipam.operator.clusterPoolIPv4PodCIDRList", List.of("10.247.0.0/16")));
        return of(
                like,
                like.resources()
                        .filter(r -> r.part() != Part.CILIUM_NODES)
                        .map(r -> r instanceof Cluster c ? red(c) : r)
                        .toList());
    }

    private static Cluster red(Cluster c) {
        return new Cluster(
                "red",
                c.arn(),
                c.account(),
                c.region(),
                c.kubernetesVersion(),
                c.status(),
                c.endpoint(),
                c.publicEndpoint(),
                c.privateEndpoint(),
                Cidr.parse("10.103.0.0/16"),
                c.ipFamily(),
                c.authenticationMode(),
                c.autoMode(),
                c.hybridNodes(),
                c.fargateProfiles(),
                c.controlPlaneSubnets(),
                c.clusterSecurityGroup(),
                c.vpcId(),
                "another-uid",
                c.oidcIssuer(),
                c.deletionProtection(),
                c.tags(),
                c.nodeLimit());
    }

    static ClusterSnapshot of(ClusterSnapshot snapshot, List<Resource> resources) {
        return ClusterSnapshot.of(snapshot.source(), snapshot.takenAt(), new ArrayList<>(resources), List.of());
    }

    @SuppressWarnings("NullAway")
    private static Resource named(Resource resource, UnaryOperator<Values> change) {
        if (resource instanceof Release r && r.name().equals("cilium")) {
            Values values = change.apply(
                    Values.of(r.values()).with("cluster.name", "blue").with("cluster.id", 1));
            return new Release(
                    r.namespace(), r.name(), r.chart(), r.chartVersion(), r.status(), r.revision(), values.toMap());
        }
        if (resource instanceof ConfigMap c && c.name().equals("cilium-config")) {
            Map<String, String> data = new HashMap<>(c.data());
            data.put("cluster-name", "blue");
            data.put("cluster-id", "1");
            return new ConfigMap(c.namespace(), c.name(), data);
        }
        return resource;
    }
}
