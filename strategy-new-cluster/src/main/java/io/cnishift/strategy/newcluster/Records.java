package io.cnishift.strategy.newcluster;

import io.cnishift.api.act.ChangeRecords;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Ingress;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Service;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The DNS records of one entry, as they are and as they should be. */
record Records(View view, Entry entry) {

    /** Within so many seconds all servers of Route 53 answer by a change. */
    private static final int SPREADS = 60;

    /** The records of the name and type. */
    List<DnsRecord> now() {
        return view.all(Part.DNS_RECORDS, DnsRecord.class).stream()
                .filter(r -> r.zone().equals(entry.zone())
                        && r.name().equals(entry.name())
                        && r.type().equals(entry.type()))
                .toList();
    }

    /** The name of the load balancer in that cluster, once it has one. */
    Optional<String> host(View cluster) {
        String key = entry.front().substring(entry.front().indexOf('/') + 1);
        return entry.front().startsWith("Ingress/")
                ? cluster.get(Part.INGRESSES, Ingress.class, key).flatMap(Ingress::loadBalancer)
                : cluster.service(key).flatMap(Service::loadBalancer);
    }

    /** What brings the names to these shares; empty when they have them; a failure when the records are others than planned. */
    Change towards(ShiftNames to, String secondHost) {
        List<DnsRecord> now = now();
        int here = 100 - to.percent();
        if (now.size() == 1 && now.get(0).routing().equals("simple")) {
            DnsRecord simple = now.get(0);
            String firstHost =
                    simple.alias().map(DnsRecord.Alias::name).orElseGet(() -> String.join("", simple.values()));
            return Change.of(new ChangeRecords(
                    entry.zone(),
                    entry.name(),
                    List.of(simple),
                    List.of(
                            simple.weighted(to.first(), here, firstHost),
                            simple.weighted(to.second(), to.percent(), secondHost))));
        }
        Map<String, DnsRecord> byId = now.stream()
                .filter(r -> r.setIdentifier().isPresent() && r.weight().isPresent())
                .collect(Collectors.toMap(r -> r.setIdentifier().orElse(""), Function.identity()));
        DnsRecord first = byId.get(to.first());
        DnsRecord second = byId.get(to.second());
        if (first == null || second == null || byId.size() != now.size() || now.size() != 2) {
            return Change.failed(
                    "the records of " + entry.name() + " are not one simple one or the two that were made");
        }
        boolean so = first.weight().getAsInt() == here
                && second.weight().getAsInt() == to.percent()
                && second.leadsTo(secondHost);
        return so
                ? Change.NONE
                : Change.of(new ChangeRecords(
                        entry.zone(),
                        entry.name(),
                        List.of(),
                        List.of(first.weighing(here), second.weighted(to.second(), to.percent(), secondHost))));
    }

    /** What is to be done to records: nothing, a change, or something that a person has to look at. */
    record Change(Optional<ChangeRecords> act, Optional<String> failure) {
        static final Change NONE = new Change(Optional.empty(), Optional.empty());

        static Change of(ChangeRecords act) {
            return new Change(Optional.of(act), Optional.empty());
        }

        static Change failed(String why) {
            return new Change(Optional.empty(), Optional.of(why));
        }
    }

    /** What takes its share from the second cluster; empty where it has none. */
    Optional<ChangeRecords> withdrawn(ShiftNames from) {
        Optional<DnsRecord> first = of(now(), from.first());
        Optional<DnsRecord> second = of(now(), from.second());
        return first.isEmpty() || second.isEmpty() || !answered(now(), from.second())
                ? Optional.empty()
                : Optional.of(new ChangeRecords(
                        entry.zone(),
                        entry.name(),
                        List.of(),
                        List.of(first.get().weighing(100), second.get().weighing(0))));
    }

    /** As {@link #restored}, but what was taken from the second cluster is not given back to it. */
    Optional<ChangeRecords> sentBack(ShiftNames from, Progress progress) {
        return restored(progress)
                .filter(change -> answered(now(), from.second())
                        || before(progress)
                                .filter(records -> answered(records, from.second()))
                                .isEmpty());
    }

    /** What brings the records back to what they were before the step; empty when they are. */
    Optional<ChangeRecords> restored(Progress progress) {
        return before(progress).flatMap(before -> {
            List<DnsRecord> now = now();
            List<String> keys = before.stream().map(DnsRecord::key).toList();
            List<DnsRecord> put = new ArrayList<>(before);
            put.removeAll(now);
            List<DnsRecord> remove =
                    now.stream().filter(r -> !keys.contains(r.key())).toList();
            return put.isEmpty() && remove.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ChangeRecords(entry.zone(), entry.name(), remove, put));
        });
    }

    /** The records before the step first changed them, or may have. */
    private Optional<List<DnsRecord>> before(Progress progress) {
        return changes(progress)
                .findFirst()
                .map(e -> Tree.maps(e.before(), "records").stream()
                        .map(DnsRecord::of)
                        .filter(r -> r.type().equals(entry.type()))
                        .toList());
    }

    /** The last change of the name in this step. */
    Optional<Progress.Entry> last(Progress progress) {
        return changes(progress).reduce((earlier, later) -> later);
    }

    private Stream<Progress.Entry> changes(Progress progress) {
        return progress.all(ChangeRecords.class).stream()
                .filter(e -> changes((ChangeRecords) e.act()) && Outcomes.mayBeDone(e.result()));
    }

    private static Optional<DnsRecord> of(List<DnsRecord> records, String identifier) {
        return records.stream()
                .filter(r -> r.setIdentifier().filter(identifier::equals).isPresent())
                .findFirst();
    }

    private static boolean answered(List<DnsRecord> records, String identifier) {
        return of(records, identifier).filter(r -> r.weight().orElse(0) > 0).isPresent();
    }

    private boolean changes(ChangeRecords act) {
        return act.zone().equals(entry.zone()) && act.name().equals(entry.name());
    }

    /** For how long resolvers may go on with answers from before a change: until all servers have it, and the TTL after that. */
    int cachedSeconds() {
        return SPREADS + now().stream().mapToInt(DnsRecord::cachedSeconds).max().orElse(DnsRecord.ALIAS_TTL);
    }
}
