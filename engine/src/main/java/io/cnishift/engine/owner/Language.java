package io.cnishift.engine.owner;

/** What an owner writes its objects in. */
public enum Language {
    HELM_VALUES("Helm values"),
    KUSTOMIZE("Kustomize"),
    TERRAFORM("Terraform"),
    CLOUDFORMATION("CloudFormation"),
    EKSCTL("eksctl"),
    COMMAND("command");

    private final String title;

    Language(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
