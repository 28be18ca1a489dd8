package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Part;
import io.cnishift.simulator.Kernel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What clients know of names: what Route 53 answers now, and until its TTL is over what it answered before. Records of one name
 * and type share by weight; when all of them weigh nothing each is answered as often as the others.
 */
public final class Resolvers {

    private final Kernel kernel;
    private final Cloud cloud;
    private final Map<String, Instant> remembered = new HashMap<>();
    private final List<Runnable> listeners = new ArrayList<>();

    private Resolvers(Kernel kernel) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        cloud = Cloud.of(kernel);
    }

    /** The resolvers of the clients of that world. */
    public static Resolvers of(Kernel kernel) {
        return kernel.shared(Resolvers.class, Resolvers::new);
    }

    /** Calls this whenever clients may go elsewhere than before. */
    public void listen(Runnable listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    /** Whether any name leads to that host, or has not long ago. */
    public boolean know(String host) {
        return kernel.clock().now().isBefore(remembered.getOrDefault(host.toLowerCase(Locale.ROOT), Instant.MIN))
                || records().stream().anyMatch(r -> r.leadsTo(host) && answered(r));
    }

    /** Whether there is a record at all that leads to that host, with or without weight. */
    public boolean named(String host) {
        return records().stream().anyMatch(r -> r.leadsTo(host));
    }

    /** Whether that record is among the answers. */
    boolean answered(DnsRecord record) {
        if (record.weight().isEmpty() || record.weight().getAsInt() > 0) {
            return true;
        }
        return records().stream()
                .filter(r -> r.name().equals(record.name()) && r.type().equals(record.type()))
                .allMatch(r -> r.weight().orElse(1) == 0);
    }

    /** Says that the records have changed; so many seconds later nobody goes by the earlier ones any more. */
    void changed(int seconds) {
        listeners.forEach(Runnable::run);
        kernel.clock().after(Duration.ofSeconds(seconds), () -> listeners.forEach(Runnable::run));
    }

    /** Says that answers that lead to these hosts were given until now. */
    void remember(List<String> hosts, int seconds) {
        Instant until = kernel.clock().now().plusSeconds(seconds);
        hosts.forEach(h -> remembered.merge(h.toLowerCase(Locale.ROOT), until, (x, y) -> x.isAfter(y) ? x : y));
    }

    private Collection<DnsRecord> records() {
        return cloud.view().all(Part.DNS_RECORDS, DnsRecord.class);
    }
}
