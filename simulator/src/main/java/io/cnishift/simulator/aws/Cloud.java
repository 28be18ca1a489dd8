package io.cnishift.simulator.aws;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.ViewFeed;
import io.cnishift.api.port.Reading;
import io.cnishift.simulator.Kernel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What AWS and Helm know: the records of all parts that are not Kubernetes objects, as they are now. Every write goes through
 * {@link #put} and {@link #remove}, which keep the account of addresses and tell the listeners.
 *
 * <p>Invariants: an address belongs to at most one network interface; the free count of a subnet is what its interfaces, and
 * users that the snapshot did not name, leave over. Read back unchanged it equals the snapshot.
 */
public final class Cloud {

    /** Where addresses come from when a subnet has none left, in a world without what bounds it (RFC 2544). */
    private static final Cidr NOWHERE = Cidr.parse("198.18.0.0/15");

    private final ViewFeed feed = new ViewFeed();
    private final Map<String, AddressPool> pools;
    private Optional<Cloud> neighbour = Optional.empty();
    private final Map<String, Map<String, NetworkInterface>> byInstance = new HashMap<>();
    private final Map<String, NetworkInterface> ofServices = new TreeMap<>();
    private final Map<String, NetworkInterface> byAddress = new HashMap<>();
    private final List<Consumer<Change>> listeners = new ArrayList<>();
    private final Ids ids;
    private final RandomGenerator random;
    private final Map<Part, Long> versions = new EnumMap<>(Part.class);
    private boolean bounded;
    private boolean aligned;
    private long beyond;
    private long version;

    /**
     * The AWS and Helm parts of a snapshot.
     *
     * @param random chooses addresses and ids
     */
    public Cloud(ClusterSnapshot snapshot, RandomGenerator random) {
        this(snapshot, random, new HashMap<>());
    }

    /** The parts of a second cluster whose subnets are those of a first one, so that one takes the addresses of the other. */
    private Cloud(ClusterSnapshot snapshot, RandomGenerator random, Cloud first) {
        this(snapshot, random, first.pools);
        neighbour = Optional.of(first);
        first.neighbour = Optional.of(this);
        List.copyOf(view().subnets()).forEach(s -> recount(s.id()));
    }

    private Cloud(ClusterSnapshot snapshot, RandomGenerator random, Map<String, AddressPool> pools) {
        this.pools = pools;
        this.random = Objects.requireNonNull(random, "random");
        ids = new Ids(random);
        List<Subnet> own = snapshot.subnets().stream()
                .filter(s -> !pools.containsKey(s.id()))
                .toList();
        own.forEach(s -> pools.put(s.id(), new AddressPool(s)));
        snapshot.networkInterfaces().forEach(i -> use(i.subnet(), i.addresses(), i.prefixes()));
        own.forEach(s -> pool(s.id()).fillDownTo(s.freeAddresses()));
        snapshot.resources()
                .filter(r -> r.part().source() != Part.Source.KUBERNETES)
                .forEach(r -> {
                    feed.apply(Change.of(r));
                    index(r, true);
                });
    }

    /** The cloud of that world. */
    public static Cloud of(Kernel kernel) {
        return kernel.shared(Cloud.class, k -> new Cloud(k.snapshot(), k.random("aws")));
    }

    /** Lets the cloud of a second world share the addresses of the first one's subnets. Before anything else asks for it. */
    public static void share(Kernel first, Kernel second) {
        second.shared(Cloud.class, k -> new Cloud(k.snapshot(), k.random("aws"), of(first)));
    }

    /** The cloud of the other one of two clusters. */
    public Optional<Cloud> neighbour() {
        return neighbour;
    }

    /** All of it, indexed. Holds no Kubernetes part. */
    public View view() {
        return feed.view();
    }

    /** What reads of these parts answer. */
    public Reading read(Set<Part> parts) {
        List<Resource> resources = new ArrayList<>();
        for (Part part : parts) {
            resources.addAll(view().all(part, Resource.class));
        }
        return new Reading(resources, List.of());
    }

    /** Tells the listener of every change from now on, after it has happened. */
    public void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    /** Makes a resource, or replaces the one with its key; nothing happens when it is equal. */
    public void put(Resource resource) {
        Optional<Resource> before = view().get(resource.part(), Resource.class, resource.key());
        if (before.filter(resource::equals).isPresent()) {
            return;
        }
        before.ifPresent(old -> index(old, false));
        feed.apply(Change.of(resource));
        index(resource, true);
        if (resource instanceof Subnet subnet && before.isEmpty()) {
            pools.put(subnet.id(), new AddressPool(subnet));
        }
        if (resource instanceof NetworkInterface now) {
            account(before.map(NetworkInterface.class::cast), Optional.of(now));
        }
        tell(Change.of(resource));
    }

    /** Removes a resource; that there is none is no error. */
    public void remove(Part part, String key) {
        Optional<Resource> before = view().get(part, Resource.class, key);
        if (before.isEmpty()) {
            return;
        }
        index(before.get(), false);
        feed.apply(Change.gone(part, key));
        if (part == Part.SUBNETS) {
            pools.remove(key);
        }
        if (before.get() instanceof NetworkInterface was) {
            account(Optional.of(was), Optional.empty());
        }
        tell(Change.gone(part, key));
    }

    /** A node group. */
    public Optional<NodeGroup> group(String name) {
        return view().nodeGroup(name);
    }

    /** An instance. */
    public Optional<Instance> instance(String id) {
        return view().get(Part.INSTANCES, Instance.class, id);
    }

    /** The interfaces that are attached to an instance, by id. */
    public Collection<NetworkInterface> interfacesOf(String instance) {
        return Collections.unmodifiableCollection(
                byInstance.getOrDefault(instance, Map.of()).values());
    }

    /** A network interface. */
    public Optional<NetworkInterface> networkInterface(String id) {
        return view().get(Part.NETWORK_INTERFACES, NetworkInterface.class, id);
    }

    /** The branch interface that has an address. It hangs on a trunk, and on no instance as far as EC2 says. */
    public Optional<NetworkInterface> branchAt(String address) {
        return interfaceAt(address).filter(i -> i.type().equals("branch"));
    }

    /** The interface that has an address itself, not in one of its blocks. */
    public Optional<NetworkInterface> interfaceAt(String address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /** The interfaces that no instance has and no pod: of load balancers, endpoints and the control plane, by id. */
    public Collection<NetworkInterface> interfacesOfServices() {
        return Collections.unmodifiableCollection(ofServices.values());
    }

    /** How many changes there were. */
    public long version() {
        return version;
    }

    /** The number of the last change of a part; 0 when there was none. */
    public long version(Part part) {
        return versions.getOrDefault(part, 0L);
    }

    /** From now on a subnet that is full is full. */
    void bounded() {
        bounded = true;
    }

    /** From now on a block of addresses is an aligned one of which none is used. */
    void aligned() {
        aligned = true;
    }

    /** New ids. */
    public Ids ids() {
        return ids;
    }

    /** So many free addresses of a subnet outside of those blocks, all or none; free until an interface has them. */
    Optional<List<String>> pick(String subnet, int count, List<Cidr> avoiding) {
        Optional<List<String>> picked = pool(subnet).pick(count, avoiding, random);
        return picked.isPresent() || bounded ? picked : Optional.of(beyond(count));
    }

    /** So many free /28 blocks of a subnet, all or none. */
    Optional<List<Cidr>> pickBlocks(String subnet, int count) {
        Optional<List<Cidr>> picked = pool(subnet).pickBlocks(count);
        return picked.isPresent() || aligned
                ? picked
                : Optional.of(Stream.generate(this::blockBeyond).limit(count).toList());
    }

    /** Free addresses of a subnet. */
    public int free(String subnet) {
        return pool(subnet).free();
    }

    /** Reserves these ranges of a subnet, and no others. */
    void reserve(String subnet, List<Subnet.Reservation> ranges) {
        pool(subnet).reserve(ranges);
        recount(subnet);
    }

    private List<String> beyond(int count) {
        return Stream.generate(() -> NOWHERE.address(beyond++)).limit(count).toList();
    }

    private Cidr blockBeyond() {
        beyond = (beyond + AddressPool.BLOCK) / AddressPool.BLOCK * AddressPool.BLOCK;
        Cidr block = Cidr.around(NOWHERE.address(beyond), 28);
        beyond += AddressPool.BLOCK;
        return block;
    }

    private AddressPool pool(String subnet) {
        AddressPool pool = pools.get(subnet);
        if (pool == null) {
            throw new IllegalArgumentException("no subnet " + subnet + " in the VPC");
        }
        return pool;
    }

    private void account(Optional<NetworkInterface> before, Optional<NetworkInterface> now) {
        before.ifPresent(was -> {
            AddressPool pool = pool(was.subnet());
            was.addresses().forEach(pool::release);
            was.prefixes().forEach(pool::release);
        });
        now.ifPresent(is -> {
            if (!use(is.subnet(), is.addresses(), is.prefixes())) {
                throw new IllegalStateException("an address of " + is + " belongs to another interface already");
            }
        });
        before.or(() -> now).map(NetworkInterface::subnet).ifPresent(this::recount);
    }

    private boolean use(String subnet, List<String> addresses, List<Cidr> prefixes) {
        AddressPool pool = pools.get(subnet);
        if (pool == null) {
            return true;
        }
        boolean free = true;
        for (String address : addresses) {
            free &= NOWHERE.contains(address) || pool.use(address);
        }
        for (Cidr prefix : prefixes) {
            free &= NOWHERE.contains(prefix) || pool.use(prefix);
        }
        return free;
    }

    private void recount(String id) {
        recountHere(id);
        neighbour.ifPresent(n -> n.recountHere(id));
    }

    private void recountHere(String id) {
        view().subnet(id).ifPresent(subnet -> {
            AddressPool pool = pool(id);
            put(new Subnet(
                    subnet.id(),
                    subnet.name(),
                    subnet.availabilityZone(),
                    subnet.cidr(),
                    pool.free(),
                    subnet.freePrefixBlocks().isPresent() ? OptionalInt.of(pool.freeBlocks()) : OptionalInt.empty(),
                    subnet.routeTable(),
                    subnet.publicAddresses(),
                    pool.reservations(),
                    subnet.tags(),
                    subnet.ipv6()));
        });
    }

    private void index(Resource resource, boolean add) {
        if (resource instanceof NetworkInterface networkInterface) {
            indexAddresses(networkInterface, add);
            if (networkInterface.instance().isEmpty()
                    && !networkInterface.type().equals("branch")) {
                if (add) {
                    ofServices.put(networkInterface.id(), networkInterface);
                } else {
                    ofServices.remove(networkInterface.id());
                }
            }
            networkInterface.instance().ifPresent(instance -> {
                if (add) {
                    byInstance
                            .computeIfAbsent(instance, i -> new TreeMap<>())
                            .put(networkInterface.id(), networkInterface);
                } else {
                    byInstance.getOrDefault(instance, new TreeMap<>()).remove(networkInterface.id());
                }
            });
        }
    }

    private void indexAddresses(NetworkInterface networkInterface, boolean add) {
        for (String address : networkInterface.addresses()) {
            if (add) {
                byAddress.put(address, networkInterface);
            } else {
                byAddress.remove(address);
            }
        }
    }

    private void tell(Change change) {
        versions.put(change.part(), ++version);
        List.copyOf(listeners).forEach(l -> l.accept(change));
    }
}
