package io.cnishift.adapters.aws;

import io.cnishift.api.cluster.Tree;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads user data as the EKS images understand it: NodeConfig documents of nodeadm (AL2023), arguments of bootstrap.sh (AL2
 * and Windows), settings of Bottlerocket; plain, in a MIME multi-part archive, compressed. Where several parts speak, the
 * later one counts, as on the node. Sources: amazon-eks-ami nodeadm and bootstrap.sh, the Bottlerocket settings reference.
 */
final class UserDataReader {

    static final Pattern BOUNDARY =
            Pattern.compile("(?i)^content-type:\\s*multipart/[^\\n]*?boundary=\"?([^\"\\s;]+)", Pattern.MULTILINE);
    private static final Pattern BASE64_PART =
            Pattern.compile("(?i)^content-transfer-encoding:\\s*base64", Pattern.MULTILINE);
    static final Pattern NODE_CONFIG =
            Pattern.compile("(?:^|[{,])\\s*[\"']?kind[\"']?\\s*:\\s*[\"']?NodeConfig", Pattern.MULTILINE);
    static final Pattern BOTTLEROCKET =
            Pattern.compile("^\\s*(\\[\\s*settings[.\\]]|settings\\.\\S+\\s*=)", Pattern.MULTILINE);
    private static final Pattern DOCUMENT_END = Pattern.compile("^---\\s*$", Pattern.MULTILINE);

    private UserDataReader() {}

    /**
     * Reads user data as EC2 gives it.
     *
     * @param base64 null for none
     * @throws IllegalArgumentException when a part that concerns the kubelet cannot be understood; the message holds nothing of
     *     the document
     */
    static UserData read(@Nullable String base64) {
        if (base64 == null || base64.isBlank()) {
            return UserData.NONE;
        }
        UserDataFacts facts = new UserDataFacts();
        for (String part : parts(decode(base64))) {
            read(part, facts);
        }
        return facts.result();
    }

    private static void read(String part, UserDataFacts facts) {
        if (NODE_CONFIG.matcher(part).find() && !part.startsWith("#!")) {
            for (String document : DOCUMENT_END.split(part, -1)) {
                nodeConfig(document, facts);
            }
        } else if (BOTTLEROCKET.matcher(part).find()) {
            BottlerocketSettings.read(part, facts);
        } else {
            KubeletArguments.readScript(part, facts);
        }
    }

    private static void nodeConfig(String document, UserDataFacts facts) {
        if (document.isBlank() || !NODE_CONFIG.matcher(document).find()) {
            return;
        }
        Map<String, Object> tree;
        try {
            tree = yaml(document);
        } catch (RuntimeException e) {
            // The cause would quote the document.
            throw new IllegalArgumentException("its NodeConfig is not valid YAML");
        }
        Tree.text(tree, "spec", "cluster", "name").ifPresent(facts::cluster);
        if (Tree.text(tree, "spec", "kubelet", "maxPodsExpression").isPresent()) {
            facts.computesMaxPods();
        }
        long maxPods = Tree.number(tree, -1, "spec", "kubelet", "config", "maxPods");
        if (maxPods >= 0) {
            facts.maxPods((int) maxPods);
        }
        Tree.texts(tree, "spec", "kubelet", "flags").forEach(flag -> KubeletArguments.read(flag, facts));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> yaml(String document) {
        return Serialization.unmarshal(document, Map.class);
    }

    private static List<String> parts(String text) {
        Matcher boundary = BOUNDARY.matcher(text);
        if (!boundary.find()) {
            return List.of(text);
        }
        List<String> parts = new ArrayList<>();
        for (String part : text.split("(?m)^--" + Pattern.quote(boundary.group(1)) + "(--)?\\s*$", -1)) {
            String[] headAndBody = part.strip().split("\\R\\R", 2);
            if (headAndBody.length == 2 && !BOUNDARY.matcher(headAndBody[0]).find()) {
                boolean encoded = BASE64_PART.matcher(headAndBody[0]).find();
                parts.add(encoded ? decode(headAndBody[1]) : headAndBody[1]);
            }
        }
        return parts;
    }

    private static String decode(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is not base64");
        }
        return new String(zipped(bytes) ? unzip(bytes) : bytes, StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    static boolean zipped(byte[] bytes) {
        return bytes.length > 2 && bytes[0] == (byte) 0x1f && bytes[1] == (byte) 0x8b;
    }

    static byte[] unzip(byte[] bytes) {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new IllegalArgumentException("it is compressed and damaged");
        }
    }
}
