package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HandOffTest {

    @TempDir
    private Path folder;

    @Test
    void writesAFileForEachOwnerAndPhaseAndAnIndex() throws IOException {
        Run run = plan("--set", "executor.host-network=owner", "--set", "executor.fence=owner");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("files of changes for owners, and README.md");
        assertThat(names())
                .contains(
                        "README.md",
                        "eks-addon-vpc-cni.fence.md",
                        "helm-kube-system-aws-load-balancer-controller.host-network.md");
        String values = text("helm-kube-system-aws-load-balancer-controller.host-network.md");
        assertThat(values)
                .contains(
                        "(Helm values)",
                        "```yaml\ndnsPolicy: ClusterFirstWithHostNet\nhostNetwork: true\n```\n",
                        "```yaml\napiVersion: apps/v1\nkind: Deployment\n");
        assertThat(text("README.md"))
                .contains(
                        "| fence | eks-addon vpc-cni | 1 | [eks-addon-vpc-cni.fence.md](eks-addon-vpc-cni.fence.md) |");
        assertThat(text("by-hand.host-network.md")).contains("--version-description MIGRATION/template-workers");
        for (String name : names()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(hand().resolve(name))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void whatARehearsalInventsIsAskedForByWhatItBelongsTo() throws IOException {
        Run run = Run.of(
                folder,
                "plan",
                "--cluster",
                "sim:minnie-wallace",
                "--strategy",
                "new-cluster",
                "--set",
                "to=sim:minnie-wallace-green",
                "--set",
                "shift=target-groups",
                "--set",
                "executor.shift-targets-5=owner",
                "--set",
                "executor.lead-names=owner",
                "--accept",
                "NEW-NOT-COPIED",
                "--commands",
                "--hand-off",
                hand().toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "\"targetGroupARN\":\"'\"$(aws elbv2 describe-target-groups --region ap-south-1 --names cnishift-nginx-")
                .doesNotContain(":targetgroup/cnishift-");
        assertThat(text("by-hand.shift.md"))
                .contains("\"$(aws elbv2 describe-target-groups")
                .doesNotContain(":targetgroup/cnishift-");
        assertThat(text("by-hand.lead-names.md"))
                .contains("\"DNSName\":\"'\"$(kubectl --context \"${SECOND_CONTEXT:?}\" get -n default ingress/nginx")
                .doesNotContain("k8s-minnie-w-");
        assertThat(text("README.md")).contains("SECOND_CONTEXT is to name");
    }

    @Test
    void whatAPersonDoesAtAHoldIsAmongTheCommands() throws IOException {
        Run run = Run.of(
                folder,
                "plan",
                "--cluster",
                "sim:stateful-green",
                "--strategy",
                "new-cluster",
                "--accept",
                "NEW-NOT-COPIED",
                "--accept",
                "NEW-CONTROLLER-RIGHTS",
                "--accept",
                "NEW-CUSTOM",
                "--accept",
                "NEW-TRUST",
                "--accept",
                "NEW-STOP",
                "--commands",
                "--hand-off",
                hand().toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("# trust-by-hand\n# somebody has to let the roles of")
                .doesNotContain("# make-cluster\n# ");
        assertThat(text("README.md")).contains("aws iam update-assume-role-policy");
    }

    @Test
    void anEarlierOneIsWrittenAnewAndAnythingElseRefused() throws IOException {
        plan("--set", "executor.fence=owner");
        assertThat(names()).contains("eks-addon-vpc-cni.fence.md");
        assertThat(plan("--set", "executor.security-groups=cnishift").code()).isEqualTo(2);

        Run again = plan("--set", "executor.steady=owner");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(names()).doesNotContain("eks-addon-vpc-cni.fence.md").contains("by-hand.steady.md");

        Files.writeString(hand().resolve("notes.txt"), "mine");
        Run refused = plan();
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("files that cnishift did not write: notes.txt", "CLI-HAND-OFF");
        assertThat(names()).contains("by-hand.steady.md", "notes.txt");
    }

    @Test
    void aWordForAllStepsStandsBesideWordsForSome() {
        Run run = plan("--set", "executor=owner", "--set", "executor.fence=cnishift", "-o", "yaml");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("  executor:\n    all: owner\n    fence: cnishift\n");
    }

    @Test
    void withoutAHelmReleasesAreHandedToTheirOwnerWithTheirValues() throws IOException {
        Run run = plan("--helm", "none", "--out", "plan.yaml");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(names()).contains("by-hand.install.md", "install.cilium.values.yaml", "steady.cilium.values.yaml");
        assertThat(text("by-hand.install.md"))
                .contains("upgrade --install cilium cilium --repo", "--reset-values -f install.cilium.values.yaml");
        assertThat(text("README.md")).contains("[install.cilium.values.yaml](install.cilium.values.yaml)");
        assertThat(text("install.cilium.values.yaml")).contains("ipam:\n", "mode: cluster-pool\n");
        assertThat(Run.of(folder, "rehearse", "plan.yaml").code()).isZero();
        assertThat(plan("--helm", "none").code())
                .as("an earlier one is written anew")
                .isZero();

        Run unasked = Run.of(
                folder, "plan", "--cluster", "sim:minnie-wallace", "--strategy", "vpc-cni-tuning", "--helm", "none");
        assertThat(unasked.code()).as("no release: %s", unasked.err()).isZero();
    }

    @Test
    void aPlanWhoseReleasesAreOursIsRefusedWithoutAHelm() {
        plan("--out", "plan.yaml");
        Run refused = Run.of(folder, "apply", "plan.yaml", "--helm", "none", "--yes");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("step install-cilium of the plan is a Helm release", "HELM-MISSING");
        Run ours = plan("--helm", "none", "--set", "executor.install-release=cnishift", "-o", "yaml");
        assertThat(ours.out()).contains("  executor:\n    install-release: cnishift\n");
    }

    private Run plan(String... more) {
        return Run.of(
                folder,
                Stream.concat(
                                Stream.of(
                                        "plan",
                                        "--cluster",
                                        "sim:minnie-wallace",
                                        "--strategy",
                                        "overlay",
                                        "--hand-off",
                                        "hand"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private Path hand() {
        return folder.resolve("hand");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(hand())) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private String text(String name) throws IOException {
        return Files.readString(hand().resolve(name));
    }
}
