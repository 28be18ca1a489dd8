package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cnishift.api.cluster.Taint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What comes out is read again by the edit itself; here is how it looks, and what stays as it was. */
final class UserDataEditTest {

    private static final NodeSettings SETTINGS = new NodeSettings(
            OptionalInt.of(110),
            Map.of("io.cnishift/side", "new"),
            List.of(new Taint("node.cilium.io/agent-not-ready", "true", "NoExecute")));

    private static final String NODE_CONFIG = """
            apiVersion: node.eks.aws/v1alpha1
            kind: NodeConfig
            spec:
              cluster:
                name: shop
              kubelet:
                config:
                  maxPods: 58
                flags:
                - --node-labels=team=shop
            """;

    @Test
    void emptyUserDataBecomesAnArchiveOfOneNodeConfig() {
        assertThat(edited("")).isEqualTo("""
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="==node=="

                --==node==
                Content-Type: application/node.eks.aws

                {"apiVersion":"node.eks.aws/v1alpha1","kind":"NodeConfig","spec":{"kubelet":{"config":{"maxPods":110},\
                "flags":["--node-labels=io.cnishift/side=new","--register-with-taints=node.cilium.io/agent-not-ready=true:NoExecute"]}}}
                --==node==--
                """);
    }

    @Test
    void aNodeConfigGetsOneMoreBehindItThatKeepsItsLabels() {
        assertThat(edited(NODE_CONFIG))
                .contains(NODE_CONFIG)
                .contains("--node-labels=io.cnishift/side=new,team=shop")
                .endsWith("--==node==--\n");
    }

    @Test
    void anArchiveKeepsItsPartsByteForByte() {
        String archive = """
                MIME-Version: 1.0\r
                Content-Type: multipart/mixed; boundary="B"\r
                \r
                --B\r
                Content-Type: text/x-shellscript\r
                \r
                #!/bin/bash\r
                export TOKEN=hunter2\r
                --B--\r
                """;
        String edited = edited(archive);
        assertThat(edited).startsWith(archive.substring(0, archive.indexOf("--B--")));
        assertThat(edited.split("--B--", -1)).hasSize(2);
    }

    @Test
    void aScriptStaysAScriptInAnArchive() {
        assertThat(edited("#!/bin/bash\necho hello\n"))
                .contains("Content-Type: text/x-shellscript\n\n#!/bin/bash\necho hello\n--==node==\n");
    }

    @Test
    void bootstrapGetsItsArgumentsAndNoNodeConfig() {
        String edited = edited("""
                #!/bin/bash
                # /etc/eks/bootstrap.sh is called below
                /etc/eks/bootstrap.sh shop --use-max-pods true \\
                  --kubelet-extra-args '--node-labels=team=shop --max-pods=58' || exit 1
                """);
        assertThat(edited).isEqualTo("""
                        #!/bin/bash
                        # /etc/eks/bootstrap.sh is called below
                        /etc/eks/bootstrap.sh --use-max-pods false shop \\
                          --kubelet-extra-args '--node-labels=team=shop --max-pods=58 --max-pods=110 \
                        --node-labels=io.cnishift/side=new,team=shop \
                        --register-with-taints=node.cilium.io/agent-not-ready=true:NoExecute' || exit 1
                        """);
    }

    @Test
    void bootstrapWithoutArgumentsGetsThemBeforeAnythingElse() {
        assertThat(edited("#!/bin/bash\n/etc/eks/bootstrap.sh shop >/tmp/log\n"))
                .contains("/etc/eks/bootstrap.sh --use-max-pods false --kubelet-extra-args '--max-pods=110 ")
                .endsWith("' shop >/tmp/log\n");
    }

    @Test
    void bootstrapKeepsVariablesOfTheShell() {
        assertThat(edited("#!/bin/bash\n/etc/eks/bootstrap.sh shop --kubelet-extra-args $ARGS\n"))
                .contains("--kubelet-extra-args \"$ARGS --max-pods=110 ");
    }

    @Test
    void aBootstrapScriptInAnEncodedPartIsChangedInIt() {
        String script = Base64.getEncoder()
                .encodeToString("#!/bin/bash\n/etc/eks/bootstrap.sh shop\n".getBytes(StandardCharsets.UTF_8));
        String edited = edited("""
                Content-Type: multipart/mixed; boundary="B"
                MIME-Version: 1.0

                --B
                Content-Transfer-Encoding: base64
                Content-Type: text/x-shellscript

                %s
                --B--
                """.formatted(script));
        assertThat(edited).doesNotContain(script).doesNotContain("NodeConfig");
    }

    @Test
    void bottlerocketIsEditedInItsTables() {
        String edited = edited("""
                [settings.kubernetes]
                cluster-name = "shop"
                max-pods = 58 # as computed

                [settings.kubernetes.node-labels]
                "team" = "shop"
                """);
        assertThat(edited).isEqualTo("""
                [settings.kubernetes]
                cluster-name = "shop"
                max-pods = 110

                [settings.kubernetes.node-labels]
                "io.cnishift/side" = "new"
                "team" = "shop"
                [settings.kubernetes.node-taints]
                "node.cilium.io/agent-not-ready" = ["true:NoExecute"]
                """);
    }

    @Test
    void aBottlerocketTableWithDotsIsNotOpenedAgain() {
        assertThat(edited("settings.kubernetes.cluster-name = \"shop\"\n"))
                .startsWith("settings.kubernetes.cluster-name = \"shop\"\nsettings.kubernetes.max-pods = 110\n")
                .doesNotContain("[settings.kubernetes]");
    }

    @Test
    void compressedStaysCompressed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(NODE_CONFIG.getBytes(StandardCharsets.UTF_8));
        }
        String edited = UserDataEdit.edit(Base64.getEncoder().encodeToString(bytes.toByteArray()), SETTINGS);
        assertThat(Base64.getDecoder().decode(edited)).startsWith(0x1f, 0x8b);
        assertThat(UserDataReader.read(edited).maxPods()).hasValue(110);
    }

    @Test
    void windowsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> edited("<powershell>\nEKS-Bootstrap.ps1\n</powershell>"))
                .withMessageContaining("Windows");
    }

    @Test
    void whatIsTooLongForEc2IsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> edited("#!/bin/bash\n" + "# padding\n".repeat(1640)))
                .withMessageContaining("EC2 takes 16384");
    }

    @Test
    void whatNobodyKnowsIsRefusedWithoutQuotingIt() {
        assertThatIllegalArgumentException().isThrownBy(() -> edited("hunter2")).withMessageNotContaining("hunter2");
    }

    private static String edited(String text) {
        String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        String made = UserDataEdit.edit(text.isEmpty() ? null : base64, SETTINGS);
        return new String(Base64.getDecoder().decode(made), StandardCharsets.UTF_8);
    }
}
