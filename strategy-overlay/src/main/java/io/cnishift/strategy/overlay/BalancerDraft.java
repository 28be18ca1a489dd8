package io.cnishift.strategy.overlay;

import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroupBinding;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What load balancers send to pod addresses, which they will not reach any more.
 *
 * <p>The target groups that exist decide, since they say what the controller made of annotations, class parameters and its
 * own default. Where none is known the annotation counts, that of the Service before that of the Ingress, then the
 * controller's default.
 *
 * @param ingresses Ingresses to decouple, with the Services behind them that have ip targets
 * @param services Services of type LoadBalancer with ip targets
 */
record BalancerDraft(Map<Ingress, List<String>> ingresses, List<Service> services) {

    private static final String PREFIX = "alb.ingress.kubernetes.io/";
    private static final String TARGET_TYPE = PREFIX + "target-type";
    private static final String NLB_TARGET_TYPE = "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type";
    private static final String NLB_TYPE = "service.beta.kubernetes.io/aws-load-balancer-type";

    /** Of a migration after which load balancers reach pods as before. */
    static final BalancerDraft NONE = new BalancerDraft(Map.of(), List.of());

    static BalancerDraft of(View view) {
        Map<Ingress, List<String>> ingresses = new TreeMap<>(java.util.Comparator.comparing(Ingress::key));
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
        return new BalancerDraft(ingresses, services);
    }

    /** Whether the AWS Load Balancer Controller serves it. */
    static boolean isAlb(Ingress ingress) {
        return ingress.ingressClass().equals("alb")
                || "alb".equals(ingress.annotations().get("kubernetes.io/ingress.class"))
                || ingress.annotations().keySet().stream().anyMatch(k -> k.startsWith(PREFIX));
    }

    /** Services that the rules of an Ingress name, without its action annotations. */
    static List<String> backends(Ingress ingress) {
        TreeSet<String> names = new TreeSet<>();
        ingress.rules().stream()
                .filter(r -> !r.port().equals("use-annotation"))
                .map(Ingress.Rule::service)
                .forEach(names::add);
        return new ArrayList<>(names);
    }

    /** Target groups of a Service, as the controller or the user bound them. */
    static List<TargetGroup> targetGroups(View view, String service) {
        return view.all(Part.TARGET_GROUPS, TargetGroup.class).stream()
                .filter(t -> t.service().filter(service::equals).isPresent())
                .toList();
    }

    /**
     * Seconds without a healthy target while the controller replaces a target group, at most: until it has made the new one,
     * until the load balancer has registered a node, and until that has passed as many checks as the group asks for.
     */
    static int gapSeconds(View view, Service service) {
        return CONTROLLER_SECONDS
                + REGISTRATION_SECONDS
                + targetGroups(view, service.key()).stream()
                        .mapToInt(t -> t.healthCheckSeconds() * Math.max(1, t.healthyThreshold()))
                        .max()
                        .orElse(DEFAULT_CHECK_SECONDS * DEFAULT_THRESHOLD);
    }

    /** What the controller needs to make a target group, move the listener and register nodes; generous. */
    private static final int CONTROLLER_SECONDS = 30;

    /** A Network Load Balancer takes 90 to 180 s before it begins to check a new target. */
    private static final int REGISTRATION_SECONDS = 180;

    /** Health checks of a target group that the controller makes without annotations. */
    private static final int DEFAULT_CHECK_SECONDS = 10;

    private static final int DEFAULT_THRESHOLD = 3;

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
