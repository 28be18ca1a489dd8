package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Charts and images on the command line. The helm is a script. */
@DisabledOnOs(OS.WINDOWS)
final class HelmTest {

    @TempDir
    private Path folder;

    @Test
    void aPlanWhoseChartIsAtHandIsRendered() throws IOException {
        helm("grep -q cronJob \"$5\" || grep -q cronJob \"$6\" || { echo \"Error: looks in a cluster\" >&2; exit 1; }");
        Run run = plan("1.20.0");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("Rendered: yes, cilium 1.20.0 takes its values.");
    }

    @Test
    void aChartThatDoesNotTakeItsValuesIsOneLineAndNoPlan() throws IOException {
        helm(
                "echo \"Error: values don't meet\" >&2; echo \"- at '/tunnelPort': got string, want integer\" >&2; exit 1");
        Run run = plan("1.20.0");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().strip().lines())
                .singleElement()
                .asString()
                .contains(": at '/tunnelPort': got string, want integer")
                .contains("HELM-RENDER");
    }

    @Test
    void aChartOfAnotherVersionIsRefused() throws IOException {
        helm("");
        Run run = plan("1.19.6");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("the plan wants cilium 1.20.0").contains("has 1.19.6");
    }

    @Test
    void aSimulatedClusterNeedsNoChart() {
        Run run = Run.of(folder, "plan", "--cluster", "sim:clean-cluster", "--strategy", "overlay");
        assertThat(run.out()).doesNotContain("Rendered:");
    }

    @Test
    void imagesNamesWhatIsToBeCopiedAndWhere() {
        Run run = Run.of(folder, "images", "--registry", "registry.example/mirror", "--set", "hubble=relay");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("quay.io/cilium/operator-generic:v1.20.0@sha256:80744a8cc7c91c2f")
                .contains("quay.io/cilium/cilium:v1.20.0 registry.example/mirror/cilium:v1.20.0")
                .contains("repository: registry.example/mirror/operator\n")
                .contains("--set imageRegistry=registry.example/mirror")
                .doesNotContain("operator-aws")
                .doesNotContain("hubble-ui");
    }

    @Test
    void imagesHasNoHeadingForChartsWhereThereIsNone() {
        assertThat(Run.of(folder, "images", "--strategy", "new-cluster", "--set", "to=eks:shop-2")
                        .out())
                .contains("Images")
                .doesNotContain("Charts");
    }

    @Test
    void clustersThatAreJoinedNeedTheApiServerOfTheMeshInTheirOwnVersions() {
        String out = Run.of(
                        folder,
                        "images",
                        "--strategy",
                        "new-cluster",
                        "--set",
                        "to=eks:shop-2",
                        "--set",
                        "mesh=true",
                        "--registry",
                        "registry.example/mirror")
                .out();
        assertThat(out)
                .contains("cilium https://helm.cilium.io/cilium # in the version of the cluster's release")
                .contains(
                        "quay.io/cilium/clustermesh-apiserver # API server of the cluster mesh; tag and digest not known here")
                .contains("quay.io/cilium/clustermesh-apiserver registry.example/mirror/clustermesh-apiserver")
                .doesNotContain("operator-generic");
        assertThat(Run.of(folder, "images", "--strategy", "new-cluster", "--set", "mesh=true")
                        .out())
                .contains(
                        "cilium 1.20.0 ",
                        "cilium https://",
                        "clustermesh-apiserver:v1.20.0 #",
                        "clustermesh-apiserver #");
    }

    @Test
    void aSecondClusterNeedsTheChartOfTheLoadBalancerControllerToo() throws IOException {
        Run run = Run.of(
                folder,
                "images",
                "--strategy",
                "new-cluster",
                "--set",
                "network=vpc-cni-prefix",
                "--registry",
                "registry.example/mirror");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("aws-load-balancer-controller https://aws.github.io/eks-charts/aws-load-balancer-controller"
                        + " # in the version of the cluster's release")
                .contains(
                        "/aws-load-balancer-controller oci://registry.example/mirror/charts/aws-load-balancer-controller")
                .doesNotContain("cilium 1.");
        chart("1.20.0");
        assertThat(Run.of(folder, "images", "--strategy", "new-cluster", "--chart", "chart")
                        .out())
                .contains("cilium 1.20.0 chart ", "aws-load-balancer-controller https://");
        assertThat(Run.of(
                                folder,
                                "images",
                                "--strategy",
                                "new-cluster",
                                "--set",
                                "network=vpc-cni-prefix",
                                "--chart",
                                "chart")
                        .err())
                .contains("chart is cilium 1.20.0, and the options want aws-load-balancer-controller");
    }

    @Test
    void imagesSaysWhatItDoesNotKnow() {
        Run run = Run.of(folder, "images", "--strategy", "eni", "--set", "ciliumVersion=1.18.3");
        assertThat(run.out())
                .contains("quay.io/cilium/operator-aws:v1.18.3 # operator; digest not known here")
                .contains("quay.io/cilium/cilium-envoy # proxy on every node; tag and digest not known here");
    }

    @Test
    void chainingTakesTheOperatorThatKeepsNoAddresses() {
        assertThat(Run.of(folder, "images", "--strategy", "chaining").out()).contains("/operator-generic:v1.20.0@");
    }

    @Test
    void imagesRefusesAChartThatIsNotThePublishedOne() throws IOException {
        Path other = Files.writeString(folder.resolve("cilium.tgz"), "other");
        Run none = Run.of(folder, "images", "--chart", other.getFileName().toString());
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("is no chart");
        chart("1.19.6");
        assertThat(Run.of(folder, "images", "--chart", "chart").err())
                .contains("chart is cilium 1.19.6, and the options want cilium 1.20.0");
        assertThat(Run.of(folder, "images", "--chart", "chart", "--set", "ciliumVersion=1.19.6")
                        .out())
                .contains("cilium 1.19.6 chart sha256:21c43cf5");
    }

    @Test
    void imagesTakesNoSchemeAndNoStrategyWithoutCharts() {
        assertThat(Run.of(folder, "images", "--registry", "https://registry.example")
                        .err())
                .contains("is no host with a path");
        assertThat(Run.of(folder, "images", "--strategy", "vpc-cni-tuning").err())
                .contains("brings no charts");
        assertThat(Run.of(folder, "images", "--set", "hubble=all").err()).contains("option hubble of overlay");
    }

    private Run plan(String version) throws IOException {
        chart(version);
        return Run.of(
                folder,
                "plan",
                "--cluster",
                "sim:clean-cluster",
                "--strategy",
                "overlay",
                "--helm",
                "helm",
                "--chart",
                "chart");
    }

    private void chart(String version) throws IOException {
        Path chart = Files.createDirectories(folder.resolve("chart"));
        Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: cilium\nversion: " + version + "\n");
    }

    private void helm(String template) throws IOException {
        Path file = Files.writeString(
                folder.resolve("helm"),
                "#!/bin/sh\n[ \"$1\" = version ] && { echo v3.18.4; exit 0; }\n" + template + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
