package io.cnishift.api.roll;

import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroupBinding;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What load balancers send to the addresses of pods.
 *
 * <p>The target groups that exist decide, since they say what the controller made of annotations, class parameters and its
 * own default. Where none is known the annotation counts, that of the Service before that of the Ingress, then the
 * controller's default.
 *
 * @param ingresses Ingresses of the AWS Load Balancer Controller, with the Services behind them that have ip targets
 * @param services Services of type LoadBalancer with ip targets
 */
public record PodTargets(Map<Ingress, List<String>> ingresses, List<Service> services) {

    private static final String PREFIX = "alb.ingress.kubernetes.io/";
    private static final String TARGET_TYPE = PREFIX + "target-type";
    private static final String NLB_TARGET_TYPE = "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type";
    private static final String NLB_TYPE = "service.beta.kubernetes.io/aws-load-balancer-type";

    /** Nothing of the kind. */
    public static final PodTargets NONE = new PodTargets(Map.of(), List.of());

    /** Both in order of their keys. */
    public PodTargets {
        Map<Ingress, List<String>> sorted = new TreeMap<>(Comparator.comparing(Ingress::key));
        sorted.putAll(ingresses);
        ingresses = Collections.unmodifiableMap(sorted);
        services = List.copyOf(services);
    }

    /** Those of a cluster. */
    public static PodTargets of(View view) {
        Map<Ingress, List<String>> ingresses = new TreeMap<>(Comparator.comparing(Ingress::key));
        for (Ingress ingress : view.all(Part.INGRESSES, Ingress.class)) {
            List<String> withPods = backends(ingress).stream()
                    .filter(name -> ipTargets(view, ingress, name))
                    .toList();
            if (isAlb(ingress) && !withPods.isEmpty()) {
                ingresses.put(ingress, withPods);
            }
        }
        List<Service> services = view.services().stream()
                .filter(s -> s.type().equals("LoadBalancer") && ipTargets(view, s))
                .toList();
        return new PodTargets(ingresses, services);
    }

    /**
     * Services, {@code namespace/name}, that lose requests whenever a pod of theirs ends: a load balancer goes on sending to its
     * address until it has been told, and the pod does not wait for that before it ends.
     */
    public List<String> hasty(View view) {
        Set<String> keys = new TreeSet<>();
        ingresses.forEach((ingress, names) -> names.forEach(n -> keys.add(ingress.namespace() + "/" + n)));
        services.forEach(s -> keys.add(s.key()));
        return keys.stream()
                .flatMap(key -> view.service(key).stream())
                .filter(s -> view.podsOf(s).stream()
                        .flatMap(p -> p.workload().flatMap(view::workload).stream())
                        .anyMatch(w -> Tree.maps(w.podSpec(), "containers").stream()
                                .noneMatch(
                                        c -> Tree.at(c, "lifecycle", "preStop").isPresent())))
                .map(Service::key)
                .toList();
    }

    /** Whether the AWS Load Balancer Controller serves it. */
    public static boolean isAlb(Ingress ingress) {
        return ingress.ingressClass().equals("alb")
                || "alb".equals(ingress.annotations().get("kubernetes.io/ingress.class"))
                || ingress.annotations().keySet().stream().anyMatch(k -> k.startsWith(PREFIX));
    }

    /** Services that the rules of an Ingress name, without its action annotations. */
    public static List<String> backends(Ingress ingress) {
        TreeSet<String> names = new TreeSet<>();
        ingress.rules().stream()
                .filter(r -> !r.port().equals("use-annotation"))
                .map(Ingress.Rule::service)
                .forEach(names::add);
        return new ArrayList<>(names);
    }

    /** Target groups of a Service, as the controller or the user bound them. */
    public static List<TargetGroup> targetGroups(View view, String service) {
        return view.all(Part.TARGET_GROUPS, TargetGroup.class).stream()
                .filter(t -> t.service().filter(service::equals).isPresent())
                .toList();
    }

    private static boolean ipTargets(View view, Ingress ingress, String name) {
        String key = ingress.namespace() + "/" + name;
        return observed(view, key)
                .orElseGet(() -> view.service(key)
                        .map(s -> Optional.ofNullable(s.annotations().get(TARGET_TYPE)))
                        .orElse(Optional.empty())
                        .or(() -> Optional.ofNullable(ingress.annotations().get(TARGET_TYPE)))
                        .or(() -> controllerDefault(view))
                        .filter("ip"::equals)
                        .isPresent());
    }

    private static boolean ipTargets(View view, Service service) {
        String legacy = service.annotations().getOrDefault(NLB_TYPE, "");
        return observed(view, service.key())
                .orElseGet(() -> legacy.equals("nlb-ip")
                        || "ip".equals(service.annotations().get(NLB_TARGET_TYPE)));
    }

    /** What the bindings and target groups of a Service are; empty when there are none. */
    private static Optional<Boolean> observed(View view, String service) {
        List<String> types = new ArrayList<>();
        view.all(Part.TARGET_GROUP_BINDINGS, TargetGroupBinding.class).stream()
                .filter(b -> !b.userOwned() && (b.namespace() + "/" + b.service()).equals(service))
                .forEach(b -> types.add(b.targetType()));
        targetGroups(view, service).forEach(t -> types.add(t.targetType()));
        return types.isEmpty() ? Optional.empty() : Optional.of(types.contains("ip"));
    }

    private static Optional<String> controllerDefault(View view) {
        return view.workloads().stream()
                .filter(w -> w.name().contains("aws-load-balancer-controller"))
                .flatMap(w -> Tree.maps(w.podSpec(), "containers").stream())
                .flatMap(c -> Tree.texts(c, "args").stream())
                .filter(a -> a.startsWith("--default-target-type="))
                .map(a -> a.substring(a.indexOf('=') + 1))
                .findFirst();
    }
}
