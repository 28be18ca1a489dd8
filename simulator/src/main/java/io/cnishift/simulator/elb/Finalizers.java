package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The controller holds what it made something of: deleted, such an object stays until the controller has taken away what was made. Without a
 * controller that runs it stays for good.
 */
final class Finalizers {

    private static final String BINDING = "elbv2.k8s.aws/resources";
    private static final String SERVICE = "service.k8s.aws/resources";
    private static final String INGRESS = "ingress.k8s.aws/resources";
    private static final String GROUP = "group.ingress.k8s.aws/";

    private final Kernel kernel;

    Finalizers(Kernel kernel) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
    }

    /**
     * What the snapshot shows a load balancer of was held by the controller that made it, and so was every binding, and what was
     * deleted and is there.
     */
    void open(Stream<Map<String, Object>> fronts) {
        Stream.of(
                        fronts.filter(o -> !Tree.maps(o, "status", "loadBalancer", "ingress")
                                .isEmpty()),
                        all().filter(Pods::terminating),
                        kernel.objects().list("TargetGroupBinding").stream())
                .flatMap(objects -> objects)
                .filter(o -> !held(o))
                .toList()
                .forEach(o -> kernel.objects().put(holding(o)));
    }

    /** Holds these from now on. */
    void hold(Stream<Map<String, Object>> objects) {
        objects.filter(o -> !held(o)).toList().forEach(o -> write(o, holding(o)));
    }

    /**
     * Lets go what load balancers are not made of any more.
     *
     * @param wanted what they are made of
     * @param done whether nothing of a load balancer, by its id, has to be taken away yet
     */
    void release(Stream<Map<String, Object>> wanted, Predicate<String> done) {
        Set<ObjectKey> kept = wanted.map(ObjectKey::of).collect(Collectors.toSet());
        all().filter(o -> held(o) && !kept.contains(ObjectKey.of(o)) && done.test(Stacks.idOf(o)))
                .toList()
                .forEach(this::release);
    }

    private Stream<Map<String, Object>> all() {
        return Stream.of("Ingress", "Service").flatMap(kind -> kernel.objects().list(kind).stream());
    }

    void release(Map<String, Object> object) {
        List<Object> left = new ArrayList<>(Tree.list(object, "metadata", "finalizers"));
        left.removeIf(Finalizers::ours);
        write(object, left.isEmpty() ? Trees.without(object, "metadata", "finalizers") : with(object, left));
    }

    private void write(Map<String, Object> before, Map<String, Object> after) {
        ObjectKey key = ObjectKey.of(before);
        kernel.objects().update(key.kind(), key.namespace(), key.name(), BindingObjects.MANAGER, o -> after);
    }

    private static boolean held(Map<String, Object> object) {
        return Tree.list(object, "metadata", "finalizers").stream().anyMatch(Finalizers::ours);
    }

    private static boolean ours(Object finalizer) {
        String name = String.valueOf(finalizer);
        return List.of(BINDING, SERVICE, INGRESS).contains(name) || name.startsWith(GROUP);
    }

    private static Map<String, Object> holding(Map<String, Object> object) {
        List<Object> all = new ArrayList<>(Tree.list(object, "metadata", "finalizers"));
        all.add(name(object));
        return with(object, all);
    }

    private static Map<String, Object> with(Map<String, Object> object, List<Object> finalizers) {
        return Trees.with(object, finalizers, "metadata", "finalizers");
    }

    private static String name(Map<String, Object> object) {
        return switch (ObjectKey.of(object).kind()) {
            case "TargetGroupBinding" -> BINDING;
            case "Service" -> SERVICE;
            default ->
                Annotations.of(object)
                        .ingress("group.name")
                        .map(group -> GROUP + group)
                        .orElse(INGRESS);
        };
    }
}
