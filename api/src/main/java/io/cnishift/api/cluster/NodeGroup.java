package io.cnishift.api.cluster;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A group of nodes with one template: a managed node group, a self-managed Auto Scaling group, or a Karpenter NodePool.
 *
 * @param amiType EKS AMI type such as AL2023_x86_64_STANDARD, or CUSTOM
 * @param capacityType on-demand, spot or capacity-block
 * @param maxPods the number that is set, where one is
 * @param autoRepair whether EKS replaces unhealthy nodes by itself
 * @param suspendedProcesses Auto Scaling processes that are suspended
 * @param targetGroups ARNs of target groups that the Auto Scaling group registers instances with
 */
public record NodeGroup(
        String name,
        Kind kind,
        String status,
        Optional<String> autoScalingGroup,
        int minSize,
        int maxSize,
        int desiredSize,
        List<String> instanceTypes,
        String amiType,
        String capacityType,
        List<String> subnets,
        Optional<LaunchTemplate> launchTemplate,
        MaxPodsBy maxPodsBy,
        OptionalInt maxPods,
        Map<String, String> labels,
        List<Taint> taints,
        String nodeRole,
        boolean autoRepair,
        List<String> suspendedProcesses,
        List<String> targetGroups,
        List<String> issues,
        Map<String, String> tags,
        Owner owner)
        implements Resource {

    public NodeGroup {
        Objects.requireNonNull(name);
        Objects.requireNonNull(kind);
        instanceTypes = List.copyOf(instanceTypes);
        subnets = List.copyOf(subnets);
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
        suspendedProcesses = List.copyOf(suspendedProcesses);
        targetGroups = List.copyOf(targetGroups);
        issues = List.copyOf(issues);
        tags = Map.copyOf(tags);
    }

    /** Whether EKS's type of its images begins so, as {@code AL2_} and {@code BOTTLEROCKET} do. */
    public boolean runs(String images) {
        return amiType.toUpperCase(Locale.ROOT).startsWith(images);
    }

    @Override
    public Part part() {
        return Part.NODE_GROUPS;
    }

    @Override
    public String key() {
        return name;
    }

    /** What makes the nodes. */
    public enum Kind {
        MANAGED,
        SELF_MANAGED,
        KARPENTER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Who decides the kubelet's max-pods, strongest first (domain: managed group without own AMI injects it). */
    public enum MaxPodsBy {
        MANAGED_GROUP,
        USER_DATA,
        NODE_CLASS,
        ENI_FORMULA;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What the launch template version in force says.
     *
     * @param version the number in force
     * @param imageId the AMI id; without one EKS chooses the AMI and injects max-pods
     * @param hopLimit IMDS response hop limit in force
     * @param securityGroups empty: EKS attaches the cluster security group
     * @param reservation the capacity reservation that instances are launched into and nowhere else
     */
    public record LaunchTemplate(
            String id,
            String name,
            long version,
            Optional<String> imageId,
            boolean userData,
            int hopLimit,
            boolean tokensRequired,
            List<String> securityGroups,
            Optional<CapacityReservation> reservation) {
        public LaunchTemplate {
            Objects.requireNonNull(id);
            securityGroups = List.copyOf(securityGroups);
            Objects.requireNonNull(reservation);
        }
    }

    /**
     * A capacity reservation that a launch template names. Groups that name the same one share it.
     *
     * @param free instances of it that nothing runs on; unknown when it could not be read
     */
    public record CapacityReservation(String id, OptionalInt free) {
        public CapacityReservation {
            Objects.requireNonNull(id);
            Objects.requireNonNull(free);
        }
    }
}
