package io.cnishift.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever changes, and in whatever order: what a view finds by its indexes or remembers is what a look at all of it would find. */
final class ViewChangesTest {

    private static final int STEPS = 400;

    private final ViewFeed feed = new ViewFeed();
    private final View view = feed.view();

    @RepeatedTest(5)
    void findsAndRemembersWhatALookAtEverythingWouldFind(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < STEPS; i++) {
            feed.apply(change(random));
            for (int n = 0; n < 3; n++) {
                compare("n" + n, "g" + n, "s" + n);
            }
        }
    }

    private void compare(String node, String group, String service) {
        assertThat(List.copyOf(view.podsOn(node))).isEqualTo(pods(p -> p.node().equals(Optional.of(node))));
        assertThat(List.copyOf(view.podsOf("StatefulSet/shop/" + service)))
                .isEqualTo(pods(p -> p.workload().equals(Optional.of("StatefulSet/shop/" + service))));
        assertThat(List.copyOf(view.podsIn("shop"))).isEqualTo(pods(p -> true));
        view.service("shop/" + service)
                .ifPresent(s -> assertThat(view.podsOf(s)).isEqualTo(pods(s::selects)));
        assertThat(view.unlessPodsChanged(node, new Tenants())).isEqualTo(new Tenants().workedOut(view, node));
        assertThat(view.unlessGroupChanged(group, new Machines())).isEqualTo(new Machines().workedOut(view, group));
    }

    private List<Pod> pods(Predicate<Pod> which) {
        return view.pods().stream().filter(which).toList();
    }

    private record Tenants() implements Remembered<List<String>> {
        @Override
        public List<String> workedOut(View view, String node) {
            return view.podsOn(node).stream()
                    .map(p -> p.key() + " " + p.ready() + " "
                            + view.servicesOf(p).stream().map(Service::key).toList()
                            + view.budgetsOf(p).stream().map(Budget::key).toList()
                            + p.workload().flatMap(view::workload).isPresent())
                    .toList();
        }
    }

    private record Machines() implements Remembered<List<String>> {
        @Override
        public List<String> workedOut(View view, String group) {
            return view.instancesOf(group).stream()
                    .map(i -> i.id() + " " + i.state() + " "
                            + view.nodeOf(i)
                                    .map(n -> n.name()
                                            + n.ready()
                                            + view.get(Part.CILIUM_NODES, CiliumNode.class, n.name()))
                                    .orElse(""))
                    .toList();
        }
    }

    private static Change change(Random random) {
        String number = String.valueOf(random.nextInt(3));
        boolean gone = random.nextInt(4) == 0;
        return switch (random.nextInt(10)) {
            case 0 -> gone ? Change.gone(Part.SERVICES, "shop/s" + number) : Change.of(service(number, random));
            case 1 -> gone ? Change.gone(Part.BUDGETS, "shop/b" + number) : Change.of(budget(number, random));
            case 2 ->
                gone ? Change.gone(Part.WORKLOADS, "StatefulSet/shop/s" + number) : Change.of(workload(number, random));
            case 3 -> gone ? Change.gone(Part.INSTANCES, "i" + number) : Change.of(instance(number, random));
            case 4 -> gone ? Change.gone(Part.NODES, "n" + number) : Change.of(node(number, random));
            case 5 -> gone ? Change.gone(Part.CILIUM_NODES, "n" + number) : Change.of(ciliumNode(number, random));
            default -> {
                String name = "p" + random.nextInt(6);
                yield gone ? Change.gone(Part.PODS, "shop/" + name) : Change.of(pod(name, random));
            }
        };
    }

    private static Service service(String number, Random random) {
        return new Service(
                "shop",
                "s" + number,
                "u",
                String.valueOf(random.nextInt()),
                "ClusterIP",
                Optional.empty(),
                Map.of("app", "a" + random.nextInt(3)),
                List.of(),
                "Cluster",
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Owner.NONE,
                false);
    }

    private static Budget budget(String number, Random random) {
        return new Budget(
                "shop",
                "b" + number,
                "u",
                Map.of("matchLabels", Map.of("app", "a" + random.nextInt(3))),
                Optional.empty(),
                Optional.empty(),
                random.nextInt(3),
                0,
                0,
                0,
                false);
    }

    private static Workload workload(String number, Random random) {
        return new Workload(
                "StatefulSet",
                "shop",
                "s" + number,
                "u",
                String.valueOf(random.nextInt()),
                1,
                1,
                random.nextInt(3),
                0,
                0,
                0,
                "RollingUpdate",
                Optional.empty(),
                Optional.empty(),
                false,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                false,
                List.of(),
                List.of(),
                Owner.NONE);
    }

    private static Instance instance(String number, Random random) {
        return new Instance(
                "i" + number,
                "m5.large",
                "eu-central-1a",
                "subnet-1",
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of("g" + random.nextInt(3)),
                random.nextBoolean() ? "running" : "terminated",
                "10.0.0.1",
                "ami-1",
                1,
                List.of(),
                Instant.EPOCH,
                OptionalLong.empty(),
                false,
                false);
    }

    private static Node node(String number, Random random) {
        return new Node(
                "n" + number,
                "u",
                String.valueOf(random.nextInt()),
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of("i" + random.nextInt(3)),
                Map.of(),
                Map.of(),
                List.of(),
                false,
                random.nextBoolean(),
                10,
                1000,
                1000,
                "6.1",
                "amd64",
                "AL2023",
                "10.0.0.1",
                Instant.EPOCH);
    }

    private static CiliumNode ciliumNode(String number, Random random) {
        return new CiliumNode("n" + number, List.of(), OptionalInt.of(random.nextInt(3)), Optional.empty());
    }

    private static Pod pod(String name, Random random) {
        return new Pod(
                "shop",
                name,
                "uid-" + name,
                String.valueOf(random.nextInt()),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new Pod.OwnerRef("StatefulSet", "s" + random.nextInt(3), "u")),
                random.nextBoolean() ? Optional.empty() : Optional.of("n" + random.nextInt(3)),
                random.nextBoolean() ? Pod.Phase.RUNNING : Pod.Phase.FAILED,
                random.nextBoolean(),
                Optional.empty(),
                false,
                List.of(),
                Map.of("app", "a" + random.nextInt(3)),
                Map.of(),
                0,
                0,
                List.of(),
                "default",
                30,
                false,
                0,
                Optional.empty(),
                Instant.EPOCH);
    }
}
