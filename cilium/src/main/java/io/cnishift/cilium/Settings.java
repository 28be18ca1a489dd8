package io.cnishift.cilium;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values as the chart's templates see them: what is set, else the chart's default, else the rule by which the templates
 * choose. The release that was installed first ({@code upgradeCompatibility}) takes part in some of those rules.
 *
 * @param version the chart
 * @param values what is set
 */
record Settings(CiliumVersion version, Values values) {

    private static final Pattern COMPATIBILITY = Pattern.compile("v?1\\.(\\d{1,3})(?:\\..*)?");

    Settings {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(values, "values");
    }

    /** The value as text; empty when neither the values nor the chart say anything. */
    Optional<String> text(String key) {
        return values.text(key).or(() -> ChartValues.find(version, key).flatMap(ValueSpec::defaultText));
    }

    /** The same, with empty text counting as nothing. */
    Optional<String> nonEmpty(String key) {
        return text(key).filter(text -> !text.isEmpty());
    }

    boolean on(String key) {
        return text(key).filter("true"::equals).isPresent();
    }

    /** A whole number; what is not one counts as the given number. */
    int number(String key, int otherwise) {
        return text(key)
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }

    /** The items of a list as text; text alone is split at spaces and commas, as the agent does. */
    List<String> list(String key) {
        return values.get(key)
                .map(value -> value instanceof List<?> items
                        ? items.stream().map(String::valueOf).toList()
                        : List.of(value.toString().trim().split("[ ,]+")))
                .orElse(List.of());
    }

    boolean eni() {
        return on("eni.enabled");
    }

    String ipam() {
        return eni() ? "eni" : nonEmpty("ipam.mode").orElse("cluster-pool");
    }

    String routingMode() {
        return nonEmpty("routingMode").orElse(eni() || on("gke.enabled") ? "native" : "tunnel");
    }

    String tunnelProtocol() {
        return nonEmpty("tunnelProtocol").orElse("vxlan");
    }

    boolean tunnel() {
        return routingMode().equals("tunnel");
    }

    /** Whether pod addresses are rewritten on the way out; off by default in ENI mode since 1.18. */
    boolean masqueradeIpv4() {
        return text("enableIPv4Masquerade")
                .orElse(Boolean.toString(!(eni() && firstInstalledAtLeast(18))))
                .equals("true");
    }

    /** The agent ignores the IPv6 setting unless IPv6 is on. */
    boolean masqueradesAnything() {
        return (masqueradeIpv4() && on("ipv4.enabled")) || (on("enableIPv6Masquerade") && on("ipv6.enabled"));
    }

    boolean bpfMasquerade() {
        return on("bpf.masquerade");
    }

    boolean kubeProxyReplacement() {
        return on("kubeProxyReplacement");
    }

    String chainingMode() {
        return text("cni.chainingMode").orElse(text("cni.chainingTarget").isPresent() ? "generic-veth" : "none");
    }

    boolean chained() {
        return !chainingMode().equals("none");
    }

    /** Whether the proxy is a DaemonSet of its own: unless switched off, for clusters that began with 1.16 or later. */
    boolean envoyDaemonSet() {
        return on("l7Proxy") && text("envoy.enabled").map("true"::equals).orElse(firstInstalledAtLeast(16));
    }

    /** Whether a port that other nodes tunnel to was named, else the protocol's own. */
    int tunnelPort() {
        int set = number("tunnelPort", 0);
        return set != 0 ? set : tunnelProtocol().equals("geneve") ? 6081 : 8472;
    }

    private boolean firstInstalledAtLeast(int minor) {
        return nonEmpty("upgradeCompatibility")
                .map(COMPATIBILITY::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Integer.parseInt(matcher.group(1)) >= minor)
                .orElse(true);
    }
}
