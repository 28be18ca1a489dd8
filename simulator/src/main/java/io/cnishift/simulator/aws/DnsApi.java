package io.cnishift.simulator.aws;

import io.cnishift.api.act.ChangeRecords;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Route 53: a batch of changes of one name is done as a whole or refused as a whole. A record that is removed must be described as it
 * stands; a name has either one simple record of a type or such with set identifiers.
 */
final class DnsApi implements Behaviour {

    private static final int MOST_WEIGHT = 255;

    @Override
    public String id() {
        return "dns-api";
    }

    @Override
    public String source() {
        return "AWS SDK: route53 ChangeResourceRecordSets; Route 53 developer guide, weighted routing; domain.md 8.3";
    }

    @Override
    public void install(Kernel kernel) {
        Cloud cloud = Cloud.of(kernel);
        Resolvers resolvers = Resolvers.of(kernel);
        AwsApi.acts(kernel)
                .on(
                        ChangeRecords.class,
                        a -> Map.of(
                                "records",
                                named(cloud, a).stream().map(DnsRecord::tree).toList()),
                        a -> change(cloud, resolvers, a));
    }

    private static List<DnsRecord> named(Cloud cloud, ChangeRecords act) {
        return cloud.view().all(Part.DNS_RECORDS, DnsRecord.class).stream()
                .filter(r -> r.zone().equals(act.zone()) && r.name().equals(act.name()))
                .toList();
    }

    private static ActResult change(Cloud cloud, Resolvers resolvers, ChangeRecords act) {
        List<DnsRecord> before = named(cloud, act);
        Map<String, DnsRecord> after = new LinkedHashMap<>();
        before.forEach(r -> after.put(r.key(), r));
        for (DnsRecord record : act.remove()) {
            if (!record.equals(after.remove(record.key()))) {
                return invalid("tried to delete resource record set [name='" + record.name() + "', type='"
                        + record.type() + "'] but it was not found, or its values do not match");
            }
        }
        act.put().forEach(r -> after.put(r.key(), r));
        Optional<String> wrong = wrong(after);
        if (wrong.isPresent()) {
            return invalid(wrong.get());
        }
        before.stream().filter(resolvers::answered).forEach(r -> resolvers.remember(hosts(r), r.cachedSeconds()));
        before.stream().filter(r -> !after.containsKey(r.key())).forEach(r -> cloud.remove(Part.DNS_RECORDS, r.key()));
        after.values().forEach(cloud::put);
        resolvers.changed(
                before.stream().mapToInt(DnsRecord::cachedSeconds).max().orElse(0));
        return Acts.done("status", "INSYNC");
    }

    private static Optional<String> wrong(Map<String, DnsRecord> records) {
        Set<String> simple = new HashSet<>();
        for (DnsRecord record : records.values()) {
            if (record.weight().orElse(0) < 0 || record.weight().orElse(0) > MOST_WEIGHT) {
                return Optional.of("Weight of " + record.name() + " is not between 0 and " + MOST_WEIGHT);
            }
            if (record.setIdentifier().isEmpty()) {
                simple.add(record.type());
            }
        }
        return records.values().stream()
                .filter(r -> r.setIdentifier().isPresent() && simple.contains(r.type()))
                .findFirst()
                .map(r -> "RRSet with DNS name " + r.name() + ", type " + r.type() + ", SetIdentifier "
                        + r.setIdentifier().orElse("")
                        + " cannot be created as a non-simple RRSet with the same name and type exists");
    }

    private static List<String> hosts(DnsRecord record) {
        return record.alias()
                .map(a -> List.of(a.name().replaceFirst("^dualstack\\.", "").replaceFirst("\\.$", "")))
                .orElse(record.values());
    }

    private static ActResult invalid(String why) {
        return Acts.no(Reason.INVALID, "InvalidChangeBatch: " + why);
    }
}
