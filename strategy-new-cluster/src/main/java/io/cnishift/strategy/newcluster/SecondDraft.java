package io.cnishift.strategy.newcluster;

import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.Request;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Cluster.IpFamily;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.cilium.Migration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Every decision about a second cluster that the plan makes: after the first one, but for its network. */
final class SecondDraft {

    static final String VPC_CNI = "vpc-cni";
    private static final String KUBE_PROXY = "kube-proxy";

    /** Add-ons that the second cluster has in every case: agents reach the API server by the one, pods find names by the other. */
    static final List<String> ALWAYS = List.of(KUBE_PROXY, "coredns");

    private static final String AGENT = "eks-pod-identity-agent";

    static final String GOES_WITH_IT = "it goes with the second cluster";
    static final String BEFORE_NODES =
            "a node without a network is never ready, and EKS gives such a group up after 15 minutes";

    private final ClusterSnapshot snapshot;
    private final View first;
    private final NewClusterOptions options;
    private final SecondNetwork network;

    private SecondDraft(ClusterSnapshot snapshot, View first, NewClusterOptions options, SecondNetwork network) {
        this.snapshot = snapshot;
        this.first = first;
        this.options = options;
        this.network = network;
    }

    static SecondDraft of(Request request) {
        return new SecondDraft(
                request.snapshot(),
                request.view(),
                request.options(NewClusterOptions.class),
                SecondNetwork.of(request));
    }

    SecondNetwork network() {
        return network;
    }

    String name() {
        return options.made(first.cluster().name());
    }

    /** Groups that are made after those of the first cluster, in order of name. */
    List<MakeGroup> groups() {
        return first.nodeGroups().stream()
                .filter(g -> g.kind() == NodeGroup.Kind.MANAGED)
                .map(this::group)
                .toList();
    }

    private MakeGroup group(NodeGroup old) {
        List<Taint> taints = new ArrayList<>(old.taints());
        boolean tainted = taints.stream().anyMatch(t -> t.key().equals(Migration.AGENT_NOT_READY_TAINT));
        if (network.release().isPresent() && !tainted) {
            taints.add(new Taint(
                    Migration.AGENT_NOT_READY_TAINT,
                    Migration.AGENT_NOT_READY_TAINT_VALUE,
                    Migration.AGENT_NOT_READY_TAINT_EFFECT));
        }
        return new MakeGroup(
                old.name(),
                first.cluster().name(),
                name(),
                old.launchTemplate().filter(t -> SecondSite.told(old)).map(t -> template(old, t)),
                old.labels(),
                taints,
                old.subnets(),
                old.minSize(),
                Math.max(1, old.maxSize()),
                old.desiredSize(),
                !options.deleteGreen());
    }

    /** EKS sets up nodes of a template without an image itself, and their max-pods by interfaces; an image leaves both to the user data. */
    private MakeGroup.Template template(NodeGroup old, NodeGroup.LaunchTemplate template) {
        OptionalInt maxPods =
                first.nodesOf(old.name()).isEmpty() ? OptionalInt.empty() : OptionalInt.of(network.maxPods(old));
        Optional<String> image = template.imageId().isPresent()
                ? Optional.empty()
                : first.instancesOf(old.name()).stream()
                        .max(Comparator.comparing(Instance::launchedAt).thenComparing(Instance::id))
                        .map(Instance::imageId);
        return new MakeGroup.Template(template.id(), template.version(), image, maxPods);
    }

    /** Pods that all nodes of it admit. */
    int places() {
        return first.nodeGroups().stream()
                .filter(g -> g.kind() == NodeGroup.Kind.MANAGED)
                .mapToInt(g -> first.nodesOf(g.name()).size()
                        * (SecondSite.told(g) ? network.maxPods(g) : network.maxPodsByEks(g)))
                .sum();
    }

    /** The second cluster as it will be, as far as anything copied to it depends on that. */
    View foreseen() {
        return ForeseenSecond.of(
                first, name(), options.network().family(), services(), snapshot.takenAt(), network.release());
    }

    /** The range of its Services, where it must not be that of the first cluster. */
    private Optional<Cidr> services() {
        return options.mesh() && options.network().family() == IpFamily.IPV4
                ? MeshRanges.services(first, options.podCidr())
                : Optional.empty();
    }

    /**
     * What makes it, in this order. A person who has to extend trust policies is waited for as soon as there is an issuer: without its role an
     * add-on is degraded, and so the run would stop before it came to ask.
     */
    List<Phase> phases() {
        List<Phase> phases = new ArrayList<>();
        List<String> namespaces = new Inventory(first).namespaces();
        TrustedIssuer trust = new TrustedIssuer(first, foreseen(), namespaces, options.trust());
        List<Step> made = new ArrayList<>(cluster());
        trust.step().ifPresent(made::add);
        List<Step> equipment = new ArrayList<>(equipment());
        equipment.add(NewClusterPlan.check(namespaces));
        Optional<Step> byHand = trust.byHand();
        if (byHand.isEmpty()) {
            made.addAll(equipment);
        }
        phases.add(new Phase("make-second", made));
        byHand.ifPresent(step -> {
            phases.add(new Phase(TrustByHand.PHASE, List.of(step)));
            phases.add(new Phase("equip-second", equipment));
        });
        return phases;
    }

    private List<Step> cluster() {
        List<Step> steps = new ArrayList<>();
        steps.add(step(
                "make-cluster",
                new MakeCluster(
                        name(),
                        first.cluster().name(),
                        first.cluster().kubernetesVersion(),
                        first.cluster().controlPlaneSubnets(),
                        options.network().family(),
                        services(),
                        !options.deleteGreen()),
                "a control plane of its own, with nothing in it yet that has to go again",
                options.deleteGreen()
                        ? "it is deleted, unless somebody uses it"
                        : "it is left, and paid for until somebody deletes it"));
        new GivenAccess(first, name()).step().ifPresent(steps::add);
        return steps;
    }

    private List<Step> equipment() {
        List<Step> steps = new ArrayList<>();
        List<PodIdentity> identities = identities();
        if (!identities.isEmpty()) {
            steps.add(step(
                    "make-identities",
                    new MakeIdentities(identities),
                    "a pod that is made before its service account has a role never gets it",
                    GOES_WITH_IT));
        }
        if (options.mesh()) {
            steps.add(MeshPlan.authority());
        }
        steps.add(network.step());
        steps.add(step(
                "make-proxy",
                new MakeAddons(early(), false),
                network.identities().isEmpty()
                        ? "agents reach the API server by its Service, which kube-proxy serves"
                        : "agents reach the API server by its Service, and their role by the agent of Pod Identity",
                GOES_WITH_IT));
        groups().forEach(g -> steps.add(step(
                "make-group-" + g.name(),
                g,
                "as many nodes as the first cluster has there, under the same name, which selectors may ask for",
                g.keep() ? "it is left" : "group and launch template version are deleted, unless somebody uses them")));
        steps.add(step(
                "make-addons",
                new MakeAddons(addons(), true),
                "what is copied expects the add-ons of the first cluster",
                GOES_WITH_IT));
        BalancerController.of(first)
                .ifPresent(controller -> steps.addAll(
                        controller.steps(name(), Carriage.overlay(foreseen()), options.controllerChart())));
        return steps;
    }

    /** Those of the first cluster, and what the network acts with. */
    private List<PodIdentity> identities() {
        List<PodIdentity> identities = new ArrayList<>(network.identities());
        first.all(Part.POD_IDENTITIES, PodIdentity.class).stream()
                .filter(i -> identities.stream().noneMatch(own -> own.key().equals(i.key())))
                .forEach(identities::add);
        return List.copyOf(identities);
    }

    /** What the network needs before it serves a node. */
    private List<MakeAddons.Wanted> early() {
        return addons().stream()
                .filter(a -> a.name().equals(KUBE_PROXY)
                        || (a.name().equals(AGENT) && !network.identities().isEmpty()))
                .toList();
    }

    /** Those of the first cluster, and what no cluster does without, in EKS's default version where the first one has it otherwise. */
    private List<MakeAddons.Wanted> addons() {
        List<MakeAddons.Wanted> wanted =
                new ArrayList<>(network.addon().stream().toList());
        first.all(Part.ADDONS, Addon.class).stream()
                .filter(a -> !a.name().equals(VPC_CNI))
                .map(a -> new MakeAddons.Wanted(a.name(), a.version(), a.configuration(), a.serviceAccountRole()))
                .forEach(wanted::add);
        Stream.concat(ALWAYS.stream(), network.identities().stream().map(i -> AGENT))
                .distinct()
                .filter(name -> first.addon(name).isEmpty())
                .map(name -> new MakeAddons.Wanted(name, "", Map.of(), Optional.empty()))
                .forEach(wanted::add);
        return List.copyOf(wanted);
    }

    private static Step step(String id, Record params, String why, String back) {
        return StepDraft.of(id, params, why, List.of(StepDraft.SECOND), back);
    }
}
