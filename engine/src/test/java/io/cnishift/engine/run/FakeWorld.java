package io.cnishift.engine.run;

import io.cnishift.api.Finding;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.UncordonNode;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.ConfigMap;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.AwsPort;
import io.cnishift.api.port.HelmPort;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.TimeSource;
import io.cnishift.api.port.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A cluster of resources in a map, on a clock of its own, whose ports answer as a test says. */
final class FakeWorld implements TimeSource {

    final List<Act> acts = new ArrayList<>();
    final List<Instant> awaited = new ArrayList<>();
    final List<Finding> violations = new ArrayList<>();
    final List<Act> askedOfOwners = new ArrayList<>();
    final List<String> notModelled = new ArrayList<>();
    final List<Unknown> unknown = new ArrayList<>();
    final Map<String, Deque<Supplier<ActResult>>> refusals = new HashMap<>();
    final Map<String, ActResult> checks = new HashMap<>();
    final Set<Part> watched = EnumSet.allOf(Part.class);
    final Map<Part, Integer> reads = new EnumMap<>(Part.class);
    Function<Question, Answer.Verdict> network = question -> Answer.Verdict.REACHED;
    Consumer<Act> beforeAct = act -> {};
    Duration watchLag = Duration.ZERO;

    /** Pages of 20 seconds that each reading takes. */
    int slowPages;

    /** What stands where an act of that target would change it. */
    final Map<String, Map<String, Object>> stands = new HashMap<>();

    private final Map<Part, Map<String, Resource>> resources = new EnumMap<>(Part.class);
    private final Map<Part, List<Consumer<Change>>> sinks = new EnumMap<>(Part.class);
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
    private Instant now = Things.START;
    private long version = 100;
    private int number;
    private boolean changed;

    private record Event(Instant at, int number, Runnable what) {}

    FakeWorld() {
        put(Things.cluster());
        put(Things.vpc());
        put(Things.node("a", 1, false));
        put(Things.node("b", 1, false));
        put(Things.config("settings", "old"));
    }

    /** A world that looks like this one. */
    FakeWorld copy() {
        FakeWorld copy = new FakeWorld();
        copy.resources.clear();
        resources.forEach((part, all) -> copy.resources.put(part, new TreeMap<>(all)));
        copy.now = now;
        copy.version = version;
        return copy;
    }

    World world() {
        FakePort port = new FakePort();
        return new World(
                port,
                port,
                port,
                question -> new Answer(network.apply(question), "by the fake", now),
                askedOfOwners::add,
                this,
                () -> violations,
                () -> notModelled,
                List::of);
    }

    /** The watches of a process that died see nothing any more. */
    void forgetWatches() {
        sinks.clear();
    }

    void put(Resource resource) {
        resources.computeIfAbsent(resource.part(), p -> new TreeMap<>()).put(resource.key(), resource);
        tell(Change.of(resource));
    }

    void remove(Part part, String key) {
        resources.getOrDefault(part, new TreeMap<>()).remove(key);
        tell(Change.gone(part, key));
    }

    <R extends Resource> Optional<R> get(Part part, Class<R> type, String key) {
        return Optional.ofNullable(resources.getOrDefault(part, Map.of()).get(key))
                .map(type::cast);
    }

    String value(String config) {
        return get(Part.CONFIG_MAPS, ConfigMap.class, "kube-system/" + config)
                .map(c -> c.data().get("value"))
                .orElse("<none>");
    }

    boolean cordoned(String node) {
        return get(Part.NODES, Node.class, node).orElseThrow().unschedulable();
    }

    /** Something happens in the cluster so much later. */
    void later(Duration after, Runnable what) {
        events.add(new Event(now.plus(after), number++, what));
    }

    /** The next acts on that target are refused. */
    void refuse(String target, ActResult.Reason... reasons) {
        for (ActResult.Reason reason : reasons) {
            refusals.computeIfAbsent(target, t -> new ArrayDeque<>())
                    .add(() -> new ActResult.Refused(reason, "refused for " + reason));
        }
    }

    Map<String, String> end() {
        Map<String, String> end = new TreeMap<>();
        resources
                .getOrDefault(Part.CONFIG_MAPS, Map.of())
                .forEach((key, c) -> end.put(key, ((ConfigMap) c).data().toString()));
        resources
                .getOrDefault(Part.NODES, Map.of())
                .forEach((key, n) -> end.put(key, String.valueOf(((Node) n).unschedulable())));
        return end;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void await(Instant until) {
        awaited.add(until);
        while (!changed) {
            Event next = events.peek();
            if (next == null || next.at().isAfter(until)) {
                now = until.isAfter(now) ? until : now;
                break;
            }
            events.remove(next);
            now = next.at().isAfter(now) ? next.at() : now;
            next.what().run();
        }
        changed = false;
    }

    private void tell(Change change) {
        if (watchLag.isZero()) {
            deliver(change);
        } else {
            later(watchLag, () -> deliver(change));
        }
    }

    private void deliver(Change change) {
        List<Consumer<Change>> told = sinks.getOrDefault(change.part(), List.of());
        told.forEach(sink -> sink.accept(change));
        changed = changed || !told.isEmpty();
    }

    private ActResult effect(Act act) {
        if (act instanceof CordonNode cordon) {
            return node(cordon.node(), true);
        }
        if (act instanceof UncordonNode uncordon) {
            return node(uncordon.node(), false);
        }
        if (act instanceof ApplyObject apply) {
            put(Things.config(
                    ObjectRef.of(apply.object()).name(),
                    Tree.text(apply.object(), "data", "value").orElse("")));
            return new ActResult.Performed(Map.of());
        }
        if (act instanceof DeleteObject delete) {
            remove(Part.CONFIG_MAPS, "kube-system/" + delete.object().name());
            return new ActResult.Performed(Map.of());
        }
        throw new IllegalArgumentException("the fake knows no " + act);
    }

    private ActResult node(String name, boolean cordoned) {
        version++;
        put(Things.node(name, version, cordoned));
        return new ActResult.Performed(Map.of("resourceVersion", String.valueOf(version)));
    }

    private final class FakePort implements KubernetesPort, AwsPort, HelmPort {

        @Override
        public Reading read(Set<Part> parts) {
            List<Resource> found = new ArrayList<>();
            for (Part part : parts) {
                reads.merge(part, 1, Integer::sum);
                found.addAll(resources.getOrDefault(part, Map.of()).values());
            }
            return new Reading(
                    found,
                    unknown.stream().filter(u -> parts.contains(u.part())).toList());
        }

        @Override
        public Reading read(Set<Part> parts, Runnable between) {
            for (int page = 0; page < slowPages; page++) {
                now = now.plusSeconds(20);
                between.run();
            }
            return read(parts);
        }

        @Override
        public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
            Set<Part> fed = EnumSet.noneOf(Part.class);
            parts.stream().filter(watched::contains).forEach(part -> {
                fed.add(part);
                sinks.computeIfAbsent(part, p -> new ArrayList<>()).add(sink);
            });
            return fed;
        }

        @Override
        public Map<String, Object> before(Act act) {
            if (stands.containsKey(act.target())) {
                return stands.get(act.target());
            }
            if (act instanceof CordonNode cordon) {
                return Map.of("spec", Map.of("unschedulable", cordoned(cordon.node())));
            }
            if (act instanceof ApplyObject apply) {
                String name = ObjectRef.of(apply.object()).name();
                return get(Part.CONFIG_MAPS, ConfigMap.class, "kube-system/" + name)
                        .<Map<String, Object>>map(c -> Map.of("data", Map.copyOf(c.data())))
                        .orElse(Map.of());
            }
            return Map.of();
        }

        @Override
        public ActResult perform(Act act) {
            beforeAct.accept(act);
            Supplier<ActResult> refusal =
                    refusals.getOrDefault(act.target(), new ArrayDeque<>()).poll();
            if (refusal != null) {
                return refusal.get();
            }
            acts.add(act);
            return effect(act);
        }

        @Override
        public Optional<ActResult> check(Act act) {
            return Optional.ofNullable(checks.get(act.target()));
        }
    }
}
