package io.cnishift.cli.run;

import io.cnishift.adapters.MayBeMissing;
import io.cnishift.adapters.helm.ChartRenderer;
import io.cnishift.adapters.helm.HelmChoice;
import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.api.plan.Target;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.TimeSource;
import io.cnishift.api.port.World;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.journal.ClusterJournals;
import io.cnishift.engine.journal.Journal;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.lock.LeaseLock;
import io.cnishift.engine.lock.Lock;
import io.cnishift.engine.lock.LockHolder;
import io.cnishift.engine.lock.Locks;
import io.cnishift.engine.report.Reports;
import io.cnishift.engine.report.StatusReport;
import io.cnishift.engine.run.OwnEnd;
import io.cnishift.engine.run.TargetCheck;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs on real clusters: under a Lease in the cluster and a lock of this machine, with a journal of this machine that is copied
 * into the cluster. Nothing is written before the cluster is known to be that of the plan.
 */
public final class RealRuns {

    private final Site site;
    private final Shelf shelf;
    private final Codec codec;
    private final TimeSource time;

    /** Runs on clusters of that site, with their journals on that shelf. */
    public RealRuns(Site site, Shelf shelf, Codec codec, TimeSource time) {
        this.site = Objects.requireNonNull(site);
        this.shelf = Objects.requireNonNull(shelf);
        this.codec = Objects.requireNonNull(codec);
        this.time = Objects.requireNonNull(time);
    }

    /** The same with another Helm. */
    public RealRuns using(HelmChoice helm) {
        return new RealRuns(site.using(helm), shelf, codec, time);
    }

    /** What renders charts before a run, where anything does. */
    public Optional<ChartRenderer> renderer() {
        return site.renderer();
    }

    /** A real cluster with an empty journal for a run of that plan on it. */
    public Bench begin(StoredPlan plan, ClusterTarget target) {
        Journal own = shelf.begin(plan, time.now(), target.settings());
        Site.Opened opened = open(plan, target, Optional.of(own.migration()));
        return orClosed(opened, () -> {
            require(plan, opened);
            requireNoneUnfinished(opened, target);
            Journal journal = journals(opened).copying(own, plan);
            return new Bench(plan, journal, opened.world(), lock(plan, leases(opened)), opened.closing());
        });
    }

    /** What another machine began is in the cluster alone. */
    private void requireNoneUnfinished(Site.Opened opened, ClusterTarget target) {
        ClusterJournals journals = journals(opened);
        journals.latest()
                .filter(id -> !shelf.ids().contains(id))
                .filter(id -> !journals.progress(id).state().run().over())
                .ifPresent(id -> {
                    throw unfinished(id, target.toString(), lease(opened).holder());
                });
    }

    /** A run that begins beside one that has not ended would take what that one has half done for the cluster's own. */
    public static MigrationException unfinished(String id, String cluster, Optional<LockHolder> holder) {
        return MigrationException.user(
                "CLI-UNFINISHED",
                "migration " + id + " of " + cluster + " has not come to its end: "
                        + holder.map(h -> h + " is at work").orElse("it stands where its last run stopped"),
                "'cnishift resume " + id + "' goes on with it, 'cnishift rollback " + id
                        + "' takes it back; then apply again");
    }

    /**
     * The cluster of a migration of this machine, with the journal to go on with.
     *
     * @param told what a person should know: another machine went on, a lease is taken over, the copy cannot be read, the cluster is gone
     */
    public Bench goOn(String id, ClusterTarget target, Consumer<String> told) {
        StoredPlan plan = shelf.plan(id);
        boolean mayBeGone = looking(id, own -> OwnEnd.begun(plan.plan(), own));
        // where it was is where it is gone from
        ClusterTarget where = mayBeGone ? in(plan.plan().cluster().region(), target) : target;
        Site.Opened opened = open(plan, where, Optional.of(id));
        return orClosed(opened, () -> {
            World left = MayBeMissing.world(opened.world());
            if (mayBeGone && looking(id, own -> OwnEnd.reached(plan.plan(), own, left))) {
                return end(id, new Site.Opened(left, opened.closing()), plan, told);
            }
            require(plan, opened);
            shelf.keep(id, target.settings());
            Journal journal = journal(id, plan, journals(opened), told);
            Lock lock = lock(plan, leases(opened, told));
            return new Bench(plan, journal, opened.world(), lock, opened.closing());
        });
    }

    private <T> T looking(String id, Function<Journal, T> work) {
        try (Journal own = shelf.journal(id)) {
            return work.apply(own);
        }
    }

    /** What is left to do once the migration has deleted its first cluster. */
    private Bench end(String id, Site.Opened opened, StoredPlan plan, Consumer<String> told) {
        told.accept(
                "this migration deleted cluster " + plan.plan().cluster().name()
                        + ", and with it its lock and the copy of the journal; the journal of this machine decides what is left");
        Lock lock = second(opened)
                .<Lock>map(second -> lock(plan, second.takingOver(told)))
                .orElseGet(() -> shelf.lock(plan));
        return new Bench(plan, shelf.journal(id), opened.world(), lock, opened.closing());
    }

    private Journal journal(String id, StoredPlan plan, ClusterJournals journals, Consumer<String> told) {
        try {
            if (journals.ids().contains(id)) {
                adopt(id, plan, journals, told);
            }
            return journals.copying(shelf.journal(id), plan);
        } catch (MigrationException e) {
            if (!e.code().equals("JOURNAL-COPY-CORRUPT")) {
                throw e;
            }
            // this machine has a journal of its own, and that one counts
            told.accept(e.getMessage() + "; the journal of this machine counts, and is not copied any more");
            return shelf.journal(id);
        }
    }

    private void adopt(String id, StoredPlan plan, ClusterJournals journals, Consumer<String> told) {
        shelf.adopt(id, plan, journals.lines(id))
                .ifPresent(
                        aside -> told.accept("another machine went on with this migration; what this one had recorded"
                                + " beyond that is in " + aside));
    }

    /**
     * Brings a migration that the cluster knows to this machine, to be gone on with here.
     *
     * @param id empty: the latest
     * @return its id
     */
    public String fetch(ClusterTarget target, Optional<String> id, Consumer<String> told) {
        try (Site.Opened opened = site.open(target)) {
            ClusterJournals journals = journals(opened);
            String found = id(journals, id, target);
            StoredPlan plan = journals.plan(found);
            TargetCheck.require(plan.plan().cluster(), opened.world());
            adopt(found, plan, journals, told);
            return found;
        }
    }

    /** Where a migration stands by what the cluster knows of it; needs to read ConfigMaps and Leases only. */
    public StatusReport status(ClusterTarget target, Optional<String> id) {
        try (Site.Opened opened = site.open(target)) {
            ClusterJournals journals = journals(opened);
            String found = id(journals, id, target);
            return Reports.status(
                    journals.plan(found).plan(),
                    journals.progress(found),
                    lease(opened).holder());
        }
    }

    /** The cluster of a plan, to be looked at and asked by that work; no lock is taken and no journal begun. */
    public <T> T looking(StoredPlan plan, ClusterTarget target, Function<World, T> work) {
        try (Site.Opened opened = open(plan, target, Optional.empty())) {
            TargetCheck.require(plan.plan().cluster(), opened.world());
            return work.apply(opened.world());
        }
    }

    /** The lock in the cluster, until that is closed. */
    public <T> T lease(ClusterTarget target, BiFunction<LeaseLock, Optional<LockHolder>, T> work) {
        try (Site.Opened opened = site.open(target)) {
            LeaseLock lease = lease(opened);
            return work.apply(lease, lease.last());
        }
    }

    private static String id(ClusterJournals journals, Optional<String> given, ClusterTarget target) {
        return given.or(journals::latest)
                .orElseThrow(() -> MigrationException.user(
                        "CLI-NO-MIGRATION",
                        "the cluster " + target + " knows of no migration",
                        "'cnishift apply PLAN' begins one"));
    }

    private ClusterJournals journals(Site.Opened opened) {
        return new ClusterJournals(opened.world().kubernetes(), codec);
    }

    private static LeaseLock lease(Site.Opened opened) {
        return LeaseLock.of(opened.world().kubernetes(), opened.world().time());
    }

    /** The clusters of a plan: the first one, with the second one beside it where there is one. */
    private Site.Opened open(StoredPlan plan, ClusterTarget target, Optional<String> migration) {
        Site.Opened first = site.open(target, migration);
        Optional<Target> beside = plan.plan().second();
        if (beside.isEmpty()) {
            return first;
        }
        try {
            Site.Opened second = site.open(of(beside.get(), target), migration);
            World there = beside.get().made() ? MayBeMissing.world(second.world()) : second.world();
            return new Site.Opened(first.world().beside(there), () -> {
                try {
                    second.close();
                } finally {
                    first.close();
                }
            });
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
    }

    private static ClusterTarget of(Target second, ClusterTarget first) {
        Optional<String> region = Optional.of(second.region()).filter(r -> !r.isEmpty());
        return new ClusterTarget(
                second.name(), first.settings().ofAnotherCluster().inRegion(region), first.probeImage());
    }

    private static ClusterTarget in(String region, ClusterTarget target) {
        return new ClusterTarget(target.name(), target.settings().inRegion(Optional.of(region)), target.probeImage());
    }

    private static void require(StoredPlan plan, Site.Opened opened) {
        TargetCheck.require(plan.plan().cluster(), opened.world());
        plan.plan()
                .second()
                .filter(target -> !target.made())
                .ifPresent(target ->
                        TargetCheck.require(target, opened.world().second().orElseThrow()));
    }

    /** The leases of all clusters of a plan, the first one's first. */
    private static Lock leases(Site.Opened opened) {
        Lock first = lease(opened);
        return second(opened).<Lock>map(second -> Locks.both(first, second)).orElse(first);
    }

    /** The same for a run that goes on, and takes over those that ran out. */
    private static Lock leases(Site.Opened opened, Consumer<String> told) {
        Lock first = lease(opened).takingOver(told);
        return second(opened)
                .<Lock>map(second -> Locks.both(first, second.takingOver(told)))
                .orElse(first);
    }

    private static Optional<LeaseLock> second(Site.Opened opened) {
        return opened.world().second().map(there -> LeaseLock.of(there.kubernetes(), there.time()));
    }

    private Lock lock(StoredPlan plan, Lock lease) {
        return Locks.both(shelf.lock(plan), lease);
    }

    private static Bench orClosed(Site.Opened opened, Supplier<Bench> opening) {
        try {
            return opening.get();
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }
}
