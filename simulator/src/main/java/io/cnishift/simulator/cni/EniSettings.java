package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Subnet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The settings of ENI mode in cilium-config. */
record EniSettings(Map<String, String> config) {

    /** The operator's default for the addresses to keep ready. */
    static final int READY = 8;

    EniSettings {
        config = Map.copyOf(config);
    }

    static boolean on(Map<String, String> config) {
        return config.getOrDefault("ipam", "cluster-pool").equals("eni");
    }

    boolean prefixes() {
        return AgentConfig.on(config, "aws-enable-prefix-delegation");
    }

    boolean releases() {
        return AgentConfig.on(config, "aws-release-excess-ips");
    }

    /** Addresses to keep ready, where that is set. */
    OptionalInt ready() {
        return number("ipam-pre-allocate");
    }

    /** The least number of addresses of a node, where that is set. */
    OptionalInt least() {
        return number("ipam-min-allocate");
    }

    /** The most addresses of a node, where that is set. */
    OptionalInt most() {
        return number("ipam-max-allocate");
    }

    /** The index of the first interface whose addresses pods get; the primary one is 0. */
    int firstInterface() {
        return number("eni-first-interface-index").orElse(0);
    }

    List<String> securityGroups() {
        return list("eni-security-groups");
    }

    /** Whether subnets for new interfaces are chosen by id or by tag. */
    boolean chooses() {
        return !list("eni-subnet-ids").isEmpty() || !list("eni-subnet-tags").isEmpty();
    }

    /** Whether a new interface may be in a subnet. Ids go before tags. */
    boolean takes(Subnet subnet) {
        List<String> ids = list("eni-subnet-ids");
        return known(subnet) && (ids.isEmpty() ? tagged(subnet, list("eni-subnet-tags")) : ids.contains(subnet.id()));
    }

    /** Whether the operator sees a subnet at all. */
    private boolean known(Subnet subnet) {
        List<String> ids = list("subnet-ids-filter");
        return (ids.isEmpty() || ids.contains(subnet.id())) && tagged(subnet, list("subnet-tags-filter"));
    }

    private static boolean tagged(Subnet subnet, List<String> tags) {
        Set<Map.Entry<String, String>> has = subnet.tags().entrySet();
        return tags.stream()
                .map(t -> t.split("=", 2))
                .allMatch(t -> has.contains(Map.entry(t[0], t.length > 1 ? t[1] : "")));
    }

    private OptionalInt number(String key) {
        String value = config.getOrDefault(key, "");
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value));
    }

    private List<String> list(String key) {
        String value = config.getOrDefault(key, "").trim();
        return value.isEmpty() ? List.of() : List.of(value.split("[ ,]+", -1));
    }
}
