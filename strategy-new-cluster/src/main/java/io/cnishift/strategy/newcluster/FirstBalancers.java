package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Load balancers that objects of the first cluster made, and that nobody takes away any more once it is gone. Those that EKS itself makes, the
 * Classic ones among them, are known by their Services alone, and only EKS takes them away; those of the AWS Load Balancer Controller, which
 * has stopped by then, are known by their tags.
 */
final class FirstBalancers {

    private static final String TYPE = "service.beta.kubernetes.io/aws-load-balancer-type";
    private static final Set<String> OF_CONTROLLER = Set.of("external", "nlb-ip");
    private static final String LEFT = "objects of the first cluster made it, and it would be left, and paid for";

    private final View first;
    private final String name;

    FirstBalancers(View first) {
        this.first = first;
        this.name = first.cluster().name();
    }

    /**
     * What a load balancer is made of, by EKS or by the AWS Load Balancer Controller.
     *
     * @param host the load balancer's
     */
    record Front(String key, ObjectRef object, String uid, Owner owner, String host) {

        DeleteObject deletion() {
            return new DeleteObject(object, Optional.of(uid));
        }

        /** As steps name what they touch. */
        String touched() {
            return (object.kind().equals("Service") ? Part.SERVICES : Part.INGRESSES)
                    + key.substring(object.kind().length());
        }
    }

    /** The objects that load balancers are made of. */
    List<Front> fronts() {
        Stream<Front> services = first.services().stream()
                .filter(s -> s.type().equals("LoadBalancer"))
                .flatMap(s -> s.loadBalancer().stream()
                        .map(host -> new Front(
                                "Service/" + s.key(),
                                ObjectRef.of("v1", "Service", s.namespace(), s.name()),
                                s.uid(),
                                s.owner(),
                                host)));
        Stream<Front> ingresses = first.all(Part.INGRESSES, Ingress.class).stream()
                .filter(i -> i.ingressClass().equals(Entries.ALB))
                .flatMap(i -> i.loadBalancer().stream()
                        .map(host -> new Front(
                                "Ingress/" + i.key(),
                                ObjectRef.of("networking.k8s.io/v1", "Ingress", i.namespace(), i.name()),
                                i.uid(),
                                i.owner(),
                                host)));
        return Stream.concat(services, ingresses).toList();
    }

    /** Load balancers of the cluster of which no object is there, so that nobody may know of them. */
    List<LoadBalancer> unmade() {
        List<Front> fronts = fronts();
        return first.all(Part.LOAD_BALANCERS, LoadBalancer.class).stream()
                .filter(lb -> ofFirst(lb.tags()))
                .filter(lb -> fronts.stream().noneMatch(front -> names(front.host(), lb.name())))
                .toList();
    }

    /** Why one may not be taken away: clients still come by it. */
    Optional<Finding> used(Front front) {
        return used(front.key().replaceFirst("/", " "), record -> record.leadsTo(front.host()));
    }

    Optional<Finding> left() {
        return first.services().stream()
                .filter(FirstBalancers::ofEks)
                .findFirst()
                .map(this::service)
                .or(() -> first.all(Part.LOAD_BALANCERS, LoadBalancer.class).stream()
                        .filter(lb -> ofFirst(lb.tags()))
                        .findFirst()
                        .map(this::tagged));
    }

    /** Whether EKS made its load balancer: it leaves Services alone that have a class, or a type of the controller's. */
    private static boolean ofEks(Service service) {
        return service.type().equals("LoadBalancer")
                && service.loadBalancer().isPresent()
                && service.loadBalancerClass().isEmpty()
                && !OF_CONTROLLER.contains(service.annotations().getOrDefault(TYPE, ""));
    }

    /** One that is only shared with the cluster is somebody else's. */
    private boolean ofFirst(Map<String, String> tags) {
        return name.equals(tags.get("elbv2.k8s.aws/cluster"))
                || name.equals(tags.get("eks:cluster-name"))
                || "owned".equals(tags.get("kubernetes.io/cluster/" + name));
    }

    private Finding service(Service service) {
        String host = service.loadBalancer().orElseThrow();
        return finding(
                "Service " + service.key(),
                "EKS made load balancer " + host + " for it, which would be left, and paid for",
                record -> record.leadsTo(host),
                "delete the Service ('kubectl delete service " + service.name() + " --namespace " + service.namespace()
                        + "'), and EKS takes its load balancer away; then resume");
    }

    private Finding tagged(LoadBalancer balancer) {
        return finding(
                "load balancer " + balancer.name(),
                LEFT,
                record -> leads(record, balancer),
                "delete it ('aws elbv2 delete-load-balancer --load-balancer-arn " + balancer.arn()
                        + "', its target groups after it), then resume");
    }

    /** What clients still come by is not to be deleted, whoever made it. */
    private Finding finding(String subject, String message, Predicate<DnsRecord> leads, String remedy) {
        return used(subject, leads).orElseGet(() -> Code.FIRST_IN_USE.of(subject, message, remedy));
    }

    private Optional<Finding> used(String subject, Predicate<DnsRecord> leads) {
        return first.all(Part.DNS_RECORDS, DnsRecord.class).stream()
                .filter(record -> record.weight().orElse(1) > 0 && leads.test(record))
                .findFirst()
                .map(record -> Code.FIRST_IN_USE.of(
                        subject,
                        "DNS record " + record.name() + " " + record.type() + " still sends clients to it",
                        "lead them to the second cluster first, then resume; do not delete it before"));
    }

    /** By its name, which is unique in account and region and begins the host name, before a dash and what AWS adds. */
    private static boolean leads(DnsRecord record, LoadBalancer balancer) {
        return record.values().stream().anyMatch(v -> names(v, balancer.name()))
                || record.alias().filter(a -> names(a.name(), balancer.name())).isPresent();
    }

    /** Whether that is the host name of the load balancer of that name. */
    static boolean names(String host, String name) {
        String label = host.toLowerCase(Locale.ROOT)
                .replaceFirst("^dualstack\\.", "")
                .replaceFirst("^internal-", "")
                .replaceFirst("\\..*", "");
        int dash = label.lastIndexOf('-');
        return dash > 0 && label.substring(0, dash).equals(name.toLowerCase(Locale.ROOT));
    }
}
