package io.cnishift.adapters.guard;

import io.cnishift.api.port.Guard;
import io.cnishift.api.port.GuardPort;
import io.cnishift.api.port.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Takes samples by the wall clock on one thread of its own: web pages and Prometheus are asked without waiting for their answers,
 * alarms one after the other. A guard that has not answered yet is not asked again.
 */
public final class GuardSamples implements GuardPort {

    private final WebLooks web;
    private final Function<String, Look> alarms;
    private final TimeSource time;

    /**
     * Samples by that clock.
     *
     * @param alarms the state of an alarm by its name
     */
    public GuardSamples(Function<String, Look> alarms, TimeSource time) {
        this.alarms = Objects.requireNonNull(alarms);
        this.time = Objects.requireNonNull(time);
        this.web = new WebLooks(time);
    }

    @Override
    public Watch watch(List<Guard> guards, Duration every) {
        Sampling sampling = new Sampling(List.copyOf(guards));
        sampling.begin(every);
        return sampling;
    }

    private CompletableFuture<Look> look(Guard guard) {
        return switch (guard.kind()) {
            case URL -> web.page(guard);
            case PROM -> web.query(guard);
            case ALARM -> CompletableFuture.completedFuture(alarms.apply(guard.subject()));
            case SERVICE -> CompletableFuture.completedFuture(Look.unknown("a Service is seen in the cluster"));
        };
    }

    /** One schedule. */
    private final class Sampling implements Watch {
        private final List<Guard> guards;
        private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
        private final Set<Guard> asked = ConcurrentHashMap.newKeySet();
        private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "guards");
            thread.setDaemon(true);
            return thread;
        });

        Sampling(List<Guard> guards) {
            this.guards = guards;
        }

        void begin(Duration every) {
            var unused = schedule.scheduleAtFixedRate(
                    () -> guards.forEach(this::sample), 0, every.toMillis(), TimeUnit.MILLISECONDS);
        }

        /** Whatever is thrown is a sample too: an exception would end the schedule without a word. */
        private void sample(Guard guard) {
            if (!asked.add(guard)) {
                return;
            }
            try {
                CompletableFuture<?> unused = look(guard).whenComplete((look, thrown) -> {
                    asked.remove(guard);
                    add(guard, thrown == null ? look : Look.unknown(String.valueOf(thrown.getMessage())));
                });
            } catch (RuntimeException e) {
                asked.remove(guard);
                add(guard, Look.unknown(String.valueOf(e.getMessage())));
            }
        }

        private void add(Guard guard, Look look) {
            samples.add(new Sample(guard, look.verdict(), look.evidence(), time.now()));
        }

        @Override
        public List<Sample> taken() {
            List<Sample> taken = new ArrayList<>();
            for (Sample next = samples.poll(); next != null; next = samples.poll()) {
                taken.add(next);
            }
            return taken;
        }

        @Override
        public void close() {
            schedule.shutdownNow();
        }
    }
}
