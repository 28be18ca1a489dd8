package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a user gave a chart, read with the chart's own defaults beside each question.
 *
 * @param minor of the chart's version 1.MINOR
 */
record ReleaseValues(String version, int minor, Map<String, Object> values) {

    ReleaseValues {
        Objects.requireNonNull(version, "version");
        values = Tree.copy(values);
    }

    static Optional<ReleaseValues> of(String version, Map<String, Object> values) {
        String plain = version.replaceFirst("^v", "");
        return plain.matches("1\\.\\d+\\.\\d+.*")
                ? Optional.of(new ReleaseValues(plain, Integer.parseInt(plain.split("\\.", -1)[1]), values))
                : Optional.empty();
    }

    Optional<Object> at(String path) {
        return Tree.at(values, path.split("\\.", -1));
    }

    boolean set(String path) {
        return at(path).isPresent();
    }

    String text(String path, String otherwise) {
        return at(path).map(String::valueOf).filter(t -> !t.isEmpty()).orElse(otherwise);
    }

    boolean on(String path, boolean otherwise) {
        return text(path, String.valueOf(otherwise)).equals("true");
    }

    int number(String path, int otherwise) {
        return (int) Double.parseDouble(text(path, String.valueOf(otherwise)));
    }

    /** A list, also one that is written as one text. */
    List<String> texts(String path) {
        return at(path).map(v -> v instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.of(String.valueOf(v).split("[ ,]+", -1)))
                .orElse(List.of());
    }

    Map<String, Object> map(String path) {
        return Tree.map(values, path.split("\\.", -1));
    }

    boolean eni() {
        return on("eni.enabled", false);
    }

    boolean chained() {
        return !chainingMode().equals("none");
    }

    String chainingMode() {
        return text("cni.chainingMode", "none");
    }

    String ipam() {
        return text("ipam.mode", eni() ? "eni" : "cluster-pool");
    }

    String routingMode() {
        return text("routingMode", eni() ? "native" : "tunnel");
    }

    /** In ENI mode the default changed to off with 1.18. */
    boolean masquerade() {
        return on("enableIPv4Masquerade", !(eni() && minor >= 18));
    }

    boolean replacesKubeProxy() {
        return on("kubeProxyReplacement", false);
    }
}
