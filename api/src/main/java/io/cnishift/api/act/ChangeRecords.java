package io.cnishift.api.act;

import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Changes DNS records of one name in one batch, which is done as a whole or not at all: there is no moment without an answer. Resolvers
 * go on with what they know until its TTL is over.
 *
 * @param remove records as they stand, each of which must be there
 * @param put records that are made, or that take the place of those with their key
 */
public record ChangeRecords(String zone, String name, List<DnsRecord> remove, List<DnsRecord> put) implements Act {

    public ChangeRecords {
        Objects.requireNonNull(zone);
        Objects.requireNonNull(name);
        remove = List.copyOf(remove);
        put = List.copyOf(put);
    }

    @Override
    public Api api() {
        return Api.AWS;
    }

    @Override
    public String target() {
        return "DNS records " + name + " in zone " + zone;
    }

    @Override
    public boolean repeatable() {
        // a record that is removed must be there as it is described
        return remove.isEmpty();
    }

    @Override
    public List<String> operations() {
        return List.of("route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets", "route53:GetChange");
    }

    @Override
    public String command(Surroundings at) {
        List<Map<String, Object>> changes = new ArrayList<>();
        remove.forEach(r -> changes.add(change("DELETE", r)));
        put.forEach(r -> changes.add(change("UPSERT", r)));
        return AwsCommand.of(at, "route53", "change-resource-record-sets")
                .with("--hosted-zone-id", zone)
                .json("--change-batch", Map.of("Changes", changes))
                .toString();
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        List<DnsRecord> was =
                Tree.maps(before, "records").stream().map(DnsRecord::of).toList();
        Set<String> keys = was.stream().map(DnsRecord::key).collect(Collectors.toSet());
        List<DnsRecord> made = put.stream().filter(r -> !keys.contains(r.key())).toList();
        return made.isEmpty() && was.isEmpty()
                ? Optional.empty()
                : Optional.of(new ChangeRecords(zone, name, made, was));
    }

    private static Map<String, Object> change(String action, DnsRecord r) {
        Map<String, Object> set = new LinkedHashMap<>();
        set.put("Name", r.name());
        set.put("Type", r.type());
        r.setIdentifier().ifPresent(id -> set.put("SetIdentifier", id));
        r.weight().ifPresent(w -> set.put("Weight", w));
        r.alias()
                .ifPresentOrElse(
                        alias -> set.put(
                                "AliasTarget",
                                Map.of(
                                        "HostedZoneId",
                                        alias.zone(),
                                        "DNSName",
                                        alias.name(),
                                        "EvaluateTargetHealth",
                                        alias.evaluateHealth())),
                        () -> {
                            set.put("TTL", r.ttl().orElse(DnsRecord.ALIAS_TTL));
                            set.put(
                                    "ResourceRecords",
                                    r.values().stream()
                                            .map(v -> Map.of("Value", v))
                                            .toList());
                        });
        return Map.of("Action", action, "ResourceRecordSet", set);
    }
}
