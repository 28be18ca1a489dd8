package io.cnishift.it.real;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** What runs in the cluster before it is migrated: the VPC CNI, kube-proxy and DNS as EKS installs them by hand, and a shop. */
final class ShopObjects {

    private static final String SYSTEM = """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: aws-node, namespace: kube-system, labels: {k8s-app: aws-node}}
            spec:
              selector: {matchLabels: {k8s-app: aws-node}}
              updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}
              template:
                metadata: {labels: {k8s-app: aws-node}}
                spec:
                  hostNetwork: true
                  terminationGracePeriodSeconds: 10
                  priorityClassName: system-node-critical
                  tolerations: [{operator: Exists}]
                  containers:
                  - name: aws-node
                    image: 602401143452.dkr.ecr.eu-central-1.amazonaws.com/amazon-k8s-cni:v1.20.4
                    env: [{name: WARM_ENI_TARGET, value: "1"}, {name: ENABLE_PREFIX_DELEGATION, value: "false"}]
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: kube-proxy, namespace: kube-system, labels: {k8s-app: kube-proxy}}
            spec:
              selector: {matchLabels: {k8s-app: kube-proxy}}
              template:
                metadata: {labels: {k8s-app: kube-proxy}}
                spec:
                  hostNetwork: true
                  priorityClassName: system-node-critical
                  tolerations: [{operator: Exists}]
                  containers:
                  - {name: kube-proxy, image: "602401143452.dkr.ecr.eu-central-1.amazonaws.com/eks/kube-proxy:v1.33.0"}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: coredns, namespace: kube-system, labels: {k8s-app: kube-dns}}
            spec:
              replicas: 2
              selector: {matchLabels: {k8s-app: kube-dns}}
              strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 1}}
              template:
                metadata: {labels: {k8s-app: kube-dns}}
                spec:
                  priorityClassName: system-cluster-critical
                  containers:
                  - name: coredns
                    image: 602401143452.dkr.ecr.eu-central-1.amazonaws.com/eks/coredns:v1.12.4
                    ports: [{name: dns, containerPort: 53, protocol: UDP}, {name: dns-tcp, containerPort: 53}]
                    readinessProbe: {httpGet: {path: /ready, port: 8181}}
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: coredns, namespace: kube-system}
            spec: {maxUnavailable: 1, selector: {matchLabels: {k8s-app: kube-dns}}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: kube-dns, namespace: kube-system, labels: {k8s-app: kube-dns}}
            spec:
              selector: {k8s-app: kube-dns}
              ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53}]
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            """;

    private static final String APPLICATION = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %1$s, namespace: shop}
            spec:
              replicas: %2$d
              selector: {matchLabels: {app: %1$s}}
              template:
                metadata: {labels: {app: %1$s}}
                spec:
                  containers:
                  - name: %1$s
                    image: registry.example/%1$s:1
                    ports: [{containerPort: 8080}]
                    readinessProbe: {tcpSocket: {port: 8080}}
                    resources: {requests: {cpu: 50m, memory: 64Mi}}
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: %1$s, namespace: shop}
            spec: {maxUnavailable: 1, selector: {matchLabels: {app: %1$s}}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: %1$s, namespace: shop}
            spec:
              selector: {app: %1$s}
              ports: [{port: 80, targetPort: 8080}]
            """;

    private ShopObjects() {}

    static void system(KubernetesClient client) {
        make(client, SYSTEM);
    }

    /** A Deployment with its Service and its budget. */
    static void application(KubernetesClient client, String name, int replicas) {
        make(client, APPLICATION.formatted(name, replicas));
    }

    private static void make(KubernetesClient client, String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .resources()
                .forEach(resource -> resource.create());
    }
}
