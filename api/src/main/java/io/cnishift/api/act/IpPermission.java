package io.cnishift.api.act;

import io.cnishift.api.cluster.SecurityGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A rule in the shape that EC2 takes it ({@code IpPermission}): where the peer stands depends on what it is. */
final class IpPermission {

    private IpPermission() {}

    /** To add it. */
    static Map<String, Object> described(SecurityGroup.Rule rule) {
        return of(rule, rule.description().isBlank() ? Map.of() : Map.of("Description", rule.description()));
    }

    /** To remove it: EC2 finds it without its description. */
    static Map<String, Object> plain(SecurityGroup.Rule rule) {
        return of(rule, Map.of());
    }

    private static Map<String, Object> of(SecurityGroup.Rule rule, Map<String, String> description) {
        Map<String, Object> permission = new LinkedHashMap<>();
        permission.put("IpProtocol", rule.protocol());
        if (!rule.protocol().equals("-1")) {
            permission.put("FromPort", rule.fromPort());
            permission.put("ToPort", rule.toPort());
        }
        Peer kind = Peer.of(rule.peer());
        Map<String, Object> peer = new LinkedHashMap<>(description);
        peer.put(kind.field, rule.peer());
        permission.put(kind.list, List.of(peer));
        return permission;
    }

    private enum Peer {
        GROUP("UserIdGroupPairs", "GroupId"),
        PREFIX_LIST("PrefixListIds", "PrefixListId"),
        IPV6("Ipv6Ranges", "CidrIpv6"),
        IPV4("IpRanges", "CidrIp");

        private final String list;
        private final String field;

        Peer(String list, String field) {
            this.list = list;
            this.field = field;
        }

        static Peer of(String peer) {
            return peer.startsWith("sg-")
                    ? GROUP
                    : peer.startsWith("pl-") ? PREFIX_LIST : peer.contains(":") ? IPV6 : IPV4;
        }
    }
}
