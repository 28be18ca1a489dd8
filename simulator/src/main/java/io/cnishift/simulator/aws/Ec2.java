package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.simulator.Incidents;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.SimClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Instances from their launch to their end. Steps of a termination:
 * <ol>
 *   <li>at once the state is {@code shutting-down}: nothing runs on the instance any more;
 *   <li>some 30 to 60 seconds later it is {@code terminated}, and its interfaces are deleted with all their addresses;
 *   <li>a while later DescribeInstances no longer lists it.
 * </ol>
 */
public final class Ec2 {

    /** The incident of a launch for which its subnet had no address. */
    public static final String NO_ADDRESS = "SIM-NO-ADDRESS";

    private static final Duration PENDING = Duration.ofSeconds(12);
    private static final int SHUTTING_DOWN_LEAST = 30;
    private static final int SHUTTING_DOWN_SPREAD = 30;
    static final Duration NOTICE = Duration.ofMinutes(2);
    private static final Duration LISTED_AFTER = Duration.ofMinutes(2);

    private final Cloud cloud;
    private final Interfaces interfaces;
    private final SimClock clock;
    private final Incidents incidents;
    private final RandomGenerator random;
    private final List<Consumer<Instance>> lost = new ArrayList<>();
    private final List<Consumer<Instance>> noticed = new ArrayList<>();
    private final List<Consumer<Instance>> given = new ArrayList<>();
    private final List<Function<Instance, Duration>> beforeTermination = new ArrayList<>();
    private final Set<String> leaving = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private final List<Consumer<String>> whenEnded = new ArrayList<>();
    private final List<BiFunction<NodeGroup, Subnet, Optional<String>>> refusals = new ArrayList<>();

    private Ec2(Kernel kernel) {
        cloud = Cloud.of(kernel);
        interfaces = new Interfaces(cloud);
        clock = kernel.clock();
        incidents = kernel.incidents();
        random = kernel.random("ec2");
    }

    /** The EC2 of that world. */
    public static Ec2 of(Kernel kernel) {
        return kernel.shared(Ec2.class, Ec2::new);
    }

    /** A launch, or the error that EC2 answers. */
    record Launched(Optional<Instance> instance, String error) {
        Launched {
            Objects.requireNonNull(instance, "instance");
        }
    }

    /** Asks this before each launch; text is the error with which the launch fails. */
    public void refuseLaunches(BiFunction<NodeGroup, Subnet, Optional<String>> refusal) {
        refusals.add(refusal);
    }

    /** Launches an instance of a group in a subnet. */
    Launched launch(NodeGroup group, Subnet subnet) {
        return launch(group, subnet, group.instanceTypes().get(0), Template.of(cloud.view(), group));
    }

    /** Launches an instance of one of the types of a group in a subnet. */
    Launched launch(NodeGroup group, Subnet subnet, String type, Template template) {
        for (BiFunction<NodeGroup, Subnet, Optional<String>> refusal : refusals) {
            Optional<String> error = refusal.apply(group, subnet);
            if (error.isPresent()) {
                return new Launched(Optional.empty(), error.get());
            }
        }
        String id = cloud.ids().next("i");
        Optional<NetworkInterface> primary = interfaces.create(
                new Interfaces.Wanted(subnet.id(), "interface", "", Optional.of(id), 0, 0, template.securityGroups()));
        if (primary.isEmpty()) {
            incidents.report(
                    NO_ADDRESS, "subnet " + subnet.id(), "a node of group " + group.name() + " found no free address");
            return new Launched(
                    Optional.empty(),
                    "InsufficientFreeAddressesInSubnet: not enough free addresses in subnet '" + subnet.id() + "'");
        }
        Instance instance = new Instance(
                id,
                type,
                subnet.availabilityZone(),
                subnet.id(),
                Optional.of(group.name()),
                "pending",
                primary.get().addresses().get(0),
                template.imageId().orElseGet(() -> imageOf(group)),
                template.hopLimit(),
                template.securityGroups(),
                clock.now(),
                template.version(),
                false,
                cloud.view().all(Part.INSTANCES, Instance.class).stream()
                        .anyMatch(i -> i.publicAddress() && i.subnet().equals(subnet.id())));
        cloud.put(instance);
        clock.after(PENDING, () -> change(id, "pending", "running"));
        return new Launched(Optional.of(instance), "");
    }

    /** Begins to terminate an instance; one that is being terminated is left alone. */
    public void terminate(String id) {
        cloud.instance(id).filter(Ec2::live).filter(i -> leaving.add(id)).ifPresent(instance -> {
            Duration wait = beforeTermination.stream()
                    .map(f -> f.apply(instance))
                    .max(Comparator.naturalOrder())
                    .orElse(Duration.ZERO);
            if (wait.isZero()) {
                shutDown(id);
            } else {
                clock.after(wait, () -> shutDown(id));
            }
        });
    }

    /** Asks this how long the end of an instance waits, for connections to drain. */
    public void beforeTermination(Function<Instance, Duration> function) {
        beforeTermination.add(function);
    }

    /** Whether an instance runs, and its end has not been asked for. */
    boolean staying(Instance instance) {
        return live(instance) && !leaving.contains(instance.id());
    }

    private void shutDown(String id) {
        cloud.instance(id).filter(Ec2::live).ifPresent(instance -> {
            powerOff(id);
            cloud.put(inState(instance, "shutting-down"));
            clock.after(Duration.ofSeconds(SHUTTING_DOWN_LEAST + random.nextInt(SHUTTING_DOWN_SPREAD)), () -> end(id));
        });
    }

    /** An instance loses its power although EC2 still calls it running: a host that failed. */
    public void lose(String id) {
        powerOff(id);
        cloud.instance(id).ifPresent(i -> lost.forEach(l -> l.accept(i)));
    }

    /** Takes a Spot instance back: two minutes after its notice it is shut down, whatever is still going on there. */
    void reclaim(String id) {
        cloud.instance(id).filter(Ec2::live).ifPresent(instance -> {
            noticed.forEach(l -> l.accept(instance));
            clock.after(NOTICE, () -> shutDown(id));
        });
    }

    /** Tells of every Spot instance that gets its notice. */
    void whenNoticed(Consumer<Instance> listener) {
        noticed.add(listener);
    }

    /** From now on an instance does not count for the size that its group wants. */
    void givenUp(String id) {
        if (leaving.add(id)) {
            cloud.instance(id).ifPresent(i -> given.forEach(l -> l.accept(i)));
        }
    }

    /** Tells of every instance that does not count any more. */
    void whenGivenUp(Consumer<Instance> listener) {
        given.add(listener);
    }

    /** Tells of every instance that is lost. */
    void whenLost(Consumer<Instance> listener) {
        lost.add(listener);
    }

    private void powerOff(String id) {
        ended.add(id);
        whenEnded.forEach(l -> l.accept(id));
    }

    /** Tells of every instance on which nothing runs any more. */
    void whenEnded(Consumer<String> listener) {
        whenEnded.add(listener);
    }

    /** Whether nothing runs on that instance any more. */
    boolean ended(String id) {
        return ended.contains(id);
    }

    /** Whether an instance runs or is about to. */
    public static boolean live(Instance instance) {
        return instance.state().equals("running") || instance.state().equals("pending");
    }

    private void end(String id) {
        change(id, "shutting-down", "terminated");
        cloud.interfacesOf(id).stream().map(NetworkInterface::id).toList().forEach(interfaces::delete);
        clock.after(LISTED_AFTER, () -> cloud.remove(Part.INSTANCES, id));
    }

    private void change(String id, String from, String to) {
        cloud.instance(id).filter(i -> i.state().equals(from)).ifPresent(i -> cloud.put(inState(i, to)));
    }

    /** The image that EKS chose for a group without its own: the one that it runs, else one by the AMI type. */
    private String imageOf(NodeGroup group) {
        return cloud.view().instancesOf(group.name()).stream()
                .map(Instance::imageId)
                .findFirst()
                .orElseGet(() -> cloud.view().all(Part.INSTANCES, Instance.class).stream()
                        .map(Instance::imageId)
                        .findFirst()
                        .orElse("ami-of-" + group.amiType()));
    }

    private static Instance inState(Instance i, String state) {
        return new Instance(
                i.id(),
                i.type(),
                i.availabilityZone(),
                i.subnet(),
                i.nodeGroup(),
                state,
                i.privateAddress(),
                i.imageId(),
                i.hopLimit(),
                i.securityGroups(),
                i.launchedAt(),
                i.launchTemplateVersion(),
                i.protectedFromScaleIn(),
                i.publicAddress());
    }
}
