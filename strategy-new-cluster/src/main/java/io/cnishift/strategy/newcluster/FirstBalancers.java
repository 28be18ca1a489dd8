package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.LoadBalancer;
import io.cnishift.api.cluster.NamedObject;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Load balancers that objects of the first cluster made, and that nobody takes away any more once it is gone. Those that EKS itself makes, the
 * Classic ones among them, are known by their Services alone, and only EKS takes them away; those of the AWS Load Balancer Controller are
 * known by their tags.
 */
final class FirstBalancers {

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
     * @param host the load balancer's; empty while it has none, or none any more
     * @param terminating it was deleted, whoever did it, and is kept until its controller has done its part
     */
    record Front(String key, ObjectRef object, String uid, Owner owner, Optional<String> host, boolean terminating) {

        private static Front of(Service service) {
            return new Front(
                    "Service/" + service.key(),
                    ObjectRef.of("v1", "Service", service.namespace(), service.name()),
                    service.uid(),
                    service.owner(),
                    service.loadBalancer(),
                    service.terminating());
        }

        private static Front of(Ingress ingress) {
            return new Front(
                    "Ingress/" + ingress.key(),
                    ObjectRef.of("networking.k8s.io/v1", "Ingress", ingress.namespace(), ingress.name()),
                    ingress.uid(),
                    ingress.owner(),
                    ingress.loadBalancer(),
                    ingress.terminating());
        }

        DeleteObject deletion() {
            return new DeleteObject(object, Optional.of(uid));
        }

        /** As steps name what they touch. */
        String touched() {
            return (object.kind().equals("Service") ? Part.SERVICES : Part.INGRESSES)
                    + key.substring(object.kind().length());
        }

        private boolean has(LoadBalancer balancer) {
            return host.filter(h -> names(h, balancer.name())).isPresent();
        }
    }

    /** The objects that load balancers are made of. */
    List<Front> fronts() {
        return all(new Balanced(first)::serves)
                .filter(front -> front.host().isPresent())
                .toList();
    }

    /** Those of them, by their keys, that are there, whatever class they have by now. */
    List<Front> there(List<String> keys) {
        return all(ingress -> true).filter(front -> keys.contains(front.key())).toList();
    }

    private Stream<Front> all(Predicate<Ingress> ingresses) {
        return Stream.concat(
                first.services().stream()
                        .filter(s -> s.type().equals("LoadBalancer"))
                        .map(Front::of),
                first.all(Part.INGRESSES, Ingress.class).stream()
                        .filter(ingresses)
                        .map(Front::of));
    }

    /** Load balancers of the cluster that the status of no object names. */
    List<LoadBalancer> unmade() {
        return tagged().filter(lb -> all(ingress -> true).noneMatch(front -> front.has(lb)))
                .toList();
    }

    /** What the deletion of {@link #fronts} would leave, whoever made it and whether clients come by it or not. */
    List<Finding> staying() {
        List<Front> fronts = fronts();
        return tagged().filter(lb -> fronts.stream().noneMatch(front -> front.has(lb)))
                .map(this::staying)
                .toList();
    }

    private Finding staying(LoadBalancer balancer) {
        String subject = "load balancer " + balancer.name();
        Optional<String> maker = maker(balancer);
        return record(record -> leads(record, balancer))
                .map(name -> Code.FIRST_IN_USE.of(
                        subject,
                        name + " sends clients to it, and this plan does not take it away"
                                + maker.map(m -> ": " + m + " makes it").orElse(""),
                        "leave deleteBlue out; or lead clients elsewhere first, and read the cluster again"))
                .or(
                        () -> maker.map(
                                m -> Code.FIRST_IN_USE.of(
                                        subject,
                                        m + " makes it, which this plan does not take away",
                                        "leave deleteBlue out; or move its clients yourself, let it go with what makes it, and read the cluster again")))
                .orElseGet(
                        () -> Code.FIRST_IN_USE.of(
                                subject,
                                "it is the first cluster's by its tags, and nothing that was read makes it or leads to it, so nobody would take it away",
                                "leave deleteBlue out; or find out whether clients come by it, delete it where none do, and read the cluster again"));
    }

    /** The object that a load balancer is made of: the one whose status names it, or that its controller's tag tells, where it is there. */
    private Optional<String> maker(LoadBalancer balancer) {
        return all(ingress -> true)
                .filter(front -> front.has(balancer)
                        || front.key().equals("Ingress/" + balancer.tags().get("ingress.k8s.aws/stack"))
                        || front.key().equals("Service/" + balancer.tags().get("service.k8s.aws/stack")))
                .map(Front::key)
                .findFirst()
                .or(() -> Stream.of("gateway.k8s.aws.alb/stack", "gateway.k8s.aws.nlb/stack")
                        .map(tag -> "Gateway/" + balancer.tags().get(tag))
                        .filter(key ->
                                first.get(Part.OBJECTS, NamedObject.class, key).isPresent())
                        .findFirst())
                .map(key -> key.replaceFirst("/", " "));
    }

    private Stream<LoadBalancer> tagged() {
        return first.all(Part.LOAD_BALANCERS, LoadBalancer.class).stream().filter(lb -> ofFirst(lb.tags()));
    }

    /** Why one may not be taken away: clients still come by it. */
    Optional<Finding> used(Front front) {
        return used(
                front.key().replaceFirst("/", " "),
                record -> front.host().filter(record::leadsTo).isPresent());
    }

    Optional<Finding> left() {
        return first.services().stream()
                .filter(s -> Balanced.ofEks(s) && s.loadBalancer().isPresent())
                .findFirst()
                .map(this::service)
                .or(() -> tagged().findFirst().map(this::tagged));
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
        return record(leads)
                .map(name -> Code.FIRST_IN_USE.of(
                        subject,
                        name + " still sends clients to it",
                        "lead them to the second cluster first, then resume; do not delete it before"));
    }

    private Optional<String> record(Predicate<DnsRecord> leads) {
        return first.all(Part.DNS_RECORDS, DnsRecord.class).stream()
                .filter(record -> record.weight().orElse(1) > 0 && leads.test(record))
                .findFirst()
                .map(record -> "DNS record " + record.name() + " " + record.type());
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
