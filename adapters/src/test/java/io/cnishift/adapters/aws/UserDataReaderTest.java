package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cnishift.api.cluster.Taint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UserDataReaderTest {

    private static final String NODE_CONFIG = """
            apiVersion: node.eks.aws/v1alpha1
            kind: NodeConfig
            spec:
              cluster:
                name: shop
                certificateAuthority: c2VjcmV0
              kubelet:
                config:
                  maxPods: 58
                flags:
                - "--node-labels=team=shop,tier=web"
                - --register-with-taints=dedicated=shop:NoSchedule,node.cilium.io/agent-not-ready:NoExecute
            """;

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void noneSaysNothing(String none) {
        assertThat(UserDataReader.read(none)).isEqualTo(UserData.NONE);
    }

    @Test
    void understandsANodeConfig() {
        UserData data = read(NODE_CONFIG);
        assertThat(data.setsMaxPods()).isTrue();
        assertThat(data.maxPods()).hasValue(58);
        assertThat(data.labels()).isEqualTo(Map.of("team", "shop", "tier", "web"));
        assertThat(data.taints())
                .containsExactly(
                        new Taint("dedicated", "shop", "NoSchedule"),
                        new Taint("node.cilium.io/agent-not-ready", "", "NoExecute"));
    }

    @Test
    void aFlagOfTheKubeletBeatsItsConfiguration() {
        assertThat(read(NODE_CONFIG + "    - --max-pods=70\n").maxPods()).hasValue(70);
    }

    @Test
    void anExpressionDecidesWithoutANumber() {
        UserData data = read("""
                kind: NodeConfig
                spec:
                  kubelet:
                    maxPodsExpression: ((default_enis - 1) * (ips_per_eni - 1)) + 2
                """);
        assertThat(data.setsMaxPods()).isTrue();
        assertThat(data.maxPods()).isEmpty();
    }

    @Test
    void theLaterPartOfAnArchiveCounts() {
        UserData data = read("""
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="//"

                --//
                Content-Type: text/x-shellscript; charset="us-ascii"

                #!/bin/bash
                echo hello

                --//
                Content-Type: application/node.eks.aws

                ---
                kind: NodeConfig
                spec: {kubelet: {config: {maxPods: 29}}}
                --//
                Content-Type: application/node.eks.aws
                Content-Transfer-Encoding: base64

                %s
                --//--
                """.formatted(base64("kind: NodeConfig\nspec: {kubelet: {config: {maxPods: 110}}}\n")));
        assertThat(data.maxPods()).hasValue(110);
    }

    @Test
    void understandsCompressedUserData() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(NODE_CONFIG.getBytes(StandardCharsets.UTF_8));
        }
        String base64 = Base64.getEncoder().encodeToString(bytes.toByteArray());
        assertThat(UserDataReader.read(base64).maxPods()).hasValue(58);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/eks/bootstrap.sh shop --use-max-pods false --kubelet-extra-args '--max-pods=110'",
                "/etc/eks/bootstrap.sh shop \\\n  --kubelet-extra-args \"--node-labels=a=b --max-pods=110\"",
                "/etc/eks/bootstrap.sh shop --use-max-pods false",
                "cat > /etc/eks/nodeadm.d/50.yaml <<EOF\nkubelet:\n  config:\n    maxPods: 110\nEOF",
                "echo '{\"maxPods\": 110}' > /etc/kubernetes/kubelet/config.json",
                "KUBELET_EXTRA_ARGS=\"--max-pods 110\"\n  # was: --max-pods=20",
            })
    void understandsBootScripts(String script) {
        assertThat(read("#!/bin/bash\n" + script + "\n").maxPods()).hasValue(110);
    }

    @Test
    void aVariableDecidesWithoutANumber() {
        UserData data = read("#!/bin/bash\n/etc/eks/bootstrap.sh shop --kubelet-extra-args --max-pods=${MAX}\n");
        assertThat(data.setsMaxPods()).isTrue();
        assertThat(data.maxPods()).isEmpty();
    }

    @Test
    void aScriptThatSaysNothingDecidesNothing() {
        assertThat(read("#!/bin/bash\nyum install -y something\n/etc/eks/bootstrap.sh shop\n"))
                .isEqualTo(UserData.NONE);
    }

    @Test
    void understandsBottlerocketSettings() {
        UserData data = read("""
                [settings.kubernetes]
                cluster-name = "shop"
                max-pods = 42 # as computed
                [settings.kubernetes.node-labels]
                "io.cilium/x" = "true"
                [settings.kubernetes.node-taints]
                dedicated = ["shop:PreferNoSchedule", "shop:NoExecute"]
                """);
        assertThat(data.maxPods()).isEqualTo(OptionalInt.of(42));
        assertThat(data.labels()).isEqualTo(Map.of("io.cilium/x", "true"));
        assertThat(data.taints())
                .containsExactly(
                        new Taint("dedicated", "shop", "PreferNoSchedule"),
                        new Taint("dedicated", "shop", "NoExecute"));
    }

    @Test
    void saysWhatIsNotUnderstoodWithoutQuotingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("kind: NodeConfig\nspec: {token: hunter2\n  broken: ["))
                .withMessage("its NodeConfig is not valid YAML")
                .withNoCause();
    }

    private static UserData read(String document) {
        return UserDataReader.read(base64(document));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
