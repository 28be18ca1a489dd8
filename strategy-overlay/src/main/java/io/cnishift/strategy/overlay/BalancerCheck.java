package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroupBinding;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.roll.PodTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What load balancers need to keep serving: node ports instead of pod addresses, and pods that say when they are ready. */
final class BalancerCheck {

    private final Draft draft;
    private final View view;
    private final List<Finding> findings = new ArrayList<>();

    private BalancerCheck(Draft draft) {
        this.draft = draft;
        this.view = draft.site().view();
    }

    static List<Finding> check(Draft draft) {
        BalancerCheck check = new BalancerCheck(draft);
        check.ipTargets();
        check.actions();
        check.userBindings();
        check.foreignTargets();
        check.behind().forEach(check::behind);
        return check.findings;
    }

    private void ipTargets() {
        draft.balancers().ingresses().forEach((ingress, services) -> {
            findings.add(OverlayCode.IP_TARGETS
                    .finding(
                            "Ingress/" + ingress.key(),
                            "its load balancer sends requests to addresses of pods behind "
                                    + String.join(", ", services),
                            "the plan moves it to node ports first")
                    .curedBy(StepIds.decouple(ingress)));
            sticky(ingress);
            ports(ingress, services);
            nodes("Ingress/" + ingress.key(), ingress.annotations());
            services.forEach(name -> view.service(ingress.namespace() + "/" + name)
                    .ifPresent(s -> nodes("Service/" + s.key(), s.annotations())));
            resources(ingress);
            shared(ingress, services);
        });
        for (Service service : draft.balancers().services()) {
            findings.add(OverlayCode.IP_TARGETS
                    .finding(
                            "Service/" + service.key(),
                            "its load balancer sends connections to addresses of pods",
                            "the plan moves it to node ports first")
                    .curedBy(StepIds.switchTargets(service)));
            nodes("Service/" + service.key(), service.annotations());
            findings.add(OverlayCode.NLB_GAP.finding(
                    "Service/" + service.key(),
                    "connections fail for up to " + TargetGap.seconds(view, service)
                            + " s while its target group is replaced, most of it until the first node is registered",
                    "accept the gap, or move clients to a second Service with instance targets first"));
        }
    }

    /** The action of the detour names one port of a Service. */
    private void ports(Ingress ingress, List<String> services) {
        for (String service : services) {
            List<String> ports = ingress.rules().stream()
                    .filter(r -> r.service().equals(service))
                    .map(Ingress.Rule::port)
                    .distinct()
                    .toList();
            if (ports.size() > 1) {
                findings.add(OverlayCode.INGRESS_PORTS.finding(
                        "Ingress/" + ingress.key(),
                        "it names the ports " + String.join(", ", ports) + " of Service " + service,
                        "give each port a Service of its own"));
            }
        }
    }

    private void nodes(String subject, Map<String, String> annotations) {
        annotations.keySet().stream()
                .filter(key -> key.endsWith("target-node-labels"))
                .forEach(key -> findings.add(OverlayCode.TARGET_NODES.finding(
                        subject,
                        "annotation " + key + " restricts its targets to " + annotations.get(key),
                        "take the annotation off until the migration is over")));
    }

    private void sticky(Ingress ingress) {
        String attributes = ingress.annotations().getOrDefault("alb.ingress.kubernetes.io/target-group-attributes", "");
        if (attributes.contains("stickiness.enabled=true")) {
            findings.add(OverlayCode.STICKY.finding(
                    "Ingress/" + ingress.key(),
                    "clients stay on one target, which will be a node and no longer a pod",
                    "accept it, or keep sessions outside of the pods"));
        }
    }

    private void resources(Ingress ingress) {
        if (ingress.rules().stream().anyMatch(r -> r.service().isEmpty())) {
            findings.add(OverlayCode.INGRESS_RESOURCE.finding(
                    "Ingress/" + ingress.key(),
                    "a rule of it leads to a resource that is no Service",
                    "give that path an Ingress of its own"));
        }
    }

    private void shared(Ingress ingress, List<String> services) {
        List<String> others = view.all(Part.INGRESSES, Ingress.class).stream()
                .filter(PodTargets::isAlb)
                .filter(i ->
                        i.namespace().equals(ingress.namespace()) && !i.name().equals(ingress.name()))
                .filter(i -> PodTargets.backends(i).stream().anyMatch(services::contains))
                .map(Ingress::key)
                .toList();
        if (!others.isEmpty()) {
            findings.add(OverlayCode.INGRESS_SHARED.finding(
                    "Ingress/" + ingress.key(),
                    "it leads to a Service to which " + String.join(", ", others) + " leads too",
                    "give each Ingress a Service of its own before the same pods"));
        }
    }

    private void actions() {
        view.all(Part.INGRESSES, Ingress.class).stream()
                .filter(PodTargets::isAlb)
                .filter(i -> i.annotations().entrySet().stream()
                        .anyMatch(a -> a.getKey().startsWith("alb.ingress.kubernetes.io/actions.")
                                && a.getValue().contains("serviceName")))
                .filter(i -> draft.balancers().ingresses().containsKey(i)
                        || "ip".equals(i.annotations().get("alb.ingress.kubernetes.io/target-type")))
                .forEach(i -> findings.add(OverlayCode.INGRESS_ACTIONS.finding(
                        "Ingress/" + i.key(),
                        "an action annotation forwards to Services with ip targets",
                        "name the Services in rules, or give the forwarded Services instance targets by hand")));
    }

    private void userBindings() {
        view.all(Part.TARGET_GROUP_BINDINGS, TargetGroupBinding.class).stream()
                .filter(b -> b.userOwned() && b.targetType().equals("ip"))
                .forEach(b -> findings.add(OverlayCode.USER_TARGET_GROUP.finding(
                        "TargetGroupBinding/" + b.namespace() + "/" + b.name(),
                        "it registers addresses of pods behind " + b.service() + " in " + b.targetGroup(),
                        "make a target group of type instance, bind it beside this one, move the listener, delete this"
                                + " one")));
    }

    private void foreignTargets() {
        Set<String> bound = new TreeSet<>();
        view.all(Part.TARGET_GROUP_BINDINGS, TargetGroupBinding.class).forEach(b -> bound.add(b.targetGroup()));
        Set<String> addresses = new TreeSet<>();
        view.pods().stream()
                .filter(p -> !p.hostNetwork() && !p.finished())
                .forEach(p -> p.address().ifPresent(addresses::add));
        view.all(Part.TARGET_GROUPS, TargetGroup.class).stream()
                .filter(t -> t.targetType().equals("ip") && t.service().isEmpty() && !bound.contains(t.arn()))
                .filter(t -> t.targets().stream().anyMatch(x -> addresses.contains(x.id())))
                .forEach(t -> findings.add(OverlayCode.FOREIGN_TARGETS.finding(
                        "target group " + t.name(),
                        "it holds addresses of pods of this cluster, and nothing in the cluster says why",
                        "find who registers them, and move that to node ports")));
    }

    /** Services that a load balancer sends traffic to. */
    private Set<String> behind() {
        Set<String> services = new TreeSet<>();
        view.all(Part.INGRESSES, Ingress.class).stream()
                .filter(PodTargets::isAlb)
                .forEach(i -> PodTargets.backends(i).forEach(s -> services.add(i.namespace() + "/" + s)));
        view.services().stream().filter(s -> s.type().equals("LoadBalancer")).forEach(s -> services.add(s.key()));
        view.all(Part.TARGET_GROUPS, TargetGroup.class).forEach(t -> t.service().ifPresent(services::add));
        return services;
    }

    private void behind(String key) {
        view.service(key).ifPresent(service -> {
            if (service.externalTrafficPolicy().equals("Local")) {
                findings.add(OverlayCode.LOCAL_TRAFFIC.finding(
                        "Service/" + key,
                        "it takes outside traffic only on nodes that run one of its pods",
                        "spread its pods over nodes, or set externalTrafficPolicy=Cluster for the migration"));
            }
            Set<String> told = new TreeSet<>();
            for (Pod pod : view.podsOf(service)) {
                draft.site()
                        .workloadOf(pod)
                        .filter(w -> told.add(w.key()) && !probed(w))
                        .ifPresent(w -> findings.add(OverlayCode.NO_READINESS_PROBE.finding(
                                w.key(),
                                "no container of it has a readiness probe, so requests may reach a pod that is starting",
                                "add a readiness probe, or accept it")));
            }
        });
    }

    private static boolean probed(Workload workload) {
        List<Map<String, Object>> containers = Listeners.containers(workload);
        return containers.stream().anyMatch(c -> Tree.at(c, "readinessProbe").isPresent());
    }
}
