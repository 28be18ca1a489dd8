package io.cnishift.simulator;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.HelmPort;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.WorldFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * What all behaviours share: time, the objects, chance, and the points at which the parts of the world meet. Behaviours
 * reach each other through it and through the store only.
 */
public final class Kernel {
    /** The time that all bundled clusters are of. */
    private static final Instant BUNDLED = Instant.parse("2026-11-02T20:00:00Z");

    private final ClusterSnapshot snapshot;
    private final WorldFactory.Settings settings;
    private final SimClock clock;
    private final ObjectStore objects;
    private final Incidents incidents;
    private final NotModelled notModelled = new NotModelled();
    private final Injected injected;
    private final Watches watches;
    private final Map<String, RandomGenerator> streams = new HashMap<>();
    private final Map<Class<?>, Object> shared = new HashMap<>();
    private final Containers containers = new Containers();
    private final List<Consumer<String>> hosts = new ArrayList<>();
    private PodNetwork podNetwork = new NoPodNetwork();
    private Predicate<String> powered = node -> true;
    private Function<Question, Answer> reach = this::nobodyKnows;
    private Optional<AwsPort> aws = Optional.empty();
    private Optional<HelmPort> helm = Optional.empty();

    /** A world of nothing but time and an empty store, to be filled from that snapshot. */
    public Kernel(ClusterSnapshot snapshot, WorldFactory.Settings settings) {
        this(
                snapshot,
                settings,
                new SimClock(snapshot.takenAt()),
                clock -> new Injected(clock, settings.faults().keySet()));
    }

    /** The same beside another world: on its clock, and a fault that happens in either has happened. */
    public Kernel(ClusterSnapshot snapshot, WorldFactory.Settings settings, Kernel first) {
        this(snapshot, settings, first.clock, clock -> first.injected);
    }

    private Kernel(
            ClusterSnapshot snapshot,
            WorldFactory.Settings settings,
            SimClock clock,
            Function<SimClock, Injected> injected) {
        this.snapshot = Objects.requireNonNull(snapshot, "snapshot");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.clock = Objects.requireNonNull(clock, "clock");
        objects = new ObjectStore(clock, random("uids"));
        incidents = new Incidents(clock);
        this.injected = injected.apply(clock);
        watches = new Watches(clock);
    }

    public SimClock clock() {
        return clock;
    }

    public ObjectStore objects() {
        return objects;
    }

    /** The cluster that the world was made from, as it was at the start. */
    public ClusterSnapshot snapshot() {
        return snapshot;
    }

    public WorldFactory.Settings settings() {
        return settings;
    }

    /**
     * A stream of chance of that name; its numbers depend on the seed, the name and the time of the snapshot, not on what
     * others draw. The time counts because a copy of a simulated cluster must not give out the ids once more that the
     * cluster has given out since it was opened.
     */
    public RandomGenerator random(String stream) {
        long later = Duration.between(BUNDLED, snapshot.takenAt()).toMillis() * 0xBF58476D1CE4E5B9L;
        return streams.computeIfAbsent(
                stream, name -> new SplittableRandom(settings.seed() * 0x9E3779B97F4A7C15L + later + name.hashCode()));
    }

    public Incidents incidents() {
        return incidents;
    }

    public NotModelled notModelled() {
        return notModelled;
    }

    /** What came of the faults that the settings ask for. */
    public Injected injected() {
        return injected;
    }

    /** The CNI of the nodes. */
    public PodNetwork podNetwork() {
        return podNetwork;
    }

    public void podNetwork(PodNetwork network) {
        podNetwork = Objects.requireNonNull(network, "network");
    }

    /** What goes on inside of containers. */
    public Containers containers() {
        return containers;
    }

    /** Whether the machine under a node runs: on one that does not, no kubelet does anything any more. */
    public boolean powered(String node) {
        return powered.test(node);
    }

    public void powered(Predicate<String> function) {
        powered = Objects.requireNonNull(function, "function");
    }

    /** Says that something about a node has changed that its object does not show: its power, its network. */
    public void hostChanged(String node) {
        hosts.forEach(h -> h.accept(node));
    }

    /** Hears of the nodes of which something has changed that their objects do not show. */
    public void listenToHosts(Consumer<String> listener) {
        hosts.add(Objects.requireNonNull(listener, "listener"));
    }

    /** Whether one end of the network reaches another, now. */
    public Answer reach(Question question) {
        return reach.apply(question);
    }

    public void reach(Function<Question, Answer> function) {
        reach = Objects.requireNonNull(function, "function");
    }

    public void aws(AwsPort port) {
        aws = Optional.of(port);
    }

    public void helm(HelmPort port) {
        helm = Optional.of(port);
    }

    /** The one thing of that type that the behaviours of this world share, made when it is first asked for. */
    public <T> T shared(Class<T> type, Function<Kernel, T> make) {
        Object thing = shared.get(type);
        if (thing == null) {
            // not computeIfAbsent: making one thing may ask for another
            thing = make.apply(this);
            shared.put(type, thing);
        }
        return type.cast(thing);
    }

    /** Adds a link to the end of the admission chain. */
    public void admit(Admission link) {
        objects.admit(link);
    }

    /** Tells those who watch the part of a change. */
    public void publish(Change change) {
        watches.publish(change);
    }

    /** Whether anybody watches that part. */
    public boolean watched(Part part) {
        return watches.any(part);
    }

    /** Feeds changes of these parts to the sink from now on. */
    public void watch(Set<Part> parts, Consumer<Change> sink) {
        watches.add(parts, sink);
    }

    /** Ends all watches, as when the process that had them is gone. */
    public void forgetWatches() {
        watches.clear();
    }

    /** The port of the AWS side, once it is installed. */
    public Optional<AwsPort> awsPort() {
        return aws;
    }

    /** The port of the Helm side, once it is installed. */
    public Optional<HelmPort> helmPort() {
        return helm;
    }

    private Answer nobodyKnows(Question question) {
        return new Answer(Answer.Verdict.UNKNOWN, "this world has no network model", clock.now());
    }
}
