package io.cnishift.simulator.kit;

import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Progress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What does not count when two states of a cluster are compared. The one place of this list:
 *
 * <ul>
 *   <li>uid, resourceVersion, generation, managedFields and status of objects. The uid of a target group is the end of its
 *       ARN, that of a managed node group the name that EKS gives to its Auto Scaling group. The number of a revision and
 *       the label {@code pod-template-generation} count generations;
 *   <li>times;
 *   <li>the order of a container's variables: one that was taken away and is set again is the last one; nor the hash of a
 *       template, which tells the order too;
 *   <li>the tag by which a migration marks what it makes, an add-on that it installs again too;
 *   <li>names and addresses of nodes, instances and pods, wherever they stand. What is named by one, such as a network
 *       interface or a CiliumNode, or by its hash, such as a VolumeAttachment, is compared as one of its kind, and what a subnet
 *       has left follows from them;
 *   <li>pods of Jobs, with their endpoints. They end by themselves, and one that has ended is there as long as its node: whether
 *       one is seen depends on the time at which is looked;
 *   <li>interfaces that the VPC CNI attaches beside a node's own, and the addresses on it beside the node's own. They are those of
 *       its pods, so how many there are follows from where the scheduler puts pods;
 *   <li>what the controllers keep of earlier templates to be able to go back to them: ReplicaSets without pods and
 *       ControllerRevisions. No API takes a revision back without a new one.
 * </ul>
 */
final class LeftOut {

    /** Stands for a name or an address that does not count. */
    static final String ANY = "*";

    private static final Set<String> FIELDS = Set.of(
            "uid",
            "resourceVersion",
            "generation",
            "observedGeneration",
            "managedFields",
            "status",
            "deletionTimestamp",
            "deployment.kubernetes.io/revision",
            Progress.TAG,
            "pod-template-generation",
            "controller-revision-hash",
            "revision",
            "freeAddresses",
            "freePrefixBlocks");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z");
    private static final Pattern WORD = Pattern.compile("[^/,;: ]+");

    private final Set<String> names = new HashSet<>();
    private final Set<String> ofJobs = new HashSet<>();

    /** Has that name or address not count. */
    void name(String name) {
        if (!name.isEmpty()) {
            names.add(name);
        }
    }

    /** Has that pod of a Job not count. */
    void ofJob(Pod pod) {
        ofJobs.add(pod.key());
    }

    /** Whether the items of the list at that path stand in no order. */
    static boolean unordered(String path) {
        return path.equals("env") || path.endsWith(".env");
    }

    /** Whether a field of that name does not count at all. */
    boolean field(String name) {
        return FIELDS.contains(name);
    }

    /** Whether an object does not count at all. */
    boolean object(String kind, Map<String, Object> tree) {
        boolean idle = Tree.number(tree, 0, "spec", "replicas") == 0;
        return kind.equals("ControllerRevision")
                || (kind.equals("ReplicaSet") && idle)
                || (kind.equals("CiliumEndpoint")
                        && ofJobs.contains(
                                Tree.text(tree, "metadata", "namespace").orElse("") + "/"
                                        + Tree.text(tree, "metadata", "name").orElse("")));
    }

    /** Whether a resource does not count at all: an interface that the VPC CNI attached for pods, or a pod of a Job. */
    boolean resource(Resource resource) {
        return resource instanceof NetworkInterface face
                ? face.description().startsWith("aws-K8S-")
                : resource instanceof Pod pod && ofJobs.contains(pod.key());
    }

    /** The resource without what its node holds for pods. */
    Resource withoutPods(Resource resource) {
        return resource instanceof NetworkInterface face && face.instance().isPresent()
                ? new NetworkInterface(
                        face.id(),
                        face.subnet(),
                        face.type(),
                        face.description(),
                        face.instance(),
                        face.addresses().stream().limit(1).toList(),
                        List.of(),
                        face.securityGroups())
                : resource;
    }

    /** The text without what does not count. */
    String text(String text) {
        if (names.contains(text) || TIME.matcher(text).matches()) {
            return ANY;
        }
        return WORD.matcher(text)
                .replaceAll(word -> Matcher.quoteReplacement(names.contains(word.group()) ? ANY : word.group()));
    }
}
