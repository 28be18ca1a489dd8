package io.cnishift.api.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cluster, indexed: by node, workload, group, namespace. Look-ups cost what they return, never what the cluster holds.
 *
 * <p>Read by one thread at a time. A {@link ViewFeed} patches it as changes arrive; between two changes it stands still.
 * Collections returned are unmodifiable and in key order.
 */
public final class View {

    private final Map<Part, Shelf<Resource>> parts = new EnumMap<>(Part.class);
    private final ResourceIndex<Pod> podsByNode = new ResourceIndex<>(Pod::node);
    private final ResourceIndex<Pod> podsByWorkload = new ResourceIndex<>(Pod::workload, Pod::ofTheSame);
    private final ResourceIndex<Pod> podsByNamespace =
            new ResourceIndex<>(p -> Optional.of(p.namespace()), (one, other) -> true);
    private final ResourceIndex<Node> nodesByInstance = new ResourceIndex<>(Node::instance);
    private final ResourceIndex<Instance> instancesByGroup = new ResourceIndex<>(Instance::nodeGroup);
    private final ResourceIndex<NetworkInterface> interfacesBySubnet =
            new ResourceIndex<>(i -> Optional.of(i.subnet()));
    private final ResourceIndex<Volume> volumesByClaim = new ResourceIndex<>(Volume::claim);
    private final ResourceIndex<Volume> volumesByNode = new ResourceIndex<>(Volume::attachedTo);
    private final ResourceIndex<TargetGroup> targetGroupsByService = new ResourceIndex<>(TargetGroup::service);
    private final TargetIndex targets = new TargetIndex();
    private final Memory memory = new Memory(this);
    private final Derived derived = new Derived();
    private Optional<View> second = Optional.empty();
    private final SelectedPods<Service> podsByService =
            new SelectedPods<>(Service::namespace, Service::selector, Service::selector, Service::selects);
    private final SelectedPods<Budget> podsByBudget = new SelectedPods<>(
            Budget::namespace,
            Budget::selector,
            b -> Tree.map(b.selector(), "matchLabels"),
            (b, p) -> Selectors.matches(b.selector(), p.labels()));

    View() {}

    /** A view of that snapshot which nobody changes. */
    public static View of(ClusterSnapshot snapshot) {
        View view = new View();
        // Services and budgets find their pods as these come, and need not look at all of their namespaces
        snapshot.resources().filter(r -> r.part() != Part.PODS).forEach(r -> view.apply(Change.of(r)));
        snapshot.pods().forEach(p -> view.apply(Change.of(p)));
        return view;
    }

    /** A view of that snapshot beside which a second cluster is seen. */
    public static View of(ClusterSnapshot snapshot, ClusterSnapshot second) {
        View view = of(snapshot);
        view.second = Optional.of(of(second));
        return view;
    }

    /** The second cluster of a migration that has two. */
    public Optional<View> second() {
        return second;
    }

    void second(View other) {
        second = Optional.of(other);
    }

    /** The cluster. */
    public Cluster cluster() {
        return all(Part.CLUSTER, Cluster.class).iterator().next();
    }

    /** The VPC. */
    public Vpc vpc() {
        return all(Part.VPC, Vpc.class).iterator().next();
    }

    /** All resources of a part, which holds that type. */
    @SuppressWarnings("unchecked")
    public <R extends Resource> Collection<R> all(Part part, Class<R> type) {
        @Nullable Shelf<Resource> shelf = parts.get(part);
        return shelf == null ? List.of() : (Collection<R>) shelf.all();
    }

    /** One resource of a part. */
    public <R extends Resource> Optional<R> get(Part part, Class<R> type, String key) {
        @Nullable Shelf<Resource> shelf = parts.get(part);
        @Nullable Resource found = shelf == null ? null : shelf.get(key);
        return found == null ? Optional.empty() : Optional.of(type.cast(found));
    }

    public Collection<Node> nodes() {
        return all(Part.NODES, Node.class);
    }

    public Optional<Node> node(String name) {
        return get(Part.NODES, Node.class, name);
    }

    /** Target of the default route of a subnet: {@code igw-...}, {@code nat-...}; empty when it has none. */
    public Optional<String> wayOut(Subnet subnet) {
        return subnet.routeTable().flatMap(t -> get(Part.ROUTE_TABLES, RouteTable.class, t)).stream()
                .flatMap(t -> t.routes().stream())
                .filter(r -> r.destination().equals("0.0.0.0/0"))
                .map(RouteTable.Route::target)
                .findFirst();
    }

    /** The network ACL of a subnet, or of one that is made without saying which; empty when none was read. */
    public Optional<NetworkAcl> networkAcl(String subnet) {
        Collection<NetworkAcl> all = all(Part.NETWORK_ACLS, NetworkAcl.class);
        return all.stream()
                .filter(acl -> acl.subnets().contains(subnet))
                .findFirst()
                .or(() -> all.stream().filter(NetworkAcl::standard).findFirst());
    }

    /** The node of an instance. */
    public Optional<Node> nodeOf(Instance instance) {
        return nodesByInstance.first(instance.id());
    }

    /** The instance of a node. */
    public Optional<Instance> instanceOf(Node node) {
        return node.instance().flatMap(id -> get(Part.INSTANCES, Instance.class, id));
    }

    /** The node group of a node, through its instance. */
    public Optional<NodeGroup> groupOf(Node node) {
        return instanceOf(node).flatMap(Instance::nodeGroup).flatMap(this::nodeGroup);
    }

    public Collection<NodeGroup> nodeGroups() {
        return all(Part.NODE_GROUPS, NodeGroup.class);
    }

    public Optional<NodeGroup> nodeGroup(String name) {
        return get(Part.NODE_GROUPS, NodeGroup.class, name);
    }

    /** Instances of a group in any state. */
    public Collection<Instance> instancesOf(String group) {
        return instancesByGroup.of(group);
    }

    /** Whether its kubelet admits one more pod. */
    public boolean admitsOneMore(Node node) {
        Collection<Pod> there = podsOn(node.name());
        return there.size() < node.maxPods()
                || there.stream().filter(pod -> !pod.finished()).count() < node.maxPods();
    }

    /** Nodes of a group that have joined. */
    public List<Node> nodesOf(String group) {
        return instancesOf(group).stream()
                .map(this::nodeOf)
                .flatMap(Optional::stream)
                .toList();
    }

    public Collection<Pod> pods() {
        return all(Part.PODS, Pod.class);
    }

    public Optional<Pod> pod(String namespace, String name) {
        return get(Part.PODS, Pod.class, namespace + "/" + name);
    }

    public Collection<Pod> podsOn(String node) {
        return podsByNode.of(node);
    }

    /** Pods of a workload, named {@code Kind/namespace/name}. */
    public Collection<Pod> podsOf(String workload) {
        return podsByWorkload.of(workload);
    }

    /** Pods that a Service selects; none for a Service without selector. */
    public List<Pod> podsOf(Service service) {
        return List.copyOf(podsByService.of(service));
    }

    /** Pods that a budget selects, finished ones too. */
    public Collection<Pod> podsOf(Budget budget) {
        return podsByBudget.of(budget);
    }

    public Collection<Pod> podsIn(String namespace) {
        return podsByNamespace.of(namespace);
    }

    public Collection<Workload> workloads() {
        return all(Part.WORKLOADS, Workload.class);
    }

    /** A workload, named {@code Kind/namespace/name}. */
    public Optional<Workload> workload(String key) {
        return get(Part.WORKLOADS, Workload.class, key);
    }

    /** The aws-node DaemonSet. */
    public Optional<Workload> awsNode() {
        return workload("DaemonSet/kube-system/aws-node");
    }

    public Collection<Service> services() {
        return all(Part.SERVICES, Service.class);
    }

    /** The Services that lead to a pod, in the order of their keys. */
    public List<Service> servicesOf(Pod pod) {
        return podsByService.selecting(pod);
    }

    public Optional<Service> service(String key) {
        return get(Part.SERVICES, Service.class, key);
    }

    /** Volumes of a claim, named {@code namespace/name}. */
    public Collection<Volume> volumesOf(String claim) {
        return volumesByClaim.of(claim);
    }

    /** Volumes that are attached to a node. */
    public Collection<Volume> volumesOn(String node) {
        return volumesByNode.of(node);
    }

    /** Target groups that the load balancer controller made for a Service. */
    public Collection<TargetGroup> targetGroupsOf(String service) {
        return targetGroupsByService.of(service);
    }

    /** Target groups that have a target of that id, an instance or an address. */
    public List<TargetGroup> targetGroupsWith(String target) {
        Collection<String> keys = targets.with(target);
        List<TargetGroup> groups = new ArrayList<>(keys.size());
        for (String key : keys) {
            get(Part.TARGET_GROUPS, TargetGroup.class, key).ifPresent(groups::add);
        }
        return Collections.unmodifiableList(groups);
    }

    public Optional<Endpoints> endpoints(String service) {
        return get(Part.ENDPOINTS, Endpoints.class, service);
    }

    public Collection<Budget> budgets() {
        return all(Part.BUDGETS, Budget.class);
    }

    /** The budgets that select a pod. */
    public List<Budget> budgetsOf(Pod pod) {
        return podsByBudget.selecting(pod);
    }

    public Collection<Subnet> subnets() {
        return all(Part.SUBNETS, Subnet.class);
    }

    public Optional<Subnet> subnet(String id) {
        return get(Part.SUBNETS, Subnet.class, id);
    }

    public Collection<NetworkInterface> interfacesIn(String subnet) {
        return interfacesBySubnet.of(subnet);
    }

    public Optional<Addon> addon(String name) {
        return get(Part.ADDONS, Addon.class, name);
    }

    public Optional<Release> release(String namespace, String name) {
        return get(Part.RELEASES, Release.class, namespace + "/" + name);
    }

    public Optional<CiliumEndpoint> ciliumEndpoint(Pod pod) {
        return get(Part.CILIUM_ENDPOINTS, CiliumEndpoint.class, pod.key());
    }

    /** What was worked out under that key and still holds; null when it has to be worked out. */
    <T> @Nullable T known(Object key, Class<T> type) {
        return derived.known(key, type);
    }

    /** What that function works out from nothing but what it takes down; it is asked again only after any of this has changed. */
    <T> T derived(Object key, Function<Derived.Sources, T> work) {
        return derived.of(key, work);
    }

    /**
     * What that function works out from resources of these parts and from nothing else, which is asked again only after one of
     * these parts has changed: for what is looked at all the time and seldom changes.
     *
     * @param key under which the value is found again; of one class for one kind of value
     */
    public <T> T unlessChanged(Set<Part> parts, Object key, Supplier<T> work) {
        return memory.of(parts, key, work);
    }

    /**
     * What is worked out from the pods of a node alone, of which Services and budgets select each, and of which workloads there are,
     * whatever becomes of those.
     */
    public <T> T unlessPodsChanged(String node, Remembered<T> question) {
        return memory.onNode(node, question);
    }

    /** What is worked out from the instances of a group, their Nodes and CiliumNodes alone. */
    public <T> T unlessGroupChanged(String group, Remembered<T> question) {
        return memory.ofGroup(group, question);
    }

    /** The view as it stands, frozen. */
    public ClusterSnapshot snapshot(String source, Instant takenAt, List<Unknown> unknown) {
        List<Resource> all =
                parts.values().stream().flatMap(s -> s.all().stream()).toList();
        return ClusterSnapshot.of(source, takenAt, all, unknown);
    }

    void apply(Change change) {
        @Nullable Resource now = change.now().orElse(null);
        @Nullable Resource before = shelf(change.part()).set(change.key(), now);
        if (before != null || now != null) {
            memory.changed(change.part(), before, now);
            index(change.part(), change.key(), before, now);
        }
    }

    @SuppressWarnings("unchecked")
    private <R extends Resource> Shelf<R> shelf(Part part) {
        return (Shelf<R>) parts.computeIfAbsent(part, p -> new Shelf<>());
    }

    private void changedForSelecting(Pod pod) {
        podsByService.selecting(pod).forEach(derived::changed);
        podsByBudget.selecting(pod).forEach(derived::changed);
    }

    private void index(Part part, String key, @Nullable Resource before, @Nullable Resource now) {
        switch (part) {
            case PODS -> {
                Shelf<Pod> shelf = shelf(part);
                Pod was = (Pod) before;
                Pod is = (Pod) now;
                boolean another = !Derived.same(was, is);
                if (was != null && another) {
                    changedForSelecting(was);
                }
                podsByNode.set(shelf, key, was, is);
                podsByWorkload.set(shelf, key, was, is);
                podsByNamespace.set(shelf, key, was, is);
                if (was == null || is == null || !was.labels().equals(is.labels())) {
                    podsByService.pod(shelf, key, is);
                    podsByBudget.pod(shelf, key, is);
                }
                if (is != null && another) {
                    changedForSelecting(is);
                }
            }
            case WORKLOADS -> derived.changed((Workload) before, (Workload) now);
            case NODES -> nodesByInstance.set(shelf(part), key, (Node) before, (Node) now);
            case INSTANCES -> instancesByGroup.set(shelf(part), key, (Instance) before, (Instance) now);
            case NETWORK_INTERFACES ->
                interfacesBySubnet.set(shelf(part), key, (NetworkInterface) before, (NetworkInterface) now);
            case VOLUMES -> {
                volumesByClaim.set(shelf(part), key, (Volume) before, (Volume) now);
                volumesByNode.set(shelf(part), key, (Volume) before, (Volume) now);
            }
            case SERVICES -> {
                podsByService.changed((Service) before, (Service) now, shelf(Part.PODS), podsByNamespace);
                derived.changed((Service) Objects.requireNonNull(now == null ? before : now));
            }
            case BUDGETS -> {
                podsByBudget.changed((Budget) before, (Budget) now, shelf(Part.PODS), podsByNamespace);
                derived.changed((Budget) before, (Budget) now);
            }
            case TARGET_GROUPS -> {
                targetGroupsByService.set(shelf(part), key, (TargetGroup) before, (TargetGroup) now);
                targets.changed((TargetGroup) before, (TargetGroup) now);
            }
            default -> {} // no second index on this part
        }
    }

    /** The parts that hold anything. */
    public Set<Part> parts() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(parts.keySet()));
    }
}
