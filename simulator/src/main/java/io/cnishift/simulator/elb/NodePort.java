package io.cnishift.simulator.elb;

import io.cnishift.simulator.net.End;
import io.cnishift.simulator.net.NodeKind;
import io.cnishift.simulator.net.Services.Endpoint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of requests that come in by the node port of a Service, by the node. All nodes of a kind that have no endpoint of the
 * Service are counted as one sender, each that has one by itself; an endpoint that comes or goes costs a step for each sender.
 *
 * <p>A leg from a sender to an endpoint depends on the kind of the node, on the endpoint, on the node that the endpoint is on, and on whether
 * that is the sender's own. Whoever keeps this says when any of it has changed.
 */
final class NodePort {

    private final boolean local;
    private final Function<String, Optional<End>> hosts;
    private final BiPredicate<End, Endpoint> reaches;
    private final Map<Endpoint, Leg> legs = new LinkedHashMap<>();
    /** How many endpoints are on a node. */
    private final Map<String, Integer> hosting = new HashMap<>();

    private final Map<Object, Sender> senders = new HashMap<>();
    /** Nodes to which endpoints came and from which they went since the last time. */
    private final Set<String> touched = new HashSet<>();

    /**
     * Without endpoints, to begin with.
     *
     * @param local whether a node leads to its own endpoints only
     * @param hosts the network of a node
     * @param reaches whether a node reaches an endpoint
     */
    NodePort(boolean local, Function<String, Optional<End>> hosts, BiPredicate<End, Endpoint> reaches) {
        this.local = local;
        this.hosts = hosts;
        this.reaches = reaches;
    }

    /** Where requests go on from: a node with endpoints, or all without that are of a kind. */
    private static final class Sender {
        private final NodeKind kind;
        private final @Nullable String node;
        private int open;
        private int all;
        private Served told = Served.NONE;

        private Sender(NodeKind kind, @Nullable String node) {
            this.kind = kind;
            this.node = node;
        }

        private Served served() {
            return Served.of(open, all);
        }
    }

    /** The legs to an endpoint. */
    private static final class Leg {
        private final Endpoint to;
        private final Set<String> on = new HashSet<>();
        /** Whether it is open, by the kind of the sender, or by the sender that the endpoint is on. */
        private final Map<Object, Boolean> open = new HashMap<>();

        private Leg(Endpoint to) {
            this.to = to;
            to.node().ifPresent(on::add);
            to.end().flatMap(End::node).ifPresent(on::add);
        }
    }

    /** What becomes of requests to a node of that kind and network. */
    Served from(String node, NodeKind kind, End host) {
        boolean own = hosting.containsKey(node);
        Object key = own ? node : kind;
        Sender sender = senders.get(key);
        if (sender == null) {
            sender = new Sender(kind, own ? node : null);
            for (Leg leg : legs.values()) {
                count(sender, leg, host, 1);
            }
            sender.told = sender.served();
            senders.put(key, sender);
        }
        return sender.served();
    }

    /** Another network of a node: it sends otherwise, and those that send to endpoints there may. */
    boolean nodeChanged(String node) {
        senders.remove(node);
        return hosting.containsKey(node) && forget(leg -> leg.on.contains(node));
    }

    /** A pod changed or went; whether it is an endpoint. */
    boolean podChanged(String pod) {
        return forget(leg -> leg.to.pod().filter(pod::equals).isPresent());
    }

    private boolean forget(Predicate<Leg> which) {
        List<Leg> forgotten = legs.values().stream().filter(which).toList();
        forgotten.forEach(this::remove);
        return !forgotten.isEmpty();
    }

    /**
     * These are the endpoints now.
     *
     * @param of told the nodes to which requests may be answered otherwise than before
     * @return whether that may be so at any other node too
     */
    boolean take(List<Endpoint> now, Set<String> of) {
        Set<Endpoint> there = new HashSet<>(now);
        for (Leg leg : List.copyOf(legs.values())) {
            if (!there.contains(leg.to)) {
                remove(leg);
            }
        }
        for (Endpoint endpoint : now) {
            if (!legs.containsKey(endpoint)) {
                add(new Leg(endpoint));
            }
        }
        touched.stream().filter(node -> !hosting.containsKey(node)).forEach(senders::remove);
        of.addAll(touched);
        touched.clear();
        return told(of);
    }

    private boolean told(Set<String> of) {
        boolean anywhere = false;
        for (Sender sender : senders.values()) {
            Served served = sender.served();
            if (served != sender.told) {
                sender.told = served;
                if (sender.node == null) {
                    anywhere = true;
                } else {
                    of.add(sender.node);
                }
            }
        }
        return anywhere;
    }

    private void add(Leg leg) {
        legs.put(leg.to, leg);
        for (String node : leg.on) {
            hosting.merge(node, 1, Integer::sum);
            touched.add(node);
        }
        Iterator<Sender> each = senders.values().iterator();
        while (each.hasNext()) {
            Sender sender = each.next();
            Optional<End> host = host(sender);
            if (host.isPresent()) {
                count(sender, leg, host.get(), 1);
            } else {
                // nobody is of that kind any more; one that will be is asked anew
                each.remove();
            }
        }
    }

    private void remove(Leg leg) {
        legs.remove(leg.to);
        for (String node : leg.on) {
            hosting.merge(node, -1, (a, b) -> a + b == 0 ? null : a + b);
            touched.add(node);
        }
        for (Sender sender : senders.values()) {
            count(sender, leg, null, -1);
        }
    }

    private Optional<End> host(Sender sender) {
        if (sender.node != null) {
            return hosts.apply(sender.node);
        }
        for (String node : sender.kind.nodes()) {
            if (!hosting.containsKey(node)) {
                return hosts.apply(node);
            }
        }
        return Optional.empty();
    }

    /** @param host null for a leg that was counted before */
    private void count(Sender sender, Leg leg, @Nullable End host, int by) {
        boolean own = sender.node != null && leg.on.contains(sender.node);
        if (local && !own) {
            return;
        }
        Object key = own ? sender.node : sender.kind;
        Boolean open = leg.open.get(key);
        if (open == null) {
            open = host != null && reaches.test(host, leg.to);
            leg.open.put(key, open);
        }
        sender.all += by;
        sender.open += open ? by : 0;
    }
}
