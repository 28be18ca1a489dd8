package io.cnishift.it.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A chart of the name and version of Cilium's, with as much of it as the node side plays and the steps look at: agents, operator and
 * the settings that the values of a migration decide.
 */
final class CiliumChart {

    static final String VERSION = "1.20.0";

    private CiliumChart() {}

    /** Writes it into a folder and returns where it is. */
    static Path in(Path folder) throws IOException {
        Path chart = Files.createDirectories(folder.resolve("cilium/templates")).getParent();
        Files.writeString(
                chart.resolve("Chart.yaml"),
                "apiVersion: v2\nname: cilium\nversion: " + VERSION + "\nappVersion: " + VERSION + "\n");
        Files.writeString(chart.resolve("templates/config.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: cilium-config, namespace: "{{ .Release.Namespace }}"}
                data:
                  ipam: "{{ .Values.ipam.mode }}"
                  cluster-pool-ipv4-cidr: "{{ index .Values.ipam.operator.clusterPoolIPv4PodCIDRList 0 }}"
                  cluster-pool-ipv4-mask-size: "{{ .Values.ipam.operator.clusterPoolIPv4MaskSize }}"
                  routing-mode: "{{ .Values.routingMode }}"
                  tunnel-protocol: "{{ .Values.tunnelProtocol }}"
                  enable-ipv4-masquerade: "{{ .Values.enableIPv4Masquerade }}"
                  enable-policy: "{{ .Values.policyEnforcementMode }}"
                  kube-proxy-replacement: "{{ .Values.kubeProxyReplacement }}"
                  unmanaged-pod-watcher-interval: "{{ if .Values.operator.unmanagedPodWatcher.restart }}15s{{ else }}0{{ end }}"
                  custom-cni-conf: "{{ .Values.cni.customConf }}"
                  {{- if not .Values.cni.customConf }}
                  write-cni-conf-when-ready: /host/etc/cni/net.d/05-cilium.conflist
                  cni-exclusive: "true"
                  {{- end }}
                """);
        Files.writeString(chart.resolve("templates/agents.yaml"), """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: cilium, namespace: "{{ .Release.Namespace }}", labels: {k8s-app: cilium}}
                spec:
                  selector: {matchLabels: {k8s-app: cilium}}
                  updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}
                  template:
                    metadata: {labels: {k8s-app: cilium}}
                    spec:
                      hostNetwork: true
                      terminationGracePeriodSeconds: 1
                      priorityClassName: system-node-critical
                      tolerations: [{operator: Exists}]
                      containers: [{name: cilium-agent, image: "quay.io/cilium/cilium:v{{ .Chart.Version }}"}]
                """);
        Files.writeString(chart.resolve("templates/operator.yaml"), """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: cilium-operator, namespace: "{{ .Release.Namespace }}", labels: {io.cilium/app: operator}}
                spec:
                  replicas: 2
                  selector: {matchLabels: {io.cilium/app: operator}}
                  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 50%}}
                  template:
                    metadata: {labels: {io.cilium/app: operator, name: cilium-operator}}
                    spec:
                      hostNetwork: true
                      priorityClassName: system-cluster-critical
                      tolerations:
                      - {key: node.kubernetes.io/not-ready, operator: Exists}
                      - {key: node.cilium.io/agent-not-ready, operator: Exists}
                      containers:
                      - name: cilium-operator
                        image: "quay.io/cilium/operator-generic:v{{ .Chart.Version }}"
                        ports: [{name: health, containerPort: 9234, hostPort: 9234}]
                """);
        return chart;
    }
}
