package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How clients come into the first cluster: load balancers that its controllers made for what is moved, with the names that lead to them,
 * and those that nobody can move from here.
 */
final class Entries {

    private final View view;
    private final Map<String, String> fronts = new LinkedHashMap<>();
    private final Set<String> foreign = new TreeSet<>();
    private final List<String> others;
    private final List<DnsRecord> records;
    private final List<Entry> named = new ArrayList<>();

    private Entries(View view, List<String> namespaces) {
        this.view = view;
        records = List.copyOf(view.all(Part.DNS_RECORDS, DnsRecord.class));
        view.services().stream()
                .filter(s -> namespaces.contains(s.namespace()) && s.type().equals("LoadBalancer"))
                .forEach(s -> s.loadBalancer().ifPresent(host -> fronts.putIfAbsent(host, "Service/" + s.key())));
        new Balanced(view)
                .ingresses(namespaces)
                .forEach(i -> i.loadBalancer().ifPresent(host -> fronts.putIfAbsent(host, "Ingress/" + i.key())));
        view.all(Part.INGRESSES, Ingress.class).stream()
                .filter(i -> namespaces.contains(i.namespace()))
                .flatMap(i -> i.loadBalancer().stream())
                .filter(host -> !fronts.containsKey(host))
                .forEach(foreign::add);
        others = new OtherBalancers(view)
                .beside(Stream.concat(fronts.keySet().stream(), foreign.stream())
                        .toList());
        Set<String> seen = new LinkedHashSet<>();
        fronts.forEach((host, front) -> records.stream()
                .filter(r -> r.leadsTo(host))
                .filter(r -> seen.add(r.zone() + "/" + r.name() + "/" + r.type()))
                .forEach(r -> named.add(new Entry(r.zone(), r.name(), r.type(), front))));
    }

    static Entries of(View view, List<String> namespaces) {
        return new Entries(view, namespaces);
    }

    /** The names to be moved. */
    List<Entry> named() {
        return List.copyOf(named);
    }

    /** The records of all names, as they are now. */
    List<String> keys() {
        return keys(named);
    }

    /** The records of these names, as they are now. */
    List<String> keys(List<Entry> of) {
        return of.stream()
                .flatMap(entry -> new Records(view, entry).now().stream())
                .map(DnsRecord::key)
                .toList();
    }

    /** Those of them whose clients are moved by weights of target groups first, or the others. */
    List<Entry> named(TargetShift shift, boolean shared) {
        return named.stream()
                .filter(e -> shared
                        == fronts.entrySet().stream()
                                .anyMatch(f -> f.getValue().equals(e.front()) && shift.has(f.getKey())))
                .toList();
    }

    /** Whether every client can be led away from the first cluster's load balancers. */
    boolean complete(Cluster second, TargetShift shift) {
        return staying(second, shift).isEmpty();
    }

    /**
     * What has to answer in the second cluster: every Ingress of a load balancer, and every Service with one.
     *
     * @param awaited whether a Service, {@code namespace/name}, is one of those that should answer
     */
    List<String> urls(List<String> namespaces, Predicate<String> awaited) {
        List<String> urls = new ArrayList<>();
        new Balanced(view)
                .ingresses(namespaces)
                .forEach(i -> i.rules().stream()
                        .filter(r -> awaited.test(i.namespace() + "/" + r.service()))
                        .forEach(r ->
                                urls.add("ingress " + i.key() + " " + (r.host().isEmpty() ? "*" : r.host()) + " "
                                        + (r.path().isEmpty() ? "/" : r.path()))));
        view.services().stream()
                .filter(s -> namespaces.contains(s.namespace())
                        && s.type().equals("LoadBalancer")
                        && s.loadBalancer().isPresent())
                .map(Service::key)
                .filter(awaited)
                .forEach(key -> urls.add("service " + key));
        return urls.stream().distinct().toList();
    }

    private List<String> staying(Cluster second, TargetShift shift) {
        List<String> staying = new ArrayList<>(foreign);
        staying.addAll(others);
        fronts.keySet().stream()
                .filter(host -> unnamed(host) || (shift.has(host) && !movable(host, second)))
                .forEach(staying::add);
        return staying;
    }

    private boolean unnamed(String host) {
        return records.stream().noneMatch(r -> r.leadsTo(host));
    }

    private String whyStaying(String host, TargetShift shift) {
        if (foreign.contains(host)) {
            return "no object of the cluster makes it, so the second cluster gets none like it";
        }
        if (others.contains(host)) {
            return "it sends clients to nodes or pods of the first cluster, and no Service or Ingress of what is moved made it, so the"
                    + " second cluster gets none like it";
        }
        return (unnamed(host)
                        ? "no record of Route 53 in this account leads to it: clients go by another name, or by its own"
                        : "a record that leads to it has a routing policy and cannot be shared by weight")
                + (shift.has(host)
                        ? "; its requests are forwarded to the second cluster, and it stays with the first"
                        : "");
    }

    /** Names of the load balancers that Ingresses made. */
    List<String> balancers() {
        return fronts.entrySet().stream()
                .filter(e -> e.getValue().startsWith("Ingress/"))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether names lead to the load balancer of that name, and all of them can be shared with the second cluster. */
    boolean movable(String host, Cluster second) {
        List<Entry> its =
                named.stream().filter(e -> e.front().equals(fronts.get(host))).toList();
        return !its.isEmpty() && its.stream().allMatch(e -> movable(e, second));
    }

    private boolean movable(Entry entry, Cluster second) {
        List<DnsRecord> all = new Records(view, entry).now();
        boolean simple = all.size() == 1 && all.get(0).routing().equals("simple");
        return simple
                || all.stream()
                        .allMatch(r -> r.setIdentifier()
                                .filter(id -> id.equals(view.cluster().name()) || id.equals(second.name()))
                                .isPresent());
    }

    /** What is wrong with them. */
    List<Finding> findings(Cluster second, TargetShift shift) {
        List<Finding> findings = new ArrayList<>(shift.findings());
        for (String host : staying(second, shift)) {
            findings.add(Code.ENTRY_STAYS.of(
                    "load balancer " + host,
                    whyStaying(host, shift),
                    "make a record for it, or move its clients yourself; the first cluster is not retired meanwhile"));
        }
        for (Entry entry : named(shift, false)) {
            List<DnsRecord> all = new Records(view, entry).now();
            if (!movable(entry, second)) {
                findings.add(Code.RECORD_ROUTING.of(
                        "DNS record " + entry.name() + " " + entry.type(),
                        "it is " + Count.of(all.size(), "record") + " with routing "
                                + all.stream()
                                        .map(DnsRecord::routing)
                                        .distinct()
                                        .toList()
                                + ", and only a simple one can be made weighted in one batch",
                        "make it one simple record first"));
            }
        }
        return findings;
    }
}
