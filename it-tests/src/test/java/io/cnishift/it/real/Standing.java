package io.cnishift.it.real;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a migration that was taken back leaves as it found it, in words that can be compared: nodes but for who they are, templates and
 * sizes of workloads, groups with what they may do, and nobody at work.
 */
record Standing(List<String> words) {

    static Standing of(KubernetesClient client, ScalingCluster machines) {
        List<String> words = new ArrayList<>(machines.settings());
        client.nodes().list().getItems().stream().map(Standing::node).sorted().forEach(words::add);
        Stream.concat(
                        client.apps().daemonSets().inAnyNamespace().list().getItems().stream()
                                .map(d -> "DaemonSet " + d.getMetadata().getName() + " "
                                        + template(d.getSpec().getTemplate())),
                        client.apps().deployments().inAnyNamespace().list().getItems().stream()
                                .map(d -> "Deployment " + d.getMetadata().getName() + " "
                                        + d.getSpec().getReplicas() + " "
                                        + template(d.getSpec().getTemplate())))
                .sorted()
                .forEach(words::add);
        client.leases().inNamespace("kube-system").list().getItems().stream()
                .filter(l -> l.getMetadata().getName().startsWith("cnishift"))
                .forEach(l -> words.add("Lease " + l.getMetadata().getName() + " of "
                        + l.getSpec().getHolderIdentity()));
        return new Standing(words);
    }

    private static String node(Node node) {
        Map<String, String> labels = new TreeMap<>(node.getMetadata().getLabels());
        labels.remove("kubernetes.io/hostname");
        return "Node " + labels + " " + node.getSpec().getTaints() + " "
                + node.getSpec().getUnschedulable();
    }

    private static String template(PodTemplateSpec template) {
        return template.getMetadata().getLabels() + " " + Serialization.asJson(template.getSpec());
    }
}
