package io.cnishift.adapters.aws;

import io.cnishift.api.cluster.Owner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What tags tell: who owns a thing, and whether it belongs to a cluster. Pure. */
final class Tags {

    private static final String STACK = "aws:cloudformation:stack-name";
    private static final String EKSCTL = "alpha.eksctl.io/cluster-name";
    private static final Set<String> TOOL_KEYS =
            Set.of("managedby", "createdby", "provisionedby", "provisioner", "deployedby", "iac", "tool");
    private static final Set<String> TERRAFORM_KEYS = Set.of("terraform", "opentofu");
    private static final Pattern TERRAFORM = Pattern.compile("terraform|terragrunt|opentofu|\\btofu\\b");

    private Tags() {}

    /** The EC2 tag that marks what belongs to a cluster; its value is {@code owned} or {@code shared}. */
    static String clusterKey(String cluster) {
        return "kubernetes.io/cluster/" + cluster;
    }

    /** Whether one of the usual cluster tags of AWS names that cluster, on a thing that is not shared with others. */
    static boolean ofCluster(Map<String, String> tags, String cluster) {
        return cluster.equals(tags.get("elbv2.k8s.aws/cluster"))
                || cluster.equals(tags.get("eks:cluster-name"))
                || "owned".equals(tags.get(clusterKey(cluster)));
    }

    /**
     * The owner. eksctl works through CloudFormation, so it is looked for first. Terraform leaves no tag of its own; the usual
     * conventions are understood, and whoever follows none has to name it.
     */
    static Owner owner(Map<String, String> tags) {
        if (tags.containsKey(EKSCTL)) {
            return new Owner(Owner.Kind.EKSCTL, tags.getOrDefault(STACK, tags.getOrDefault(EKSCTL, "")));
        }
        if (tags.containsKey(STACK)) {
            return new Owner(Owner.Kind.CLOUDFORMATION, tags.getOrDefault(STACK, ""));
        }
        return tags.entrySet().stream().anyMatch(Tags::saysTerraform)
                ? new Owner(Owner.Kind.TERRAFORM, workspace(tags))
                : Owner.NONE;
    }

    /**
     * The tags of a copy: those of the original and more. Left out are those that AWS keeps for itself, and those that say who
     * owns the original: that tool knows nothing of the copy.
     */
    static Map<String, String> copied(Map<String, String> original, Map<String, String> more) {
        Map<String, String> tags = new TreeMap<>();
        original.entrySet().stream()
                .filter(tag -> !tag.getKey().startsWith("aws:")
                        && !tag.getKey().startsWith("eks:")
                        && !tag.getKey().startsWith("alpha.eksctl.io/")
                        && !saysTerraform(tag))
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        tags.putAll(more);
        return tags;
    }

    private static boolean saysTerraform(Map.Entry<String, String> tag) {
        String key = plain(tag.getKey());
        String value = tag.getValue().toLowerCase(Locale.ROOT);
        return TERRAFORM_KEYS.contains(key)
                ? !value.equals("false") && !value.equals("no")
                : TOOL_KEYS.contains(key) && TERRAFORM.matcher(value).find();
    }

    private static String workspace(Map<String, String> tags) {
        return tags.entrySet().stream()
                .filter(tag -> plain(tag.getKey()).endsWith("workspace"))
                .map(Map.Entry::getValue)
                .sorted()
                .findFirst()
                .orElse("");
    }

    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[-_ :/.]", "");
    }

    static Map<String, String> of(List<Tag> tags) {
        Map<String, String> map = new LinkedHashMap<>();
        tags.forEach(tag -> map.put(tag.key(), tag.value() == null ? "" : tag.value()));
        return map;
    }

    static Map<String, String> ofGroup(List<TagDescription> tags) {
        Map<String, String> map = new LinkedHashMap<>();
        tags.forEach(tag -> map.put(tag.key(), tag.value() == null ? "" : tag.value()));
        return map;
    }
}
