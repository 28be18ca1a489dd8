package io.cnishift.simulator.scenario.production;

import static io.cnishift.simulator.scenario.production.AppBuilder.daemonSet;

import io.cnishift.api.cluster.Owner;
import io.cnishift.simulator.Trees;
import java.util.List;
import java.util.Map;

/** What runs on every node; the first ones on the host's network. */
final class Daemons {

    /** So many per node that is no GPU node. */
    static final int PER_NODE = 8;

    static final Map<String, String> AWS_NODE = Map.of(
            "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "false",
            "AWS_VPC_K8S_CNI_EXTERNALSNAT", "false",
            "ENABLE_POD_ENI", "true",
            "ENABLE_PREFIX_DELEGATION", "false",
            "POD_SECURITY_GROUP_ENFORCING_MODE", "standard",
            "WARM_ENI_TARGET", "1",
            "WARM_IP_TARGET", "3",
            "MINIMUM_IP_TARGET", "20",
            "WARM_PREFIX_TARGET", "1");

    private Daemons() {}

    static List<App> all() {
        return List.of(
                addon("aws-node", "vpc-cni", "amazon-k8s-cni:v1.20.4-eksbuild.2")
                        .labelled("k8s-app", "aws-node")
                        .port(61678, "TCP")
                        .environment(AWS_NODE)
                        .with("affinity", notOnFargate())
                        .onHostNetwork()
                        .build(),
                addon("kube-proxy", "kube-proxy", "eks/kube-proxy:v1.33.3-eksbuild.4")
                        .labelled("k8s-app", "kube-proxy")
                        .port(10256, "TCP")
                        .onHostNetwork()
                        .build(),
                addon("eks-pod-identity-agent", "eks-pod-identity-agent", "eks/eks-pod-identity-agent:v0.1.35")
                        .port(80, "TCP")
                        .port(2703, "TCP")
                        .onHostNetwork()
                        .build(),
                addon("eks-node-monitoring-agent", "eks-node-monitoring-agent", "eks/eks-node-monitoring-agent:v1.4.1")
                        .port(8002, "TCP")
                        .onHostNetwork()
                        .build(),
                daemonSet("kube-system", "node-local-dns")
                        .labelled("k8s-app", "node-local-dns")
                        .image("registry.k8s.io/dns/k8s-dns-node-cache:1.26.4")
                        .owner(Owner.Kind.ARGO_CD, "platform")
                        .port(53, "UDP")
                        .port(53, "TCP")
                        .port(9253, "TCP")
                        .onHostNetwork()
                        .build(),
                daemonSet("monitoring", "node-exporter")
                        .owner(Owner.Kind.HELM, "monitoring/kube-prometheus-stack")
                        .port(9100, "TCP")
                        .onHostNetwork()
                        .build(),
                addon("ebs-csi-node", "aws-ebs-csi-driver", "eks/aws-ebs-csi-driver:v1.51.0")
                        .labelled("app", "ebs-csi-node")
                        .build(),
                daemonSet("logging", "fluent-bit")
                        .owner(Owner.Kind.ARGO_CD, "platform")
                        .build(),
                daemonSet("kube-system", "nvidia-device-plugin")
                        .owner(Owner.Kind.ARGO_CD, "platform")
                        .on("gpu")
                        .build());
    }

    private static AppBuilder addon(String name, String addon, String image) {
        return daemonSet("kube-system", name).owner(Owner.Kind.EKS_ADDON, addon).image(Site.REGISTRY + image);
    }

    private static Map<String, Object> notOnFargate() {
        return Map.of(
                "nodeAffinity",
                Map.of(
                        "requiredDuringSchedulingIgnoredDuringExecution",
                        Map.of(
                                "nodeSelectorTerms",
                                List.of(Map.of(
                                        "matchExpressions",
                                        List.of(
                                                Trees.of(
                                                        "key",
                                                        "kubernetes.io/os",
                                                        "operator",
                                                        "In",
                                                        "values",
                                                        List.of("linux")),
                                                Trees.of(
                                                        "key",
                                                        "eks.amazonaws.com/compute-type",
                                                        "operator",
                                                        "NotIn",
                                                        "values",
                                                        List.of("fargate"))))))));
    }
}
