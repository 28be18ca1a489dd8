package io.cnishift.simulator.scenario.production;

import static io.cnishift.simulator.scenario.production.AppBuilder.deployment;
import static io.cnishift.simulator.scenario.production.AppBuilder.statefulSet;

import io.cnishift.api.cluster.Owner;
import java.util.List;

/** What keeps the cluster going: controllers, webhooks, DNS, monitoring; on the group {@code system}. */
final class PlatformApps {

    private static final Owner CERT_MANAGER = new Owner(Owner.Kind.HELM, "cert-manager/cert-manager");
    private static final Owner KYVERNO = new Owner(Owner.Kind.HELM, "kyverno/kyverno");
    private static final Owner ARGO_CD = new Owner(Owner.Kind.HELM, "argocd/argo-cd");
    private static final Owner MONITORING = new Owner(Owner.Kind.HELM, "monitoring/kube-prometheus-stack");

    private PlatformApps() {}

    static List<App> all(Shape shape) {
        return List.of(
                addon("coredns", "coredns", shape.of300(15, 2))
                        .labelled("k8s-app", "kube-dns")
                        .image(Site.REGISTRY + "eks/coredns:v1.12.4-eksbuild.1")
                        .serving(53)
                        .build(),
                addon("metrics-server", "metrics-server", 2)
                        .serving(10251)
                        .args("--secure-port=10251", "--kubelet-use-node-status-port")
                        .build(),
                addon("ebs-csi-controller", "aws-ebs-csi-driver", 2).build(),
                controller("aws-load-balancer-controller", 2)
                        .image("public.ecr.aws/eks/aws-load-balancer-controller:v2.14.1")
                        .serving(9443)
                        .build(),
                controller("karpenter", 2).build(),
                controller("cluster-autoscaler", 1).build(),
                controller("external-dns", 1).build(),
                of("cert-manager", "cert-manager", 2, CERT_MANAGER).build(),
                of("cert-manager", "cert-manager-cainjector", 2, CERT_MANAGER).build(),
                of("cert-manager", "cert-manager-webhook", 3, CERT_MANAGER)
                        .serving(10250)
                        .args("--secure-port=10250", "--dynamic-serving-ca-secret-name=cert-manager-webhook-ca")
                        .build(),
                of("kyverno", "kyverno-admission-controller", 3, KYVERNO)
                        .serving(9443)
                        .args("--servicePort=443", "--webhookServerPort=9443")
                        .build(),
                of("kyverno", "kyverno-background-controller", 2, KYVERNO).build(),
                of("kyverno", "kyverno-reports-controller", 2, KYVERNO).build(),
                of("argocd", "argocd-server", 2, ARGO_CD).serving(8080).build(),
                of("argocd", "argocd-repo-server", 3, ARGO_CD).emptyDir().build(),
                of("argocd", "argocd-redis", 1, ARGO_CD).build(),
                statefulSet("argocd", "argocd-application-controller", 1)
                        .owner(ARGO_CD)
                        .on("system")
                        .build(),
                of("monitoring", "grafana", 1, MONITORING).serving(3000).build(),
                of("monitoring", "kube-state-metrics", 1, MONITORING).build());
    }

    private static AppBuilder addon(String name, String addon, int replicas) {
        return deployment("kube-system", name, replicas)
                .owner(Owner.Kind.EKS_ADDON, addon)
                .on("system");
    }

    private static AppBuilder controller(String name, int replicas) {
        return deployment("kube-system", name, replicas)
                .owner(Owner.Kind.HELM, "kube-system/" + name)
                .on("system");
    }

    private static AppBuilder of(String namespace, String name, int replicas, Owner owner) {
        return deployment(namespace, name, replicas).owner(owner).on("system");
    }
}
