package io.cnishift.api.act;

import java.util.List;
import java.util.Objects;

/**
 * Deletes a launch template version that nobody uses.
 */
public record DeleteTemplateVersion(String template, long version) implements Act {

    public DeleteTemplateVersion {
        Objects.requireNonNull(template);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "launch template " + template + ":" + version;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("ec2:DeleteLaunchTemplateVersions");
    }

    @Override
    public String command(Surroundings at) {
        return AwsCommand.of(at, "ec2", "delete-launch-template-versions")
                .with("--launch-template-id", template)
                .raw("--versions", at.version(template, version))
                .toString();
    }
}
