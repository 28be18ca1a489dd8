package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.elb.TargetGroups.Member;
import io.cnishift.simulator.elb.TargetWays.Outcome;
import io.cnishift.simulator.kube.PodTurn;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.net.End;
import io.cnishift.simulator.net.Faces;
import io.cnishift.simulator.net.Services;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes of ways that were walked, each kept until something that was met on it changes: a node, an address, a Service with
 * its endpoints. Hundreds of targets times dozens of endpoints are looked at after every change of anything, and nearly all
 * of it is as it was.
 */
final class WalkedWays {

    private static final String NEW_NODE = "any new node";
    private static final String NEW_SERVICE = "any new Service";
    /** What makes a pod another end of a way. */
    private static final Set<PodTurn> AS_END =
            EnumSet.of(PodTurn.CAME, PodTurn.WENT, PodTurn.BOUND, PodTurn.ADDRESSED, PodTurn.PHASE);

    private final Faces faces;
    private final Map<String, Map<Member, Walked>> walked = new HashMap<>();
    private final Map<String, Set<Way>> met = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, Set<Member>> forgotten = new HashMap<>();
    private final Map<String, Set<String>> servicesByNode = new HashMap<>();
    private final Map<String, Set<String>> servicesByPod = new HashMap<>();
    /** The endpoints of which the Service is known by node and pod. */
    private final Map<String, List<Services.Endpoint>> noted = new HashMap<>();

    private final Legs legs = new Legs();

    WalkedWays(Kernel kernel) {
        faces = Faces.of(kernel);
        faces.listen(this::nodeChanged, this::forgetAll);
        kernel.objects().listen("Node", (before, after) -> {
            if (before.isEmpty()) {
                forget(NEW_NODE);
            }
        });
        kernel.objects().listen("Service", (before, after) -> {
            String key = named(after.or(() -> before).orElseThrow());
            boolean same = before.isPresent()
                    && after.isPresent()
                    && Tree.map(before.get(), "spec").equals(Tree.map(after.get(), "spec"));
            if (!same) {
                legs.serviceChanged(key);
                forget(service(key));
                forget(NEW_SERVICE);
            }
        });
        kernel.objects().listen("EndpointSlice", (before, after) -> {
            Map<String, Object> slice = after.or(() -> before).orElseThrow();
            Optional.ofNullable(Tree.strings(slice, "metadata", "labels").get("kubernetes.io/service-name"))
                    .ifPresent(name -> forget(
                            service(Tree.text(slice, "metadata", "namespace").orElse("") + "/" + name)));
        });
        PodTurn.listen(kernel.objects(), AS_END, (before, after) -> {
            before.ifPresent(this::podChanged);
            after.ifPresent(this::podChanged);
        });
    }

    /** A target of a group. */
    private record Way(String group, Member member) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other == this || (other instanceof Way way && member.equals(way.member) && group.equals(way.group));
        }

        @Override
        public int hashCode() {
            return 31 * group.hashCode() + member.hashCode();
        }
    }

    private record Walked(End balancer, Outcome outcome) {
        @SuppressWarnings("ReferenceEquality")
        private boolean from(End other) {
            return balancer == other || balancer.equals(other);
        }
    }

    /** Takes down what is met on one way. */
    final class Met {
        private final Way way;

        private Met(Way way) {
            this.way = way;
        }

        void node(String node) {
            faces.watch(node);
            note("node " + node);
        }

        void newNode() {
            note(NEW_NODE);
        }

        void newService() {
            note(NEW_SERVICE);
        }

        void address(String address) {
            note("address " + address);
        }

        void service(String key) {
            note(WalkedWays.service(key));
        }

        /** Those of the Service; every target asks for the same list one after the other. */
        @SuppressWarnings("ReferenceEquality")
        void endpoints(String service, List<Services.Endpoint> endpoints) {
            if (endpoints == noted.put(service, endpoints)) {
                return;
            }
            for (Services.Endpoint endpoint : endpoints) {
                endpoint.node().ifPresent(n -> {
                    faces.watch(n);
                    servicesByNode.computeIfAbsent(n, x -> new HashSet<>()).add(service);
                });
                endpoint.pod()
                        .ifPresent(p -> servicesByPod
                                .computeIfAbsent(p, x -> new HashSet<>())
                                .add(service));
            }
        }

        private void note(String what) {
            met.computeIfAbsent(what, w -> new HashSet<>()).add(way);
        }
    }

    /** The outcome as it was walked, or walked now. */
    Outcome of(String group, End balancer, Target target, Function<Met, Outcome> walk) {
        Member member = Member.of(target);
        Map<Member, Walked> ofGroup = walked.computeIfAbsent(group, g -> new HashMap<>());
        Walked known = ofGroup.get(member);
        if (known == null || !known.from(balancer)) {
            known = new Walked(balancer, walk.apply(new Met(new Way(group, member))));
            ofGroup.put(member, known);
        }
        return known.outcome();
    }

    /** The legs from nodes to endpoints that ways end with. */
    Legs legs() {
        return legs;
    }

    /** A number that changes whenever an outcome of the group is forgotten. */
    long version(String group) {
        return versions.getOrDefault(group, 0L);
    }

    /** The targets of a group of which an outcome was forgotten since this was last asked. */
    Set<Member> takeForgotten(String group) {
        Set<Member> members = forgotten.remove(group);
        return members == null ? Set.of() : members;
    }

    private void nodeChanged(String node) {
        legs.nodeChanged(node);
        forget("node " + node);
        forgetServices(servicesByNode.remove(node));
    }

    private void podChanged(Map<String, Object> pod) {
        Pods.address(pod).ifPresent(ip -> forget("address " + ip));
        legs.podChanged(Pods.key(pod).nameInKind());
        forgetServices(servicesByPod.remove(Pods.key(pod).nameInKind()));
    }

    private void forgetServices(@Nullable Set<String> services) {
        if (services != null) {
            services.forEach(s -> {
                noted.remove(s);
                forget(service(s));
            });
        }
    }

    private void forgetAll() {
        legs.forgetAll();
        noted.clear();
        List.copyOf(met.keySet()).forEach(this::forget);
    }

    private void forget(String what) {
        Set<Way> ways = met.remove(what);
        if (ways != null) {
            for (Way way : ways) {
                walked.getOrDefault(way.group(), new HashMap<>()).remove(way.member());
                versions.merge(way.group(), 1L, Long::sum);
                forgotten.computeIfAbsent(way.group(), g -> new HashSet<>()).add(way.member());
            }
        }
    }

    private static String service(String key) {
        return "service " + key;
    }

    private static String named(Map<String, Object> object) {
        return Pods.key(object).nameInKind();
    }
}
