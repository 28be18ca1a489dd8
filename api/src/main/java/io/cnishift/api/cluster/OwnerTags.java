package io.cnishift.api.cluster;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who owns a thing of AWS, by its tags. eksctl works through CloudFormation, so it is looked for first. Terraform leaves no tag
 * of its own; the usual conventions are understood, and whoever follows none has to name it.
 */
public final class OwnerTags {

    private static final String STACK = "aws:cloudformation:stack-name";
    private static final String EKSCTL = "alpha.eksctl.io/cluster-name";
    private static final Set<String> TOOL_KEYS =
            Set.of("managedby", "createdby", "provisionedby", "provisioner", "deployedby", "iac", "tool");
    private static final Set<String> TERRAFORM_KEYS = Set.of("terraform", "opentofu");
    private static final Pattern TERRAFORM = Pattern.compile("terraform|terragrunt|opentofu|\\btofu\\b");

    private OwnerTags() {}

    /** The owner; nobody when no tag tells of one. */
    public static Owner owner(Map<String, String> tags) {
        if (tags.containsKey(EKSCTL)) {
            return new Owner(Owner.Kind.EKSCTL, tags.getOrDefault(STACK, tags.getOrDefault(EKSCTL, "")));
        }
        if (tags.containsKey(STACK)) {
            return new Owner(Owner.Kind.CLOUDFORMATION, tags.getOrDefault(STACK, ""));
        }
        return tags.entrySet().stream().anyMatch(OwnerTags::saysTerraform)
                ? new Owner(Owner.Kind.TERRAFORM, workspace(tags))
                : Owner.NONE;
    }

    /**
     * Whether a tag is of the thing that has it and not of a copy: AWS keeps it for itself, or it says who owns the original, and
     * that tool knows nothing of the copy.
     */
    public static boolean staysWithOriginal(Map.Entry<String, String> tag) {
        return ofTools(tag.getKey()) || saysTerraform(tag);
    }

    private static boolean ofTools(String key) {
        return key.startsWith("aws:") || key.startsWith("eks:") || key.startsWith("alpha.eksctl.io/");
    }

    /** Whether a tag says that Terraform, or OpenTofu, made the thing. */
    public static boolean saysTerraform(Map.Entry<String, String> tag) {
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
}
