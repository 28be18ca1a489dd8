package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.TargetGroup.Target;
import io.cnishift.simulator.elb.TargetGroups.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A binding with the group that it binds, and who of both is to be looked at: who came there or went, or should have. All
 * others are in order.
 */
final class Bound {

    private final Roster there = new Roster();
    private final Set<Member> open = new LinkedHashSet<>();
    private final Set<String> instances = new HashSet<>();
    private List<Member> pods = List.of();
    private Map<String, Object> binding = Map.of();
    private Map<String, Object> port = Map.of();
    private Map<String, Object> service = Map.of();
    private String name = "";
    private Optional<Map<String, Object>> found = Optional.empty();

    /** The port of a Service by its number or name, found once for each version of the Service. */
    @SuppressWarnings("ReferenceEquality")
    Optional<Map<String, Object>> port(Map<String, Object> of, String called) {
        if (of != service || !called.equals(name)) {
            service = of;
            name = called;
            found = ServicePorts.find(of, called);
        }
        return found;
    }

    /** Whether this binding, to that port, is not the one of last time. */
    boolean isNew(Map<String, Object> bindingNow, Map<String, Object> portNow) {
        boolean same = bindingNow.equals(binding) && portNow.equals(port);
        binding = bindingNow;
        port = portNow;
        return !same;
    }

    /** The state of the group. */
    void group(TargetGroup group) {
        there.take(group.targets(), (member, now) -> open.add(member));
    }

    /** Looks at all who are in the group, and at these. */
    void lookAtAll(Collection<Member> others) {
        there.all().forEach(t -> open.add(Member.of(t)));
        open.addAll(others);
    }

    /** The pods that should be in the group. */
    void pods(List<Member> now) {
        if (!now.equals(pods)) {
            open.addAll(pods);
            open.addAll(now);
            pods = now;
        }
    }

    /** An instance is a target from now on, or none any more. */
    void instance(String id) {
        instances.add(id);
    }

    /** The port of the instances that should be in the group. */
    void nodePort(int number) {
        instances.forEach(id -> open.add(new Member(id, number)));
        instances.clear();
    }

    /** Whether nobody is to be looked at. */
    boolean still() {
        return open.isEmpty();
    }

    /** Who should be in the group and is not, in that order; to be looked at again. */
    List<Member> missing(Predicate<Member> wanted, Comparator<Member> order) {
        List<Member> missing = new ArrayList<>();
        for (Member member : open) {
            if (wanted.test(member) && !serves(member)) {
                missing.add(member);
            }
        }
        missing.sort(order);
        return missing;
    }

    /** Who is in the group and should not, in the order of the group. */
    List<Member> surplus(Predicate<Member> wanted) {
        List<Member> surplus = new ArrayList<>();
        for (Member member : open) {
            if (!wanted.test(member) && serves(member)) {
                surplus.add(member);
            }
        }
        surplus.sort(Comparator.comparingLong(there::order));
        return surplus;
    }

    private boolean serves(Member member) {
        Optional<Target> target = there.find(member);
        return target.isPresent() && !TargetGroups.draining(target.get());
    }

    /** All have been looked at; these have to be again. */
    void looked(List<Member> missing, List<Member> surplus) {
        open.clear();
        open.addAll(missing);
        open.addAll(surplus);
    }
}
