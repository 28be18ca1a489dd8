package io.cnishift.simulator.kube.schedule;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.kube.HostPorts;
import io.cnishift.simulator.kube.Pods;
import java.util.List;
import java.util.Map;

/**
 * The nodes of one moment together with some that are to come, by the rules of the {@link Scheduler}: what an autoscaler asks
 * before it launches a node for a pod.
 */
public final class Outlook {

    private final NodeLoads loads;
    private final Filters filters;
    private final List<Map<String, Object>> daemons;

    private Outlook(Kernel kernel) {
        loads = Scheduler.loads(kernel).overlay();
        filters = new Filters(new VolumeZones(kernel.objects()), HostPorts.held(kernel));
        daemons = kernel.objects().list("DaemonSet").stream()
                .map(set -> Tree.map(set, "spec", "template", "spec"))
                .toList();
    }

    /** The nodes of that world, now. */
    public static Outlook of(Kernel kernel) {
        return new Outlook(kernel);
    }

    /** Counts on a node that will be there and ready. One that has not joined yet will have its daemons, too. */
    public void expect(Node node) {
        boolean joined = loads.get(node.name()).isPresent();
        // nobody can count on a branch interface before the node has its trunk
        loads.put(joined ? node : withDaemons(node), 0);
    }

    /** Counts on a pod to be bound to a node. */
    public void bind(Map<String, Object> pod, String node) {
        loads.bind(node, ObjectKey.of(pod).nameInKind(), Scheduler.bound(pod));
    }

    /** Whether that node, which is there or expected, takes the pod. */
    public boolean takes(String node, Map<String, Object> pod) {
        Candidate candidate = Candidate.of(pod);
        return loads.get(node)
                .filter(load -> filters.allow(filters.wish(candidate, loads), load))
                .isPresent();
    }

    /** Whether a node like this one would take the pod, if it were there. */
    public boolean wouldTake(Node node, Map<String, Object> pod) {
        expect(node);
        boolean taken = takes(node.name(), pod);
        loads.remove(node.name());
        return taken;
    }

    /** Whether that pod waits for a node and an autoscaler may help it: a daemon has the node that it is for. */
    public static boolean waits(Map<String, Object> pod) {
        return Pods.node(pod).isEmpty()
                && !Pods.terminating(pod)
                && unschedulable(pod)
                && Pods.controller(pod)
                        .filter(c -> "DaemonSet".equals(c.get("kind")))
                        .isEmpty();
    }

    private static boolean unschedulable(Map<String, Object> pod) {
        return Tree.maps(pod, "status", "conditions").stream()
                .anyMatch(c -> "PodScheduled".equals(c.get("type")) && "Unschedulable".equals(c.get("reason")));
    }

    private Node withDaemons(Node node) {
        int pods = node.maxPods();
        long cpu = node.cpuMillis();
        long memory = node.memoryMiB();
        for (Map<String, Object> spec : daemons) {
            if (NodeAffinity.of(spec).allows(node)) {
                KubeProjection.Requests requests = KubeProjection.requests(spec);
                pods--;
                cpu -= requests.cpuMillis();
                memory -= requests.memoryMiB();
            }
        }
        return new Node(
                node.name(),
                node.uid(),
                node.resourceVersion(),
                node.instance(),
                node.labels(),
                node.annotations(),
                node.taints(),
                node.unschedulable(),
                node.ready(),
                pods,
                cpu,
                memory,
                node.kernel(),
                node.architecture(),
                node.osImage(),
                node.address(),
                node.createdAt());
    }
}
