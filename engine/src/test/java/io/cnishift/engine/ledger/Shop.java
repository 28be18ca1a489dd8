package io.cnishift.engine.ledger;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Endpoints;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.ViewFeed;
import io.cnishift.api.cluster.Workload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A Service web/api over pods of one workload. */
final class Shop {

    static final Instant START = Instant.parse("2026-11-21T01:00:00Z");
    private static final Map<String, String> LABELS = Map.of("app", "api");

    private final ViewFeed feed = new ViewFeed();
    private final ViewFeed second = new ViewFeed();

    View view() {
        return feed.view();
    }

    Shop with(Resource resource) {
        feed.apply(Change.of(resource));
        return this;
    }

    /** The same in a second cluster. */
    Shop withSecond(Resource resource) {
        feed.second(second.view());
        second.apply(Change.of(resource));
        return this;
    }

    Shop without(Part part, String key) {
        feed.apply(Change.gone(part, key));
        return this;
    }

    /** The Service, its workload and as many ready pods. */
    static Shop of(Workload workload) {
        Shop shop = new Shop().with(service()).with(workload).with(endpoints(workload.desired()));
        IntStream.range(0, workload.desired())
                .forEach(i -> shop.with(pod("api-" + i, "u" + i, workload.kind(), false)));
        return shop;
    }

    Service service(String key) {
        return view().service(key).orElseThrow();
    }

    static Service service() {
        return new Service(
                "web",
                "api",
                "uid-s",
                "1",
                "ClusterIP",
                Optional.of("10.100.0.1"),
                LABELS,
                List.of(),
                "Cluster",
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Owner.NONE,
                false);
    }

    static Endpoints endpoints(int ready) {
        return new Endpoints(
                "web",
                "api",
                IntStream.range(0, ready)
                        .mapToObj(i -> new Endpoints.Endpoint("10.0.0." + i, Optional.empty(), Optional.empty(), true))
                        .toList());
    }

    static Workload deployment(int replicas, String surge, String away) {
        return workload("Deployment", replicas, "RollingUpdate", surge, away);
    }

    static Workload workload(String kind, int desired, String strategy, String surge, String away) {
        return workload(kind, desired, strategy, surge, away, Map.of());
    }

    static Workload workload(
            String kind, int desired, String strategy, String surge, String away, Map<String, Object> spec) {
        return new Workload(
                kind,
                "web",
                "api",
                "uid-w",
                "1",
                1,
                1,
                desired,
                desired,
                desired,
                desired,
                strategy,
                Optional.of(surge).filter(s -> !s.isEmpty()),
                Optional.of(away).filter(s -> !s.isEmpty()),
                false,
                Map.of(),
                LABELS,
                LABELS,
                Map.of(),
                spec,
                List.of(),
                false,
                List.of(),
                List.of(),
                Owner.NONE);
    }

    static Pod pod(String name, String uid, String kind, boolean terminating) {
        String controller = kind.equals("Deployment") ? "ReplicaSet" : kind;
        String owner = kind.equals("Deployment") ? "api-abc" : "api";
        Map<String, String> labels =
                kind.equals("Deployment") ? Map.of("app", "api", "pod-template-hash", "abc") : LABELS;
        return new Pod(
                "web",
                name,
                uid,
                "1",
                Optional.of(new Pod.OwnerRef(controller, owner, "uid-c")),
                Optional.of("node-1"),
                Pod.Phase.RUNNING,
                true,
                Optional.of("10.0.0.9"),
                false,
                List.of(),
                labels,
                Map.of(),
                0,
                0,
                List.of(),
                "default",
                30,
                terminating,
                0,
                Optional.empty(),
                START.minusSeconds(60));
    }

    static Budget budget(Optional<String> least, Optional<String> away, int expected, int healthy) {
        return new Budget(
                "web",
                "api",
                "uid-b",
                Map.of("matchLabels", LABELS),
                least,
                away,
                0,
                expected,
                healthy,
                expected,
                false);
    }

    static Node node(String name, Instant created) {
        return new Node(
                name,
                "uid-" + name,
                "1",
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of(),
                false,
                true,
                17,
                2000,
                4096,
                "6.12",
                "amd64",
                "linux",
                "10.0.0.1",
                created);
    }

    static Subnet subnet(int free) {
        return new Subnet(
                "subnet-1",
                "one",
                "eu-west-1a",
                Cidr.parse("10.0.0.0/26"),
                free,
                OptionalInt.empty(),
                Optional.empty(),
                false,
                List.of(),
                Map.of());
    }
}
