package io.cnishift.simulator.scenario.production;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Resource;
import io.cnishift.simulator.Trees;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The EKS cluster itself: Kubernetes 1.33, its add-ons, Helm releases and Pod Identity associations. */
final class Site {

    static final Instant TAKEN_AT = Instant.parse("2026-11-02T20:00:00Z");
    static final Instant CREATED = TAKEN_AT.minus(Duration.ofDays(200));
    static final String REGION = "eu-central-1";
    static final String ACCOUNT = "111122223333";
    static final String VPC = "vpc-0f00d0f00d0f00d0f";
    static final String CLUSTER_SG = "sg-0c1a57e40c1a57e40";
    static final String REGISTRY = "602401143452.dkr.ecr." + REGION + ".amazonaws.com/";
    static final Cidr SERVICES = Cidr.parse("172.20.0.0/16");
    /** Of namespace kube-system, by which a cluster is known. */
    static final String UID = "7d1c5d4e-3000-4000-8000-000000000300";

    private static final String OIDC = "oidc.eks." + REGION + ".amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";

    private Site() {}

    static List<Resource> resources(Shape shape) {
        List<Resource> all = new ArrayList<>();
        all.add(cluster(shape));
        all.add(addon(
                "vpc-cni",
                "v1.20.4-eksbuild.2",
                Trees.of(
                        "enableNetworkPolicy",
                        "true",
                        "env",
                        Trees.of("ENABLE_POD_ENI", "true", "WARM_IP_TARGET", "3", "MINIMUM_IP_TARGET", "20"))));
        all.add(addon("kube-proxy", "v1.33.3-eksbuild.4", Map.of()));
        all.add(addon("coredns", "v1.12.4-eksbuild.1", Map.of()));
        all.add(addon("eks-pod-identity-agent", "v1.3.10-eksbuild.1", Map.of()));
        all.add(addon("eks-node-monitoring-agent", "v1.4.1-eksbuild.1", Map.of()));
        all.add(addon("aws-ebs-csi-driver", "v1.51.0-eksbuild.1", Map.of()));
        all.add(addon("metrics-server", "v0.8.0-eksbuild.2", Map.of()));
        all.add(release(shape, "kube-system", "aws-load-balancer-controller", "1.14.1"));
        all.add(release(shape, "kube-system", "cluster-autoscaler", "9.51.0"));
        all.add(release(shape, "kube-system", "karpenter", "1.8.1"));
        all.add(release(shape, "kube-system", "external-dns", "1.19.0"));
        all.add(release(shape, "cert-manager", "cert-manager", "v1.19.1"));
        all.add(release(shape, "kyverno", "kyverno", "3.5.2"));
        all.add(release(shape, "argocd", "argo-cd", "9.1.0"));
        all.add(release(shape, "monitoring", "kube-prometheus-stack", "79.0.0"));
        all.add(identity("kube-system", "ebs-csi-controller"));
        all.add(identity("kube-system", "karpenter"));
        all.add(identity("kube-system", "cluster-autoscaler"));
        all.add(identity("kube-system", "external-dns"));
        return all;
    }

    private static Cluster cluster(Shape shape) {
        return new Cluster(
                shape.name(),
                "arn:aws:eks:" + REGION + ":" + ACCOUNT + ":cluster/" + shape.name(),
                ACCOUNT,
                REGION,
                "1.33",
                "ACTIVE",
                "https://0123456789ABCDEF0123456789ABCDEF.gr7." + REGION + ".eks.amazonaws.com",
                false,
                true,
                SERVICES,
                Cluster.IpFamily.IPV4,
                "API_AND_CONFIG_MAP",
                false,
                false,
                List.of(),
                List.of(AddressPlan.control(0), AddressPlan.control(1), AddressPlan.control(2)),
                CLUSTER_SG,
                VPC,
                UID,
                Optional.of("https://" + OIDC),
                true,
                Map.of("terraform", "platform/eks"),
                OptionalInt.of(Pool.most(shape)));
    }

    private static Addon addon(String name, String version, Map<String, Object> configuration) {
        return new Addon(name, version, "ACTIVE", configuration, Optional.empty(), false, List.of(), Map.of());
    }

    private static Release release(Shape shape, String namespace, String name, String version) {
        return new Release(namespace, name, name, version, "deployed", 3, Map.of("clusterName", shape.name()));
    }

    private static PodIdentity identity(String namespace, String serviceAccount) {
        return new PodIdentity(namespace, serviceAccount, "arn:aws:iam::" + ACCOUNT + ":role/prod-" + serviceAccount);
    }
}
