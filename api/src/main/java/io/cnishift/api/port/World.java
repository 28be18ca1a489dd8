package io.cnishift.api.port;

import io.cnishift.api.Finding;
import io.cnishift.api.act.Act;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One set of ports to one cluster.
 *
 * @param violations what the world itself saw go wrong so far (a pod without a network, a request lost at a load
 *     balancer); a real cluster sees nothing by itself, the simulator sees all
 * @param notModelled acts whose effect this world cannot show, in words; empty for a real cluster
 * @param injected what came of the faults that were asked for, in words; empty for a real cluster
 * @param guards looks at what must stay well meanwhile
 * @param second the world of a second cluster, on the same clock; empty for a migration of one
 * @param requestsLost for how long load balancers have lost requests so far, all their paths together; a real cluster sees none
 *     by itself
 * @param calls the requests that were made to the cluster's APIs so far, by operation; a simulated cluster has none
 */
public record World(
        KubernetesPort kubernetes,
        AwsPort aws,
        HelmPort helm,
        ReachPort reach,
        OwnerPort owners,
        TimeSource time,
        Supplier<List<Finding>> violations,
        Supplier<List<String>> notModelled,
        Supplier<List<String>> injected,
        GuardPort guards,
        Optional<World> second,
        Supplier<Duration> requestsLost,
        Supplier<List<CallFigures>> calls) {

    public World {
        Objects.requireNonNull(kubernetes);
        Objects.requireNonNull(aws);
        Objects.requireNonNull(helm);
        Objects.requireNonNull(reach);
        Objects.requireNonNull(owners);
        Objects.requireNonNull(time);
        Objects.requireNonNull(violations);
        Objects.requireNonNull(notModelled);
        Objects.requireNonNull(injected);
        Objects.requireNonNull(guards);
        Objects.requireNonNull(second);
        Objects.requireNonNull(requestsLost);
        Objects.requireNonNull(calls);
    }

    /** A world of one cluster. */
    public World(
            KubernetesPort kubernetes,
            AwsPort aws,
            HelmPort helm,
            ReachPort reach,
            OwnerPort owners,
            TimeSource time,
            Supplier<List<Finding>> violations,
            Supplier<List<String>> notModelled,
            Supplier<List<String>> injected,
            GuardPort guards) {
        this(
                kubernetes,
                aws,
                helm,
                reach,
                owners,
                time,
                violations,
                notModelled,
                injected,
                guards,
                Optional.empty(),
                () -> Duration.ZERO,
                List::of);
    }

    /** A world that has nothing to guard. */
    public World(
            KubernetesPort kubernetes,
            AwsPort aws,
            HelmPort helm,
            ReachPort reach,
            OwnerPort owners,
            TimeSource time,
            Supplier<List<Finding>> violations,
            Supplier<List<String>> notModelled,
            Supplier<List<String>> injected) {
        this(kubernetes, aws, helm, reach, owners, time, violations, notModelled, injected, GuardPort.none(time));
    }

    /** The same whose clusters are reached through those ports. */
    public World through(KubernetesPort otherKubernetes, AwsPort otherAws, HelmPort otherHelm) {
        return new World(
                otherKubernetes,
                otherAws,
                otherHelm,
                reach,
                owners,
                time,
                violations,
                notModelled,
                injected,
                guards,
                second,
                requestsLost,
                calls);
    }

    /** The same with that port to look at guards. */
    public World guardedBy(GuardPort port) {
        return with(port, requestsLost, calls);
    }

    /** The same that counts its requests. */
    public World counting(Supplier<List<CallFigures>> figures) {
        return with(guards, requestsLost, figures);
    }

    /** The same that sees for how long requests are lost. */
    public World losing(Supplier<Duration> lost) {
        return with(guards, lost, calls);
    }

    private World with(
            GuardPort otherGuards, Supplier<Duration> otherRequestsLost, Supplier<List<CallFigures>> otherCalls) {
        return new World(
                kubernetes,
                aws,
                helm,
                reach,
                owners,
                time,
                violations,
                notModelled,
                injected,
                otherGuards,
                second,
                otherRequestsLost,
                otherCalls);
    }

    /** The same with that world beside it. What either sees go wrong counts; what both tell of faults is told once. */
    public World beside(World other) {
        return new World(
                kubernetes,
                aws,
                helm,
                reach,
                owners,
                time,
                both(violations, other.violations()),
                both(notModelled, other.notModelled()),
                () -> both(injected, other.injected()).get().stream().distinct().toList(),
                guards,
                Optional.of(other),
                () -> requestsLost.get().plus(other.requestsLost().get()),
                both(calls, other.calls()));
    }

    private static <T> Supplier<List<T>> both(Supplier<List<T>> here, Supplier<List<T>> there) {
        return () -> Stream.concat(here.get().stream(), there.get().stream()).toList();
    }

    /** The port that performs an act. */
    public Port port(Act act) {
        return switch (act.api()) {
            case KUBERNETES -> kubernetes;
            case AWS -> aws;
            case HELM -> helm;
        };
    }

    /** The three ports that are read and changed. */
    public List<Port> ports() {
        return List.of(kubernetes, aws, helm);
    }
}
