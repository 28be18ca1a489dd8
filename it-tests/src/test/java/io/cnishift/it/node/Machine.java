package io.cnishift.it.node;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * An instance as the AWS side runs it.
 *
 * @param address its primary one
 * @param userData of the launch template version that it was launched from, in base64; empty for none
 */
public record Machine(String id, String zone, String type, String address, String userData) {

    private static final Pattern MAX_PODS = Pattern.compile("maxPods\"?\\s*:\\s*(\\d+)");
    private static final Pattern LABELS = Pattern.compile("--node-labels=([^\\s\"']+)");
    private static final Pattern TAINTS = Pattern.compile("--register-with-taints=([^\\s\"']+)");
    private static final String KUBELET_DEFAULT = "110";

    /** The name under which its kubelet registers. */
    String node() {
        return "ip-" + address.replace('.', '-') + ".test.internal";
    }

    /** How many pods it admits. */
    String maxPods() {
        return last(MAX_PODS).orElse(KUBELET_DEFAULT);
    }

    /** The labels that its kubelet registers beside those that say what it is. */
    Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : flag(LABELS)) {
            String[] pair = label.split("=", 2);
            labels.put(pair[0], pair[1]);
        }
        return labels;
    }

    /** The taints that its kubelet registers, as {@code key=value:effect}. */
    List<String> taints() {
        return flag(TAINTS);
    }

    private List<String> flag(Pattern flag) {
        return last(flag).map(value -> Arrays.asList(value.split(","))).orElse(List.of());
    }

    /** Of a flag or a field that is said twice the kubelet takes the last. */
    private Optional<String> last(Pattern pattern) {
        String text = new String(Base64.getMimeDecoder().decode(userData), StandardCharsets.UTF_8);
        return pattern.matcher(text)
                .results()
                .map((MatchResult r) -> r.group(1))
                .reduce((a, b) -> b);
    }
}
