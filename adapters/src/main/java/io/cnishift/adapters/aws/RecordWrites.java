package io.cnishift.adapters.aws;

import io.cnishift.api.act.ChangeRecords;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.port.ActResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;

/** DNS records. A batch is done as a whole; servers everywhere answer by it within a minute. */
final class RecordWrites {

    private static final String ROUTE53 = "route53";
    private static final String CHANGE = "ChangeResourceRecordSets";

    private RecordWrites() {}

    static void in(ActBook book) {
        book.on(ChangeRecords.class, RecordWrites::before, RecordWrites::change);
    }

    private static Map<String, Object> before(Writing at, ChangeRecords act) {
        List<Map<String, Object>> records =
                Writing.found(() -> at.apis().names().records(act.zone(), act.name())).orElse(List.of()).stream()
                        .map(set -> RecordRecords.record(act.zone(), set).tree())
                        .toList();
        return records.isEmpty() ? Map.of() : Map.of("records", records);
    }

    private static ActResult change(Writing at, ChangeRecords act) {
        List<Change> changes = new ArrayList<>();
        act.remove().forEach(r -> changes.add(change(ChangeAction.DELETE, r)));
        act.put().forEach(r -> changes.add(change(ChangeAction.UPSERT, r)));
        Supplier<ChangeResourceRecordSetsResponse> request = () -> at.clients()
                .names()
                .changeResourceRecordSets(r -> r.hostedZoneId(act.zone())
                        .changeBatch(b -> b.comment("cnishift").changes(changes)));
        ChangeResourceRecordSetsResponse unused = act.repeatable()
                ? at.calls().write(ROUTE53, CHANGE, request)
                : at.calls().once(ROUTE53, CHANGE, request);
        return ActResults.done();
    }

    private static Change change(ChangeAction action, DnsRecord record) {
        return Change.builder()
                .action(action)
                .resourceRecordSet(RecordRecords.set(record))
                .build();
    }
}
