package io.cnishift.engine.ledger;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Endpoints;
import io.cnishift.api.cluster.MinReady;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.View;
import io.cnishift.engine.journal.ServiceSeconds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Counts, for every Service of the begin, the time with fewer ready endpoints than it is guaranteed, in the cluster that serves it.
 * That is the first one until the second has taken over. A Service whose gap the user agreed to may change clusters before the others: it
 * is counted wherever it is.
 */
final class ServiceLedger {

    private final Map<String, Account> accounts = new TreeMap<>();
    private final View view;
    private boolean bySecond;

    /** The accounts as they stand, gone on with from now. */
    ServiceLedger(List<ServiceSeconds> services, View view, Instant now, Predicate<String> consented) {
        this.view = view;
        for (ServiceSeconds service : services) {
            boolean agreed = consented.test(service.key());
            accounts.put(service.key(), new Account(service, ready(service.key(), agreed), now, agreed));
        }
    }

    /** What every Service with endpoints is guaranteed, by the view of the begin. */
    static List<ServiceSeconds> baseline(View view) {
        return view.services().stream()
                .filter(s -> !s.selector().isEmpty())
                .map(s -> {
                    int ready = view.endpoints(s.key()).map(Endpoints::ready).orElse(0);
                    return ServiceSeconds.unharmed(
                            s.namespace(), s.name(), MinReady.of(view, s, ready), MinReady.desired(view, s));
                })
                .toList();
    }

    /** Says which cluster serves from now on. */
    void served(boolean second, Instant at) {
        if (second == bySecond || (second && view.second().isEmpty())) {
            return;
        }
        bySecond = second;
        accounts.forEach((key, account) -> account.ready(ready(key, account.consented), at));
    }

    private int ready(String key, boolean anywhere) {
        int there = view.second().map(second -> ready(second, key)).orElse(0);
        if (anywhere) {
            return Math.max(ready(view, key), there);
        }
        return bySecond ? there : ready(view, key);
    }

    private static int ready(View cluster, String key) {
        return cluster.endpoints(key).map(Endpoints::ready).orElse(0);
    }

    void accept(Change change, Instant at) {
        take(change, at, !bySecond, view.second());
    }

    void acceptOfSecond(Change change, Instant at) {
        take(change, at, bySecond, Optional.of(view));
    }

    private void take(Change change, Instant at, boolean serving, Optional<View> other) {
        Account account = change.part() == Part.ENDPOINTS ? accounts.get(change.key()) : null;
        if (account == null) {
            return;
        }
        if (account.consented) {
            int elsewhere = other.map(cluster -> ready(cluster, change.key())).orElse(0);
            account.ready(Math.max(ready(change), elsewhere), at);
        } else if (serving) {
            account.ready(ready(change), at);
        }
    }

    List<ServiceSeconds> until(Instant now) {
        return accounts.values().stream().map(account -> account.until(now)).toList();
    }

    private static int ready(Change change) {
        return change.now().map((Resource now) -> ((Endpoints) now).ready()).orElse(0);
    }

    /** One Service. */
    private static final class Account {
        private final boolean consented;
        private ServiceSeconds total;
        private int ready;
        private Instant since;

        Account(ServiceSeconds total, int ready, Instant since, boolean consented) {
            this.total = total;
            this.ready = ready;
            this.since = since;
            this.consented = consented;
        }

        void ready(int now, Instant at) {
            total = until(at);
            ready = now;
            since = at;
        }

        ServiceSeconds until(Instant now) {
            if (ready >= total.minReady() || !now.isAfter(since)) {
                return total;
            }
            Duration below = Duration.between(since, now);
            Duration plain = consented ? Duration.ZERO : below;
            Duration agreed = consented ? below : Duration.ZERO;
            return new ServiceSeconds(
                    total.namespace(),
                    total.name(),
                    total.minReady(),
                    total.desired(),
                    total.secondsBelowMinimum().plus(plain),
                    total.consentedSecondsBelowMinimum().plus(agreed));
        }
    }
}
