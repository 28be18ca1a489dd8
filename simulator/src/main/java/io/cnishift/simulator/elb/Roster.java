package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.simulator.elb.TargetGroups.Member;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The targets of a group by who they are, kept up with one state of the group after the other. Most of a state is what it was before, the
 * same objects at both ends of the list: only what is between them is looked at.
 */
final class Roster {

    private final Map<Member, Entry> entries = new HashMap<>();
    private List<Target> targets = List.of();
    private long last;

    /** Hears what became of a member. */
    @FunctionalInterface
    interface Listener {
        /**
         * It came, has another health or place, or left.
         *
         * @param now empty when it has left
         */
        void changed(Member member, Optional<Target> now);
    }

    private static final class Entry {
        private Target target;
        private long order;

        private Entry(Target target, long order) {
            this.target = target;
            this.order = order;
        }
    }

    /** The group has these targets now: the listener hears of those that came, went or became others. */
    @SuppressWarnings("ReferenceEquality")
    void take(List<Target> now, Listener listener) {
        if (now == targets) {
            return;
        }
        List<Target> before = targets;
        int most = Math.min(before.size(), now.size());
        int head = 0;
        while (head < most && before.get(head) == now.get(head)) {
            head++;
        }
        int tail = 0;
        while (tail < most - head && before.get(before.size() - 1 - tail) == now.get(now.size() - 1 - tail)) {
            tail++;
        }
        targets = now;
        List<Target> were = before.subList(head, before.size() - tail);
        List<Target> are = now.subList(head, now.size() - tail);
        left(were, are, listener);
        came(are, listener);
        if (tail > 0) {
            inOrder(head + are.size());
        }
    }

    private void left(List<Target> were, List<Target> are, Listener listener) {
        Set<Member> stay = new HashSet<>();
        are.forEach(t -> stay.add(Member.of(t)));
        for (Target target : were) {
            Member member = Member.of(target);
            if (!stay.contains(member)) {
                entries.remove(member);
                listener.changed(member, Optional.empty());
            }
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private void came(List<Target> are, Listener listener) {
        long order = -1;
        for (Target target : are) {
            Member member = Member.of(target);
            @Nullable Entry entry = entries.get(member);
            boolean same = entry != null && entry.target == target;
            if (entry == null) {
                entry = new Entry(target, ++last);
                entries.put(member, entry);
            }
            entry.target = target;
            if (entry.order < order) {
                entry.order = ++last;
            }
            order = entry.order;
            if (!same) {
                listener.changed(member, Optional.of(target));
            }
        }
    }

    /** Targets come at the end of a group; in one that somebody has put in another order all are counted anew. */
    private void inOrder(int from) {
        if (from == 0 || order(targets.get(from - 1)) < order(targets.get(from))) {
            return;
        }
        for (Target target : targets) {
            entry(target).order = ++last;
        }
    }

    private Entry entry(Target target) {
        return Optional.ofNullable(entries.get(Member.of(target))).orElseThrow();
    }

    private long order(Target target) {
        return entry(target).order;
    }

    /** A member as it stands in the group. */
    Optional<Target> find(Member member) {
        return Optional.ofNullable(entries.get(member)).map(e -> e.target);
    }

    /** All targets, in their order. */
    List<Target> all() {
        return targets;
    }

    /** Grows from one target of the group to the next, whoever comes or goes. */
    long order(Member member) {
        Entry entry = entries.get(member);
        return entry == null ? Long.MAX_VALUE : entry.order;
    }
}
