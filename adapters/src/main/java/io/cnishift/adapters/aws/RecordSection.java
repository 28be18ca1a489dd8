package io.cnishift.adapters.aws;

import io.cnishift.adapters.reading.Collected;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Part;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.route53.model.HostedZone;

/** The names that lead to load balancers, of all zones of the account, with what else answers to them. */
final class RecordSection {

    private final RecordApi names;
    private final Collected out;

    RecordSection(AwsRead read) {
        this.names = read.apis().names();
        this.out = read.out();
    }

    void records() {
        for (HostedZone zone : out.list(Part.DNS_RECORDS, "hosted zones", names::zones)) {
            String id = RecordRecords.zone(zone.id());
            List<DnsRecord> all =
                    out.list(Part.DNS_RECORDS, "records of " + zone.name(), () -> names.records(id)).stream()
                            .map(set -> RecordRecords.record(id, set))
                            .toList();
            Set<String> wanted = all.stream()
                    .filter(RecordRecords::toBalancer)
                    .map(r -> r.name() + " " + r.type())
                    .collect(Collectors.toSet());
            all.stream().filter(r -> wanted.contains(r.name() + " " + r.type())).forEach(out::add);
        }
    }
}
