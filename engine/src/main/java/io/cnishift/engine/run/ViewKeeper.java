package io.cnishift.engine.run;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.CarryObject;
import io.cnishift.api.act.OnSecond;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.ViewFeed;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.TimeSource;
import io.cnishift.engine.fact.ActSubject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps one view up to date: it is patched and never rebuilt.
 *
 * <ol>
 *   <li>A part is followed once: its port is asked to watch it, then it is read whole. Changes that the watch brings
 *       meanwhile wait in a queue, so that none is lost between the two.
 *   <li>Parts that no watch feeds are read again when somebody wants them and they are older than {@link MaxAge}. What a
 *       reading no longer holds is gone, unless the reading says that it could not see all.
 *   <li>A part that could not be read is unknown, is not changed, and is tried again.
 *   <li>The same parts of a second cluster are kept by a keeper of its own, and count as one with them. Of one that a plan has
 *       yet to make nothing is read but whether it is there, and nothing of it is unknown.
 * </ol>
 *
 * Used by the thread of the run; only the queue is filled by others.
 */
final class ViewKeeper {

    private static final Duration RETRY_UNKNOWN = Duration.ofSeconds(15);

    private final ViewFeed feed = new ViewFeed();
    private final Queue<Change> arrived = new ConcurrentLinkedQueue<>();
    private final Map<Part, Instant> readAt = new EnumMap<>(Part.class);
    private final Map<Part, List<Unknown>> unknown = new EnumMap<>(Part.class);
    private final Set<Part> expired = EnumSet.noneOf(Part.class);
    private final Set<Part> fed = EnumSet.noneOf(Part.class);
    private final Map<Part, Long> changed = new EnumMap<>(Part.class);
    private final List<ChangeSink> sinks = new ArrayList<>();
    private final Ports ports;
    private final TimeSource time;
    private final Sightings sightings;
    private final Optional<SecondKeeper> second;
    private final Runnable between;
    private long changes;

    /** @param between what must not wait for the end of a long reading, such as renewing the lock */
    ViewKeeper(Ports ports, TimeSource time, Runnable between) {
        this.ports = ports;
        this.time = time;
        this.between = between;
        this.sightings = new Sightings(feed.view());
        this.second = ports.second().map(there -> new SecondKeeper(new ViewKeeper(there, time, between)));
        second.ifPresent(there -> {
            feed.second(there.keeper().view());
            there.keeper().tell((change, at) -> counted(change.part()));
        });
    }

    View view() {
        return feed.view();
    }

    /** Notes an act that was done, so that {@link #unseen} tells until the view shows it. */
    void performed(Act act, ActResult.Performed result) {
        if (second.isPresent() && (act instanceof OnSecond || act instanceof CarryObject)) {
            second.get().keeper().noted(inside(act), result);
        } else {
            noted(act, result);
        }
    }

    private static Act inside(Act act) {
        return act instanceof OnSecond on ? on.act() : act;
    }

    private void noted(Act act, ActResult.Performed result) {
        boolean shown =
                ActSubject.of(act).filter(s -> readAt.containsKey(s.part())).isPresent();
        if (shown) {
            sightings.performed(act, result, time.now());
        }
    }

    /**
     * An earlier act on the object of this one that the view does not show yet. Its part is read again: at once where no
     * watch feeds it, else when the sighting is overdue.
     */
    Optional<Sightings.Unseen> unseen(Act act) {
        return second.isPresent() && (act instanceof OnSecond || act instanceof CarryObject)
                ? second.get().keeper().notShown(inside(act))
                : notShown(act);
    }

    private Optional<Sightings.Unseen> notShown(Act act) {
        Optional<Sightings.Unseen> unseen = sightings.before(act);
        unseen.ifPresent(u -> {
            Part part = ActSubject.of(act).orElseThrow().part();
            Duration wait = fed.contains(part) ? Sightings.PATIENCE : Sightings.SETTLE;
            if (!time.now().isBefore(u.at().plus(wait))) {
                expired.add(part);
            }
        });
        return unseen;
    }

    /** Tells this sink of every change from now on. */
    void tell(ChangeSink sink) {
        sinks.add(sink);
    }

    /** Tells this sink of every change in the second cluster, where there is one. */
    void tellOfSecond(ChangeSink sink) {
        second.ifPresent(there -> there.keeper().tell(sink));
    }

    /** Brings these parts in and keeps them. */
    void follow(Set<Part> parts) {
        Set<Part> fresh = EnumSet.noneOf(Part.class);
        parts.stream().filter(p -> !readAt.containsKey(p)).forEach(fresh::add);
        bySource(fresh).forEach((source, theirs) -> {
            fed.addAll(ports.of(source).watch(theirs, arrived::add));
            read(source, theirs);
        });
        drain();
        second.ifPresent(there -> there.follow(parts));
    }

    /** Takes what has arrived, and reads again what these parts want and is too old. */
    void refresh(Set<Part> wanted) {
        drain();
        if (!onlyFed(wanted)) {
            readDue(wanted);
        }
        second.ifPresent(there -> there.refresh(wanted));
    }

    private void readDue(Set<Part> wanted) {
        Instant now = time.now();
        Set<Part> due = EnumSet.noneOf(Part.class);
        wanted.stream().filter(p -> !dueAt(p).isAfter(now)).forEach(due::add);
        due.addAll(expired);
        expired.clear();
        bySource(due).forEach(this::read);
    }

    /** Whether watches bring all of these parts, so that none of them is ever due: the loop asks at every step of the clock. */
    private boolean onlyFed(Set<Part> wanted) {
        return expired.isEmpty() && unknown.isEmpty() && fed.containsAll(wanted);
    }

    /** When the first of these parts has to be read again. */
    Instant nextRefresh(Set<Part> wanted) {
        Instant here = onlyFed(wanted) ? Instant.MAX : nextReading(wanted);
        Instant there = second.map(s -> s.nextRefresh(wanted)).orElse(Instant.MAX);
        return here.isBefore(there) ? here : there;
    }

    private Instant nextReading(Set<Part> wanted) {
        return !expired.isEmpty()
                ? time.now()
                : wanted.stream().map(this::dueAt).min(Instant::compareTo).orElse(Instant.MAX);
    }

    /** The changes taken so far, as a mark to ask {@link #changed} about. */
    long mark() {
        return changes;
    }

    /** Whether any of these parts has changed since that mark. */
    boolean changed(Set<Part> parts, long mark) {
        if (changes <= mark) {
            return false;
        }
        for (Part part : parts) {
            if (changed.getOrDefault(part, 0L) > mark) {
                return true;
            }
        }
        return false;
    }

    /** Forgets all that it keeps but for these parts, and keeps it no longer. */
    void forget(Set<Part> butFor) {
        Set<Part> gone = EnumSet.noneOf(Part.class);
        readAt.keySet().stream().filter(p -> !butFor.contains(p)).forEach(gone::add);
        gone.forEach(part -> dropAllBut(part, Set.of(), time.now()));
        readAt.keySet().removeAll(gone);
        unknown.keySet().removeAll(gone);
    }

    /** What could not be read of these parts. */
    List<Unknown> unknown(Set<Part> parts) {
        if (unknown.isEmpty() && second.isEmpty()) {
            return List.of();
        }
        List<Unknown> all = new ArrayList<>();
        parts.forEach(p -> all.addAll(unknown.getOrDefault(p, List.of())));
        second.ifPresent(there -> there.keeper()
                .unknown(parts)
                .forEach(u -> all.add(
                        new Unknown(u.part(), u.subject() + " of the second cluster", u.reason(), u.remedy()))));
        return all;
    }

    private void counted(Part part) {
        changes++;
        changed.put(part, changes);
    }

    private Instant dueAt(Part part) {
        Instant at = readAt.getOrDefault(part, Instant.MAX);
        if (at.equals(Instant.MAX)) {
            return at;
        }
        if (unknown.containsKey(part)) {
            return at.plus(RETRY_UNKNOWN);
        }
        return fed.contains(part) ? Instant.MAX : at.plus(MaxAge.of(part));
    }

    private static Map<Part.Source, Set<Part>> bySource(Collection<Part> parts) {
        Map<Part.Source, Set<Part>> by = new EnumMap<>(Part.Source.class);
        parts.forEach(p ->
                by.computeIfAbsent(p.source(), s -> EnumSet.noneOf(Part.class)).add(p));
        return by;
    }

    private void drain() {
        Instant now = time.now();
        for (Change change = arrived.poll(); change != null; change = arrived.poll()) {
            take(change, now);
        }
    }

    private void read(Part.Source source, Set<Part> parts) {
        try {
            apply(parts, ports.of(source).read(parts, between));
            between.run();
        } catch (MigrationException e) {
            if (e.disposition() != Disposition.RETRY) {
                throw e;
            }
            for (Part part : parts) {
                unknown.put(
                        part,
                        List.of(new Unknown(
                                part, part.toString(), Objects.toString(e.getMessage(), e.code()), e.remedy())));
                readAt.put(part, time.now());
            }
        }
    }

    private void apply(Set<Part> parts, Reading reading) {
        Instant now = time.now();
        Set<Part> partial = EnumSet.noneOf(Part.class);
        reading.unknown().forEach(u -> partial.add(u.part()));
        Map<Part, Set<String>> keys = new EnumMap<>(Part.class);
        for (Resource resource : reading.resources()) {
            keys.computeIfAbsent(resource.part(), p -> new HashSet<>()).add(resource.key());
            take(Change.of(resource), now);
        }
        for (Part part : parts) {
            if (partial.contains(part)) {
                unknown.put(
                        part,
                        reading.unknown().stream().filter(u -> u.part() == part).toList());
            } else {
                unknown.remove(part);
                dropAllBut(part, keys.getOrDefault(part, Set.of()), now);
            }
            readAt.put(part, now);
        }
        sightings.reread(parts);
    }

    private void dropAllBut(Part part, Set<String> keys, Instant now) {
        view().all(part, Resource.class).stream()
                .map(Resource::key)
                .filter(key -> !keys.contains(key))
                .toList()
                .forEach(key -> take(Change.gone(part, key), now));
    }

    private void take(Change change, Instant now) {
        sightings.accept(change);
        Optional<Resource> before = view().get(change.part(), Resource.class, change.key());
        if (!Sightings.anotherVersion(change, before) && before.equals(change.now())) {
            return;
        }
        feed.apply(change);
        counted(change.part());
        for (ChangeSink sink : sinks) {
            sink.accept(change, now);
        }
    }
}
