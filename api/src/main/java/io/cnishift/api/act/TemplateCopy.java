package io.cnishift.api.act;

import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.TemplateVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The launch template data of a copy, as shell text. EC2 takes from the source what the data does not name, but a thing that is
 * named is replaced whole; so metadata options and user data are read from the source and changed.
 *
 * <p>The change of the user data is one more NodeConfig document behind what is there, for a later one overrides an earlier one
 * (amazon-eks-ami, nodeadm). It is written as JSON, which is YAML too.
 */
final class TemplateCopy {

    /** Puts {@code $node} behind the user data; fails on a document that has no place for one, such as Bottlerocket's. */
    private static final String USER_DATA = "(((.UserData // \"\") | @base64d) as $old"
            + " | (($old | capture(\"boundary=\\\"?(?<b>[^\\\"\\\\s;]+)\").b) // null) as $found"
            + " | ($found // \"==node==\") as $b"
            + " | (if $found then ($old | split(\"--\" + $b + \"--\")[0])"
            + " else \"MIME-Version: 1.0\\nContent-Type: multipart/mixed; boundary=\\\"\" + $b + \"\\\"\\n\\n\""
            + " + (if $old == \"\" then \"\" else \"--\" + $b + \"\\nContent-Type: \""
            + " + ($old | if startswith(\"#!\") then \"text/x-shellscript\""
            + " elif startswith(\"#cloud-config\") then \"text/cloud-config\""
            + " elif test(\"kind[\\\"]?:\\\\s*[\\\"]?NodeConfig\") then \"application/node.eks.aws\""
            + " else error(\"this user data cannot hold a NodeConfig\") end)"
            + " + \"\\n\\n\" + $old + \"\\n\" end) end)"
            + " + \"--\" + $b + \"\\nContent-Type: application/node.eks.aws\\n\\n\" + ($node | tojson)"
            + " + \"\\n--\" + $b + \"--\\n\" | @base64)";

    /** The tags of the source for instances and volumes with {@code $tags} over them; those for other things as they are. */
    private static final String TAGGED = "{TagSpecifications: ((.TagSpecifications // []) as $old"
            + " | [$old[] | select(.ResourceType | IN(\"instance\", \"volume\") | not)]"
            + " + [(\"instance\", \"volume\") as $type | {ResourceType: $type, Tags: ([$old[]"
            + " | select(.ResourceType == $type) | .Tags[]? | select(.Key as $k | all($tags[]; .Key != $k))] + $tags)}])}";

    private final CreateTemplateVersion act;
    private final Surroundings at;

    private TemplateCopy(CreateTemplateVersion act, Surroundings at) {
        this.act = act;
        this.at = at;
    }

    static String data(CreateTemplateVersion act, Surroundings at) {
        return new TemplateCopy(act, at).data();
    }

    private String data() {
        Map<String, Object> own = act.imageId()
                .<Map<String, Object>>map(i -> Map.of("ImageId", i))
                .orElse(Map.of());
        boolean userData = act.maxPods().isPresent()
                || !act.labels().isEmpty()
                || !act.taints().isEmpty()
                || act.joins().isPresent();
        if (!userData && act.hopLimit().isEmpty() && act.tags().isEmpty()) {
            return Json.word(own);
        }
        List<String> changes = new ArrayList<>();
        List<String> jq = new ArrayList<>(List.of("jq -c"));
        changes.add(Json.write(own));
        act.hopLimit()
                .ifPresent(hops -> changes.add("{MetadataOptions: (((.MetadataOptions // {}) | del(.State))"
                        + " + {HttpPutResponseHopLimit: " + hops + "})}"));
        if (userData) {
            jq.add("--argjson node " + Json.word(nodeConfig()));
            act.joins().ifPresent(cluster -> jq.add("--argjson cluster " + described(cluster)));
            String node = act.joins().isPresent() ? "($node | .spec.cluster = $cluster)" : "$node";
            changes.add("{UserData: " + USER_DATA.replace("($node |", "(" + node + " |") + "}");
        }
        if (!act.tags().isEmpty()) {
            jq.add("--argjson tags " + Json.word(tags()));
            changes.add(TAGGED);
        }
        jq.add(Shell.quoted(String.join(" + ", changes)));
        String source = AwsCommand.of(at, "ec2", "describe-launch-template-versions")
                .with("--launch-template-id", act.template())
                .raw("--versions", at.version(act.template(), act.source()))
                .with("--query", "LaunchTemplateVersions[0].LaunchTemplateData")
                .with("--output", "json")
                .toString();
        return Shell.output(source + " | " + String.join(" ", jq));
    }

    /** What nodeadm has to know of a cluster. */
    private String described(String cluster) {
        return Shell.output(AwsCommand.of(at, "eks", "describe-cluster")
                .with("--name", cluster)
                .with(
                        "--query",
                        "cluster.{name: name, apiServerEndpoint: endpoint, certificateAuthority:"
                                + " certificateAuthority.data, cidr: kubernetesNetworkConfig.serviceIpv6Cidr"
                                + " || kubernetesNetworkConfig.serviceIpv4Cidr}")
                .with("--output", "json")
                .toString());
    }

    private List<Map<String, String>> tags() {
        return new TreeMap<>(act.tags())
                .entrySet().stream()
                        .map(tag -> Map.of("Key", tag.getKey(), "Value", tag.getValue()))
                        .toList();
    }

    private Map<String, Object> nodeConfig() {
        Map<String, Object> kubelet = new LinkedHashMap<>();
        act.maxPods().ifPresent(n -> kubelet.put("config", Map.of("maxPods", n)));
        List<String> flags = flags();
        if (!flags.isEmpty()) {
            kubelet.put("flags", flags);
        }
        return Map.of("apiVersion", "node.eks.aws/v1alpha1", "kind", "NodeConfig", "spec", Map.of("kubelet", kubelet));
    }

    /** Those of the source too: the kubelet takes the last flag of a name and forgets the one before. */
    private List<String> flags() {
        Optional<TemplateVersion> source =
                at.view().get(Part.LAUNCH_TEMPLATES, TemplateVersion.class, act.template() + ":" + act.source());
        List<String> flags = new ArrayList<>();
        if (!act.labels().isEmpty()) {
            Map<String, String> labels = new TreeMap<>();
            source.ifPresent(s -> labels.putAll(s.labels()));
            labels.putAll(act.labels());
            flags.add("--node-labels="
                    + labels.entrySet().stream()
                            .map(e -> e.getKey() + "=" + e.getValue())
                            .collect(Collectors.joining(",")));
        }
        if (!act.taints().isEmpty()) {
            Set<Taint> taints = new LinkedHashSet<>();
            source.ifPresent(s -> taints.addAll(s.taints()));
            taints.addAll(act.taints());
            flags.add("--register-with-taints="
                    + taints.stream()
                            .map(t -> t.key() + "=" + t.value() + ":" + t.effect())
                            .collect(Collectors.joining(",")));
        }
        return flags;
    }
}
