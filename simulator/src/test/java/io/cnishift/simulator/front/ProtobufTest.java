package io.cnishift.simulator.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cnishift.simulator.ApiRefusal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProtobufTest {

    private static final byte[] PREFIX = {'k', '8', 's', 0};

    @Test
    void readsASecretAsHelmWritesIt() {
        byte[] meta = joined(
                field(1, text("sh.helm.release.v1.words.v1")),
                field(3, text("default")),
                field(6, text("12")),
                field(11, joined(field(1, text("status")), field(2, text("deployed")))));
        byte[] release = text("x".repeat(300));
        byte[] secret = joined(
                field(1, meta),
                field(2, joined(field(1, text("release")), field(2, release))),
                field(3, text("helm.sh/release.v1")));
        assertThat(Protobuf.read(envelope("Secret", secret)))
                .contains(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Secret",
                        "metadata",
                        Map.of(
                                "name",
                                "sh.helm.release.v1.words.v1",
                                "namespace",
                                "default",
                                "resourceVersion",
                                "12",
                                "labels",
                                Map.of("status", "deployed"),
                                "annotations",
                                Map.of()),
                        "type",
                        "helm.sh/release.v1",
                        "data",
                        Map.of("release", "eHh4".repeat(100))));
    }

    @Test
    void readsTheOptionsOfADeletion() {
        byte[] options = joined(
                new byte[] {8, 30},
                field(2, field(1, text("u-1"))),
                field(4, text("Background")),
                field(5, text("All")));
        assertThat(Protobuf.read(envelope("DeleteOptions", options)))
                .contains(Map.of(
                        "kind",
                        "DeleteOptions",
                        "apiVersion",
                        "v1",
                        "gracePeriodSeconds",
                        30,
                        "preconditions",
                        Map.of("uid", "u-1"),
                        "propagationPolicy",
                        "Background",
                        "dryRun",
                        List.of("All")));
    }

    @Test
    void otherKindsAndOtherBytesAreNone() {
        assertThat(Protobuf.read(envelope("Pod", new byte[0]))).isEmpty();
        assertThat(Protobuf.read(text("{}"))).isEmpty();
    }

    @Test
    void aBodyThatIsCutShortIsRefused() {
        byte[] whole = envelope("Secret", field(3, text("Opaque")));
        assertThatExceptionOfType(ApiRefusal.class)
                .isThrownBy(() -> Protobuf.read(Arrays.copyOf(whole, whole.length - 1)))
                .withMessageContaining("ends too early");
    }

    private static byte[] envelope(String kind, byte[] object) {
        return joined(PREFIX, field(1, joined(field(1, text("v1")), field(2, text(kind)))), field(2, object));
    }

    private static byte[] field(int tag, byte[] content) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        field.write(tag << 3 | 2);
        int length = content.length;
        for (; length > 0x7f; length >>>= 7) {
            field.write(length & 0x7f | 0x80);
        }
        field.write(length);
        field.writeBytes(content);
        return field.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
