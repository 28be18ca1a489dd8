package io.cnishift.engine.owner;

import io.cnishift.api.cluster.Owner;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One attribute of a thing of AWS as each tool names it. A tool that has no word for it has an empty name.
 *
 * @param terraform {@code RESOURCE_TYPE ATTRIBUTE.PATH}
 * @param cloudFormation {@code AWS::TYPE Property.Path}
 * @param eksctl path in a ClusterConfig
 */
record CodeField(String terraform, String cloudFormation, String eksctl, String value) {

    CodeField {
        Objects.requireNonNull(terraform);
        Objects.requireNonNull(cloudFormation);
        Objects.requireNonNull(eksctl);
        Objects.requireNonNull(value);
    }

    /** These attributes, as one change. */
    static Ask ask(Owner owner, String target, Language language, List<CodeField> fields) {
        List<String> lines = fields.stream().map(f -> f.in(language)).toList();
        String where = switch (language) {
            case TERRAFORM -> "resource type, attribute path and value";
            case CLOUDFORMATION ->
                "resource type, property path and value; eksctl and CloudFormation apply it by an update of the stack";
            default -> "path in the ClusterConfig and value";
        };
        return new Ask(owner, target, language, String.join(", ", lines), where, String.join("\n", lines));
    }

    private String in(Language language) {
        String name = switch (language) {
            case TERRAFORM -> terraform;
            case CLOUDFORMATION -> cloudFormation;
            default -> eksctl.isEmpty() ? cloudFormation + " (in the stack; eksctl has no field for it)" : eksctl;
        };
        return name + " = " + value;
    }

    /** Values as they stand in an attribute that is a list. */
    static String list(List<String> values) {
        return values.stream().sorted().collect(Collectors.joining(", ", "[", "]"));
    }
}
