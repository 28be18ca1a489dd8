package io.cnishift.strategy.overlay;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ports that a workload must give up on the host network, and those it gets instead.
 *
 * @param ports old to new
 * @param problems ports that are taken and cannot be moved
 */
record PortMoves(SortedMap<Integer, Integer> ports, List<Finding> problems) {

    private static final int STEP = 10;
    private static final int TRIES = 200;
    private static final int FIRST_UNPRIVILEGED = 1024;
    private static final int UNPRIVILEGED_KIN = 8000;

    /** Node ports and ports of outgoing connections lie between these two. */
    private static final int FIRST_NODE_PORT = 30_000;

    private static final int LAST_EPHEMERAL = 60_999;
    private static final int LAST = 65_535;

    /**
     * Moves what is taken; the ports that the workload has afterwards are taken for the next one.
     *
     * @param preferred ports that are better than others, since security groups let the control plane reach them
     */
    static PortMoves of(Workload workload, Set<String> taken, IntPredicate preferred) {
        SortedMap<Integer, Integer> moves = new TreeMap<>();
        List<Finding> problems = new ArrayList<>();
        Set<String> own = new TreeSet<>(Listeners.of(workload));
        for (String listener : Set.copyOf(own).stream().sorted().toList()) {
            if (!taken.contains(listener)) {
                continue;
            }
            int port = Integer.parseInt(listener.substring(listener.indexOf('/') + 1));
            OptionalInt other = movable(workload, listener, port)
                    ? instead(workload, port, join(taken, own), preferred)
                    : OptionalInt.empty();
            if (other.isEmpty()) {
                problems.add(clash(workload, listener));
            } else {
                moves.put(port, other.getAsInt());
                own.remove(listener);
                own.add("tcp/" + other.getAsInt());
            }
        }
        taken.addAll(own);
        return new PortMoves(moves, problems);
    }

    /** Whether an argument says the port, or a known one can. */
    private static boolean movable(Workload workload, String listener, int port) {
        return listener.startsWith("tcp/")
                && Listeners.containers(workload).stream()
                        .filter(c -> Listeners.ofContainer(c).contains(listener))
                        .allMatch(
                                c -> PortArguments.ports(Tree.texts(c, "args")).contains(port)
                                        || KnownListener.of(c).stream().anyMatch(k -> k.port() == port));
    }

    private static OptionalInt instead(Workload workload, int port, Set<String> taken, IntPredicate preferred) {
        List<Integer> candidates = Stream.concat(
                        usual(workload, port), IntStream.rangeClosed(1, TRIES).mapToObj(i -> above(port) + i * STEP))
                .filter(p -> usable(p) && !taken.contains("tcp/" + p))
                .toList();
        return candidates.stream()
                .filter(preferred::test)
                .findFirst()
                .or(() -> candidates.stream().findFirst())
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    private static boolean usable(int port) {
        return (port >= FIRST_UNPRIVILEGED && port < FIRST_NODE_PORT) || (port > LAST_EPHEMERAL && port <= LAST);
    }

    private static Stream<Integer> usual(Workload workload, int port) {
        return Listeners.containers(workload).stream()
                .flatMap(c -> KnownListener.of(c).stream())
                .filter(k -> k.port() == port && k.instead().isPresent())
                .map(k -> k.instead().getAsInt());
    }

    /** Privileged ports move above 8000, where their unprivileged kin usually are: 80 to 8090, 443 to 8453 or above. */
    private static int above(int port) {
        return port < FIRST_UNPRIVILEGED ? UNPRIVILEGED_KIN + port : port;
    }

    private static Set<String> join(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    private static Finding clash(Workload workload, String listener) {
        return OverlayCode.HOST_PORT_CLASH.finding(
                workload.key(),
                listener + " is taken on nodes, and neither its arguments nor its image say how to move it",
                "move the port in the workload itself, or set controlPlanePods=owner or leave-on-vpc-cni");
    }

    /** The port of a listener after the move. */
    int after(int port) {
        return ports.getOrDefault(port, port);
    }
}
