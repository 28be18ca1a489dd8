package io.cnishift.adapters.aws;

import io.cnishift.api.cluster.DnsRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** DNS records as Route 53 describes them, and the other way round. */
final class RecordRecords {

    private RecordRecords() {}

    static DnsRecord record(String zone, ResourceRecordSet set) {
        return new DnsRecord(
                zone,
                name(set.name()),
                set.typeAsString(),
                Optional.ofNullable(set.setIdentifier()),
                number(set.weight()),
                number(set.ttl()),
                set.resourceRecords().stream().map(ResourceRecord::value).toList(),
                Optional.ofNullable(set.aliasTarget()).map(RecordRecords::alias),
                routing(set));
    }

    static ResourceRecordSet set(DnsRecord record) {
        ResourceRecordSet.Builder set =
                ResourceRecordSet.builder().name(record.name()).type(record.type());
        record.setIdentifier().ifPresent(set::setIdentifier);
        record.weight().ifPresent(w -> set.weight((long) w));
        record.ttl().ifPresent(t -> set.ttl((long) t));
        record.alias()
                .ifPresent(a -> set.aliasTarget(AliasTarget.builder()
                        .hostedZoneId(a.zone())
                        .dnsName(a.name())
                        .evaluateTargetHealth(a.evaluateHealth())
                        .build()));
        if (!record.values().isEmpty()) {
            set.resourceRecords(record.values().stream()
                    .map(v -> ResourceRecord.builder().value(v).build())
                    .toList());
        }
        return set.build();
    }

    /** A zone by its id alone, which the service writes as a path. */
    static String zone(String id) {
        return id.startsWith("/hostedzone/") ? id.substring("/hostedzone/".length()) : id;
    }

    /** A name without the dot at its end. */
    static String name(String name) {
        String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return plain.toLowerCase(Locale.ROOT);
    }

    private static DnsRecord.Alias alias(AliasTarget target) {
        return new DnsRecord.Alias(
                target.hostedZoneId(), name(target.dnsName()), Boolean.TRUE.equals(target.evaluateTargetHealth()));
    }

    private static String routing(ResourceRecordSet set) {
        if (set.setIdentifier() == null) {
            return "simple";
        }
        return set.weight() != null
                ? "weighted"
                : set.regionAsString() != null
                        ? "latency"
                        : set.failoverAsString() != null
                                ? "failover"
                                : set.geoLocation() != null ? "geolocation" : "other";
    }

    private static OptionalInt number(@Nullable Long value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(value));
    }

    /** Whether it leads to a load balancer of Elastic Load Balancing. */
    static boolean toBalancer(DnsRecord record) {
        return List.of("A", "AAAA", "CNAME").contains(record.type())
                && (record.alias()
                                .map(DnsRecord.Alias::name)
                                .filter(RecordRecords::balancer)
                                .isPresent()
                        || record.values().stream().anyMatch(RecordRecords::balancer));
    }

    private static boolean balancer(String host) {
        String plain = name(host);
        return plain.contains(".elb.") && plain.matches(".*\\.amazonaws\\.com(\\.cn)?");
    }
}
