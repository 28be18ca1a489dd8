package io.cnishift.engine.policy;

import io.cnishift.api.cluster.Part;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What reading each part of a cluster needs. */
public final class Readings {

    private static final Map<Part, List<String>> IAM = iam();
    private static final Map<Part, List<String>> RBAC = rbac();

    private Readings() {}

    /** IAM actions. */
    public static List<String> actions(Part part) {
        return IAM.getOrDefault(part, List.of());
    }

    /** Kubernetes resources, {@code RESOURCE} or {@code RESOURCE.GROUP}, that are listed and watched. */
    public static List<String> resources(Part part) {
        return RBAC.getOrDefault(part, List.of());
    }

    private static Map<Part, List<String>> iam() {
        Map<Part, List<String>> iam = new EnumMap<>(Part.class);
        iam.put(Part.CLUSTER, List.of("eks:ListClusters", "eks:DescribeCluster", "eks:ListFargateProfiles"));
        iam.put(Part.ADDONS, List.of("eks:ListAddons", "eks:DescribeAddon"));
        iam.put(
                Part.VPC,
                List.of(
                        "ec2:DescribeVpcs",
                        "ec2:DescribeVpcPeeringConnections",
                        "ec2:DescribeTransitGatewayAttachments"));
        iam.put(Part.SUBNETS, List.of("ec2:DescribeSubnets", "ec2:GetSubnetCidrReservations"));
        iam.put(Part.NETWORK_INTERFACES, List.of("ec2:DescribeNetworkInterfaces"));
        iam.put(Part.ROUTE_TABLES, List.of("ec2:DescribeRouteTables", "ec2:GetManagedPrefixListEntries"));
        iam.put(Part.NETWORK_ACLS, List.of("ec2:DescribeNetworkAcls"));
        iam.put(Part.SECURITY_GROUPS, List.of("ec2:DescribeSecurityGroups", "ec2:DescribeSecurityGroupRules"));
        iam.put(
                Part.NODE_GROUPS,
                List.of(
                        "eks:ListNodegroups",
                        "eks:DescribeNodegroup",
                        "autoscaling:DescribeAutoScalingGroups",
                        "autoscaling:DescribeTags"));
        iam.put(
                Part.LAUNCH_TEMPLATES,
                List.of("ec2:DescribeLaunchTemplateVersions", "ec2:DescribeCapacityReservations"));
        iam.put(Part.INSTANCES, List.of("ec2:DescribeInstances", "ec2:DescribeInstanceTypes"));
        iam.put(
                Part.LOAD_BALANCERS,
                List.of(
                        "elasticloadbalancing:DescribeLoadBalancers",
                        "elasticloadbalancing:DescribeListeners",
                        "elasticloadbalancing:DescribeRules",
                        "elasticloadbalancing:DescribeTags"));
        iam.put(
                Part.TARGET_GROUPS,
                List.of(
                        "elasticloadbalancing:DescribeTargetGroups",
                        "elasticloadbalancing:DescribeTargetGroupAttributes",
                        "elasticloadbalancing:DescribeTargetHealth"));
        iam.put(Part.POD_IDENTITIES, List.of("eks:ListPodIdentityAssociations", "eks:DescribePodIdentityAssociation"));
        iam.put(
                Part.ACCESS_ENTRIES,
                List.of("eks:ListAccessEntries", "eks:DescribeAccessEntry", "eks:ListAssociatedAccessPolicies"));
        iam.put(Part.ROLES, List.of("iam:ListRoles"));
        iam.put(Part.DNS_RECORDS, List.of("route53:ListHostedZones", "route53:ListResourceRecordSets"));
        iam.put(Part.NEIGHBOURS, List.of("eks:ListClusters"));
        return iam;
    }

    private static Map<Part, List<String>> rbac() {
        Map<Part, List<String>> rbac = new EnumMap<>(Part.class);
        rbac.put(Part.RELEASES, List.of("secrets"));
        rbac.put(Part.NAMESPACES, List.of("namespaces"));
        rbac.put(Part.NODES, List.of("nodes"));
        rbac.put(Part.SERVICES, List.of("services"));
        rbac.put(Part.BUDGETS, List.of("poddisruptionbudgets.policy"));
        rbac.put(Part.PODS, List.of("pods"));
        rbac.put(
                Part.WORKLOADS,
                List.of(
                        "deployments.apps",
                        "statefulsets.apps",
                        "daemonsets.apps",
                        "replicasets.apps",
                        "jobs.batch",
                        "cronjobs.batch"));
        rbac.put(Part.ENDPOINTS, List.of("endpointslices.discovery.k8s.io"));
        rbac.put(Part.INGRESSES, List.of("ingresses.networking.k8s.io"));
        rbac.put(Part.TARGET_GROUP_BINDINGS, List.of("targetgroupbindings.elbv2.k8s.aws"));
        rbac.put(
                Part.CONTROL_PLANE_CALLS,
                List.of(
                        "validatingwebhookconfigurations.admissionregistration.k8s.io",
                        "mutatingwebhookconfigurations.admissionregistration.k8s.io",
                        "apiservices.apiregistration.k8s.io",
                        "customresourcedefinitions.apiextensions.k8s.io"));
        rbac.put(
                Part.ADMISSION_POLICIES,
                List.of(
                        "clusterpolicies.kyverno.io",
                        "policies.kyverno.io",
                        "k8spsphostnetworkingports.constraints.gatekeeper.sh"));
        rbac.put(Part.NETWORK_POLICIES, List.of("networkpolicies.networking.k8s.io"));
        rbac.put(Part.POLICY_ENDPOINTS, List.of("policyendpoints.networking.k8s.aws"));
        rbac.put(Part.SECURITY_GROUP_POLICIES, List.of("securitygrouppolicies.vpcresources.k8s.aws"));
        rbac.put(
                Part.VOLUMES,
                List.of("persistentvolumes", "persistentvolumeclaims", "volumeattachments.storage.k8s.io"));
        rbac.put(Part.ENI_CONFIGS, List.of("eniconfigs.crd.k8s.amazonaws.com"));
        rbac.put(Part.NODE_POOLS, List.of("nodepools.karpenter.sh"));
        rbac.put(Part.NODE_CLASSES, List.of("ec2nodeclasses.karpenter.k8s.aws"));
        rbac.put(Part.CILIUM_NODES, List.of("ciliumnodes.cilium.io"));
        rbac.put(Part.CILIUM_ENDPOINTS, List.of("ciliumendpoints.cilium.io"));
        rbac.put(Part.CILIUM_NODE_CONFIGS, List.of("ciliumnodeconfigs.cilium.io"));
        rbac.put(Part.CONFIG_MAPS, List.of("configmaps"));
        rbac.put(Part.APPLICATIONS, List.of("applications.argoproj.io", "applicationsets.argoproj.io"));
        // names are listed of each kind that the API serves
        rbac.put(Part.OBJECTS, List.of("*.*"));
        return rbac;
    }
}
