package io.cnishift.api.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A field of a resource that names another resource, which no cluster can be without: an instance is in a subnet, a pod on a
 * node. References that a cluster may leave open, such as the Service of an Ingress, are none of these.
 *
 * @param field path of the field below the resource
 * @param part where the other one is to be found
 * @param key its key
 */
public record Reference(Resource from, String field, Part part, String key) {

    public Reference {
        Objects.requireNonNull(from);
        Objects.requireNonNull(field);
        Objects.requireNonNull(part);
        Objects.requireNonNull(key);
    }

    /** The references of a resource. */
    public static List<Reference> of(Resource resource) {
        Found found = new Found(resource, new ArrayList<>());
        switch (resource.part()) {
            case CLUSTER -> cluster((Cluster) resource, found);
            case SUBNETS -> found.one("routeTable", Part.ROUTE_TABLES, ((Subnet) resource).routeTable());
            case NETWORK_INTERFACES -> found.one("subnet", Part.SUBNETS, ((NetworkInterface) resource).subnet());
            case ROUTE_TABLES -> found.each("subnets", Part.SUBNETS, ((RouteTable) resource).subnets());
            case NETWORK_ACLS -> found.each("subnets", Part.SUBNETS, ((NetworkAcl) resource).subnets());
            case NODE_GROUPS -> found.each("subnets", Part.SUBNETS, ((NodeGroup) resource).subnets());
            case INSTANCES -> instance((Instance) resource, found);
            case LOAD_BALANCERS -> loadBalancer((LoadBalancer) resource, found);
            case NODES -> found.one("instance", Part.INSTANCES, ((Node) resource).instance());
            case PODS -> pod((Pod) resource, found);
            case WORKLOADS -> found.namespace(((Workload) resource).namespace());
            case SERVICES -> found.namespace(((Service) resource).namespace());
            case INGRESSES -> found.namespace(((Ingress) resource).namespace());
            case BUDGETS -> found.namespace(((Budget) resource).namespace());
            default -> {
                // names nothing, or only what a cluster may leave open
            }
        }
        return found.references();
    }

    private static void cluster(Cluster cluster, Found found) {
        found.each("controlPlaneSubnets", Part.SUBNETS, cluster.controlPlaneSubnets());
        found.one(
                "clusterSecurityGroup",
                Part.SECURITY_GROUPS,
                Optional.of(cluster.clusterSecurityGroup()).filter(id -> !id.isEmpty()));
    }

    /** EC2 goes on telling of one that has ended, whose group may be gone. */
    private static void instance(Instance instance, Found found) {
        if (instance.state().equals("terminated")) {
            return;
        }
        found.one("subnet", Part.SUBNETS, instance.subnet());
        found.one("nodeGroup", Part.NODE_GROUPS, instance.nodeGroup());
    }

    private static void pod(Pod pod, Found found) {
        found.one("node", Part.NODES, pod.node());
        found.namespace(pod.namespace());
    }

    private static void loadBalancer(LoadBalancer balancer, Found found) {
        for (int l = 0; l < balancer.listeners().size(); l++) {
            List<LoadBalancer.Rule> rules = balancer.listeners().get(l).rules();
            for (int r = 0; r < rules.size(); r++) {
                List<LoadBalancer.Weighted> forward = rules.get(r).forward();
                for (int f = 0; f < forward.size(); f++) {
                    String field = "listeners[" + l + "].rules[" + r + "].forward[" + f + "].targetGroup";
                    found.one(field, Part.TARGET_GROUPS, forward.get(f).targetGroup());
                }
            }
        }
    }

    /** The references of one resource while they are collected. */
    private record Found(Resource from, List<Reference> references) {

        void one(String field, Part part, String key) {
            references.add(new Reference(from, field, part, key));
        }

        void one(String field, Part part, Optional<String> key) {
            key.ifPresent(k -> one(field, part, k));
        }

        void each(String field, Part part, List<String> keys) {
            for (int i = 0; i < keys.size(); i++) {
                one(field + "[" + i + "]", part, keys.get(i));
            }
        }

        void namespace(String name) {
            one("namespace", Part.NAMESPACES, name);
        }
    }
}
