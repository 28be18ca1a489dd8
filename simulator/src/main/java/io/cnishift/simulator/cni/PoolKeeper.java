package io.cnishift.simulator.cni;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.capacity.WarmPoolSettings;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.aws.Interfaces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One node's ipamd at work: a pass looks once at the pool and does at most one growth, one shrinking and one removal of an
 * interface, as updateIPPoolIfRequired does. Source: amazon-vpc-cni-k8s pkg/ipamd/ipamd.go.
 *
 * <ul>
 *   <li>growth: fill the first interface that has room, else attach another one; never at max-pods, nor on a cordoned node
 *       (AWS_MANAGE_ENIS_NON_SCHEDULABLE), nor for 120 s after the subnet refused;
 *   <li>shrinking at most every 30 s; interfaces stay for at least a minute.
 * </ul>
 */
final class PoolKeeper implements NodePool {

    private static final Duration SHRINK_EVERY = Duration.ofSeconds(30);
    private static final Duration YOUNGEST = Duration.ofMinutes(1);
    private static final Duration REFUSED_FOR = Duration.ofMinutes(2);

    private final Kernel kernel;
    private final String node;
    private final EniPool pool;
    private final Map<String, String> env;
    private final WarmPoolSettings settings;
    private final boolean prefixes;
    private final Interfaces ec2;
    private Instant lastShrink = Instant.MIN;
    private Instant refusedUntil = Instant.MIN;
    private boolean acted;

    PoolKeeper(Kernel kernel, String node, EniPool pool, Map<String, String> env) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        this.node = Objects.requireNonNull(node, "node");
        this.pool = Objects.requireNonNull(pool, "pool");
        this.env = Map.copyOf(env);
        settings = WarmPoolSettings.fromEnv(env);
        prefixes = settings.prefixDelegation() && pool.limits().prefixCapable();
        ec2 = new Interfaces(Cloud.of(kernel));
    }

    @Override
    public Optional<EniPool.Lease> lease() {
        return pool.lease(settings.customNetworking(), prefixes, now());
    }

    /** In the mode that is in force. */
    @Override
    public boolean holdsAny() {
        return targets().total() > 0;
    }

    @Override
    public void cool(String address) {
        pool.cool(address, now());
    }

    @Override
    public Optional<Instant> pass() {
        acted = false;
        dropOtherMode();
        dropExcluded();
        WarmTargets targets = targets();
        if (targets.missing() > 0) {
            grow(targets);
        } else if (targets.surplus() > 0 && !now().isBefore(after(lastShrink, SHRINK_EVERY))) {
            shrink(targets.surplus());
        }
        removeOne(targets());
        return acted ? Optional.of(now()) : nextLook();
    }

    private Optional<Instant> nextLook() {
        List<Instant> times = new ArrayList<>();
        pool.coolUntil(now()).ifPresent(times::add);
        WarmTargets targets = targets();
        if (targets.missing() > 0 && refusedUntil.isAfter(now())) {
            times.add(refusedUntil);
        }
        if (targets.surplus() > 0 && lastShrink.isAfter(Instant.MIN)) {
            times.add(lastShrink.plus(SHRINK_EVERY));
        }
        pool.attached().stream()
                .map(i -> pool.attachedAt(i.id()))
                .filter(at -> at.isAfter(Instant.MIN))
                .map(at -> at.plus(YOUNGEST))
                .forEach(times::add);
        return times.stream().filter(t -> t.isAfter(now())).min(Instant::compareTo);
    }

    private void grow(WarmTargets targets) {
        if (targets.total() >= maxPods() || cordoned() || refusedUntil.isAfter(now())) {
            return;
        }
        for (NetworkInterface networkInterface : pool.usable(settings.customNetworking())) {
            int room = pool.room(networkInterface);
            if (room > 0) {
                fill(networkInterface, Math.min(room, targets.missing()));
                return;
            }
        }
        attach(targets.missing());
    }

    private void fill(NetworkInterface networkInterface, int wanted) {
        // what the subnet cannot give at once is tried again with one, as tryAssignIPs does
        boolean got = add(networkInterface, wanted) || (wanted > 1 && add(networkInterface, 1));
        acted = got;
        refused(!got);
    }

    private boolean add(NetworkInterface networkInterface, int count) {
        return prefixes ? ec2.addPrefixes(networkInterface, count) : ec2.addAddresses(networkInterface, count);
    }

    private void attach(int missing) {
        List<NetworkInterface> all = pool.attached();
        int most = Math.min(
                settings.maxEni().orElse(pool.limits().enis()), pool.limits().enis());
        boolean trunk = all.stream().anyMatch(i -> i.type().equals("trunk"));
        if (all.size() >= most - (settings.podEni() && !trunk ? 1 : 0) || all.isEmpty()) {
            return;
        }
        Optional<PodSubnet> where = PodSubnet.of(kernel, node, all.get(0), env);
        int units = Math.min(pool.limits().slotsPerEni(), missing);
        Optional<NetworkInterface> made = where.flatMap(w -> ec2.create(new Interfaces.Wanted(
                w.subnet(),
                "interface",
                "aws-K8S-" + pool.instance().id(),
                Optional.of(pool.instance().id()),
                prefixes ? 0 : units,
                prefixes ? units : 0,
                w.securityGroups())));
        made.ifPresent(i -> pool.attachedAt(i.id(), now()));
        acted = made.isPresent();
        refused(made.isEmpty());
    }

    private void refused(boolean refused) {
        if (refused) {
            refusedUntil = now().plus(REFUSED_FOR);
        }
    }

    private void shrink(int surplus) {
        int left = surplus;
        for (NetworkInterface networkInterface : reversed(pool.usable(settings.customNetworking()))) {
            if (prefixes) {
                List<Cidr> going = first(freePrefixes(networkInterface, true), left);
                ec2.release(networkInterface, List.of(), going);
                left -= going.size();
            } else {
                List<String> going = first(freeAddresses(networkInterface), left);
                ec2.release(networkInterface, going, List.of());
                left -= going.size();
            }
            if (left == 0) {
                break;
            }
        }
        acted = left < surplus;
        lastShrink = now();
    }

    private void removeOne(WarmTargets targets) {
        if (!targets.interfacesToSpare()) {
            return;
        }
        Set<String> given = pool.given();
        for (NetworkInterface networkInterface : reversed(pool.usable(settings.customNetworking()))) {
            int units = prefixes
                    ? networkInterface.prefixes().size()
                    : EniPool.addresses(networkInterface, false).size();
            boolean idle = EniPool.addresses(networkInterface, prefixes).stream()
                            .allMatch(a -> pool.freeable(a, given, now()))
                    && EniPool.addresses(networkInterface, !prefixes).stream().noneMatch(given::contains);
            boolean old = !pool.attachedAt(networkInterface.id()).isAfter(now().minus(YOUNGEST));
            if (idle && old && !pool.primary(networkInterface) && targets.without(units)) {
                ec2.delete(networkInterface.id());
                acted = true;
                return;
            }
        }
    }

    /** After a change of mode ipamd gives back what the other mode left free. */
    private void dropOtherMode() {
        for (NetworkInterface networkInterface : pool.usable(settings.customNetworking())) {
            if (prefixes && !freeAddresses(networkInterface).isEmpty()) {
                ec2.release(networkInterface, freeAddresses(networkInterface), List.of());
                acted = true;
            } else if (!prefixes && !freePrefixes(networkInterface, true).isEmpty()) {
                ec2.release(networkInterface, List.of(), freePrefixes(networkInterface, true));
                acted = true;
            }
        }
    }

    /** An interface in a subnet that is kept off goes once no pod has an address of it. */
    private void dropExcluded() {
        if (settings.customNetworking()) {
            return;
        }
        Set<String> given = pool.given();
        pool.excluded().stream()
                .filter(i -> Stream.of(true, false)
                        .flatMap(mode -> EniPool.addresses(i, mode).stream())
                        .allMatch(a -> pool.freeable(a, given, now())))
                .findFirst()
                .ifPresent(i -> {
                    ec2.delete(i.id());
                    acted = true;
                });
    }

    private WarmTargets targets() {
        Set<String> given = pool.given();
        int total = 0;
        int used = 0;
        int free = 0;
        for (NetworkInterface networkInterface : pool.usable(settings.customNetworking())) {
            List<String> addresses = EniPool.addresses(networkInterface, prefixes);
            total += addresses.size();
            used += (int) addresses.stream().filter(given::contains).count();
            free += freePrefixes(networkInterface, false).size();
        }
        int unit = prefixes ? EniPool.PREFIX : 1;
        return new WarmTargets(settings, total, used, free, pool.limits().slotsPerEni(), unit);
    }

    private List<String> freeAddresses(NetworkInterface networkInterface) {
        Set<String> given = pool.given();
        return EniPool.addresses(networkInterface, false).stream()
                .filter(a -> pool.freeable(a, given, now()))
                .toList();
    }

    private List<Cidr> freePrefixes(NetworkInterface networkInterface, boolean cooled) {
        Set<String> given = pool.given();
        return networkInterface.prefixes().stream()
                .filter(p -> EniPool.addresses(p).stream()
                        .allMatch(a -> cooled ? pool.freeable(a, given, now()) : !given.contains(a)))
                .toList();
    }

    private boolean cordoned() {
        Map<String, Object> tree = kernel.objects().get("Node", "", node).orElse(Map.of());
        return Tree.flag(tree, "spec", "unschedulable")
                && !env.getOrDefault("AWS_MANAGE_ENIS_NON_SCHEDULABLE", "false").equalsIgnoreCase("true");
    }

    private int maxPods() {
        Map<String, Object> tree = kernel.objects().get("Node", "", node).orElse(Map.of());
        return Tree.text(tree, "status", "capacity", "pods")
                .map(Integer::parseInt)
                .orElse(Integer.MAX_VALUE);
    }

    private Instant now() {
        return kernel.clock().now();
    }

    private static Instant after(Instant time, Duration duration) {
        return time.isAfter(Instant.MIN) ? time.plus(duration) : time;
    }

    private static <T> List<T> first(List<T> all, int count) {
        return all.subList(0, Math.min(count, all.size()));
    }

    private static <T> List<T> reversed(List<T> all) {
        List<T> copy = new ArrayList<>(all);
        Collections.reverse(copy);
        return copy;
    }
}
