package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.NamedObject;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the AWS Load Balancer Controller of a cluster makes load balancers of. The rest is EKS's own, or another controller's. */
record Balanced(View view) {

    /** What annotations of its Services begin with. */
    static final String NLB = "service.beta.kubernetes.io/aws-load-balancer-";

    private static final String NLB_CLASS = "service.k8s.aws/nlb";
    private static final Set<String> NLB_TYPES = Set.of("external", "nlb-ip");
    private static final String ALB = "alb";
    private static final String ALB_CONTROLLER = "ingress.k8s.aws/alb";

    /** Whatever the class is called, its controller counts; where that is not known, the name that everybody gives it. */
    boolean serves(Ingress ingress) {
        return view.get(Part.OBJECTS, NamedObject.class, "IngressClass/" + ingress.ingressClass())
                .map(NamedObject::type)
                .filter(controller -> !controller.isEmpty())
                .map(ALB_CONTROLLER::equals)
                .orElse(ingress.ingressClass().equals(ALB));
    }

    static boolean serves(Service service) {
        return service.type().equals("LoadBalancer")
                && service.loadBalancerClass().map(NLB_CLASS::equals).orElse(ofType(service));
    }

    /** Whether EKS itself makes its load balancer: it leaves alone what has a class, or a type of the controller's. */
    static boolean ofEks(Service service) {
        return service.type().equals("LoadBalancer")
                && service.loadBalancerClass().isEmpty()
                && !ofType(service);
    }

    private static boolean ofType(Service service) {
        return NLB_TYPES.contains(service.annotations().getOrDefault(NLB + "type", ""));
    }

    /** Those of its Ingresses that are in these namespaces. */
    List<Ingress> ingresses(List<String> namespaces) {
        return view.all(Part.INGRESSES, Ingress.class).stream()
                .filter(i -> namespaces.contains(i.namespace()) && serves(i))
                .toList();
    }

    /** One of the objects in these namespaces that get no load balancer where it does not run, in words. */
    Optional<String> any(List<String> namespaces) {
        return Stream.concat(
                        ingresses(namespaces).stream().map(i -> "Ingress " + i.key()),
                        view.services().stream()
                                .filter(s -> namespaces.contains(s.namespace()) && serves(s))
                                .map(s -> "Service " + s.key()))
                .findFirst();
    }
}
