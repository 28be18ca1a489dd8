package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.Calls;
import io.cnishift.adapters.resilience.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHostedZonesRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** The requests to Route 53. Lists follow their pages; each page is one call. */
final class RecordApi {

    private final Supplier<Route53Client> client;
    private final Calls calls;

    RecordApi(Supplier<Route53Client> client, Calls calls) {
        this.client = client;
        this.calls = calls;
    }

    List<HostedZone> zones() {
        return Pages.all(
                marker -> {
                    ListHostedZonesRequest request =
                            ListHostedZonesRequest.builder().marker(marker).build();
                    return call("ListHostedZones", () -> client.get().listHostedZones(request));
                },
                ListHostedZonesResponse::hostedZones,
                ListHostedZonesResponse::nextMarker);
    }

    /** All records of a zone. */
    List<ResourceRecordSet> records(String zone) {
        List<ResourceRecordSet> all = new ArrayList<>();
        @Nullable ListResourceRecordSetsResponse page = null;
        do {
            ListResourceRecordSetsRequest request = after(zone, page);
            page = call("ListResourceRecordSets", () -> client.get().listResourceRecordSets(request));
            all.addAll(page.resourceRecordSets());
        } while (Boolean.TRUE.equals(page.isTruncated()));
        return all;
    }

    /** The records of one name of a zone. */
    List<ResourceRecordSet> records(String zone, String name) {
        ListResourceRecordSetsRequest request = ListResourceRecordSetsRequest.builder()
                .hostedZoneId(zone)
                .startRecordName(name)
                .build();
        ListResourceRecordSetsResponse page =
                call("ListResourceRecordSets", () -> client.get().listResourceRecordSets(request));
        return page.resourceRecordSets().stream()
                .filter(set -> RecordRecords.name(set.name()).equals(name))
                .toList();
    }

    private static ListResourceRecordSetsRequest after(String zone, @Nullable ListResourceRecordSetsResponse page) {
        ListResourceRecordSetsRequest.Builder request =
                ListResourceRecordSetsRequest.builder().hostedZoneId(zone);
        return page == null
                ? request.build()
                : request.startRecordName(page.nextRecordName())
                        .startRecordType(page.nextRecordType())
                        .startRecordIdentifier(page.nextRecordIdentifier())
                        .build();
    }

    private <T> T call(String action, Supplier<T> request) {
        return calls.call(Operation.aws("route53", action), request);
    }
}
