package io.cnishift.api.cluster;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The parts of which a cluster is read; each holds resources of one type. They are read in this order: Services and budgets
 * before pods, so that a view finds the pods of each as these come.
 */
public enum Part {
    CLUSTER(Source.AWS),
    ADDONS(Source.AWS),
    VPC(Source.AWS),
    SUBNETS(Source.AWS),
    NETWORK_INTERFACES(Source.AWS),
    ROUTE_TABLES(Source.AWS),
    NETWORK_ACLS(Source.AWS),
    SECURITY_GROUPS(Source.AWS),
    NODE_GROUPS(Source.AWS),
    LAUNCH_TEMPLATES(Source.AWS),
    INSTANCES(Source.AWS),
    LOAD_BALANCERS(Source.AWS),
    TARGET_GROUPS(Source.AWS),
    POD_IDENTITIES(Source.AWS),
    ACCESS_ENTRIES(Source.AWS),
    ROLES(Source.AWS),
    DNS_RECORDS(Source.AWS),
    NEIGHBOURS(Source.AWS),
    RELEASES(Source.HELM),
    NAMESPACES(Source.KUBERNETES),
    NODES(Source.KUBERNETES),
    SERVICES(Source.KUBERNETES),
    BUDGETS(Source.KUBERNETES),
    PODS(Source.KUBERNETES),
    WORKLOADS(Source.KUBERNETES),
    ENDPOINTS(Source.KUBERNETES),
    INGRESSES(Source.KUBERNETES),
    TARGET_GROUP_BINDINGS(Source.KUBERNETES),
    CONTROL_PLANE_CALLS(Source.KUBERNETES),
    ADMISSION_POLICIES(Source.KUBERNETES),
    NETWORK_POLICIES(Source.KUBERNETES),
    POLICY_ENDPOINTS(Source.KUBERNETES),
    SECURITY_GROUP_POLICIES(Source.KUBERNETES),
    VOLUMES(Source.KUBERNETES),
    ENI_CONFIGS(Source.KUBERNETES),
    NODE_POOLS(Source.KUBERNETES),
    NODE_CLASSES(Source.KUBERNETES),
    CILIUM_NODES(Source.KUBERNETES),
    CILIUM_ENDPOINTS(Source.KUBERNETES),
    CILIUM_NODE_CONFIGS(Source.KUBERNETES),
    CONFIG_MAPS(Source.KUBERNETES),
    APPLICATIONS(Source.KUBERNETES),
    OBJECTS(Source.KUBERNETES);

    /** Where a part is read from. */
    public enum Source {
        AWS,
        KUBERNETES,
        HELM
    }

    private final Source source;

    Part(Source source) {
        this.source = source;
    }

    /**
     * What is read of a cluster that keeps what runs in it. Names of objects of all kinds, Secrets among them, DNS records,
     * roles that trust its issuer, its access entries and names of other clusters concern only whoever moves to a second cluster.
     */
    public static Set<Part> ofOneCluster() {
        return EnumSet.complementOf(EnumSet.of(OBJECTS, DNS_RECORDS, ACCESS_ENTRIES, ROLES, NEIGHBOURS));
    }

    /** Where this part is read from. */
    public Source source() {
        return source;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
