package io.cnishift.simulator.cni;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * ipamd in an IPv6 cluster: one /80 on the primary interface, from which all pods of the node get their addresses. It is assigned once, when
 * ipamd starts, and never grows or shrinks. Where EC2 refuses it ipamd goes on without any, and says that it is ready. Source:
 * amazon-vpc-cni-k8s pkg/ipamd/ipamd.go setupENI, nodeInit, StartNodeIPPoolManager.
 */
final class Ipv6Pool implements NodePool {

    private static final String SWITCH = "ENABLE_IPv6";
    private static final int PREFIX = 80;

    private final Kernel kernel;
    private final EniPool pool;
    private final Optional<Cidr> block;

    Ipv6Pool(Kernel kernel, EniPool pool) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
        this.pool = Objects.requireNonNull(pool, "pool");
        block = Ipv6Rights.given(kernel) ? assigned() : Optional.empty();
    }

    /** Whether aws-node with that environment gives IPv6 addresses. */
    static boolean on(Map<String, String> env) {
        return "true".equals(env.get(SWITCH));
    }

    /** A block of the subnet that no other interface has, since none has the same IPv4 address. */
    private Optional<Cidr> assigned() {
        return pool.attached().stream()
                .filter(pool::primary)
                .map(NetworkInterface::subnet)
                .findFirst()
                .flatMap(id -> Cloud.of(kernel).view().subnet(id))
                .flatMap(this::within);
    }

    private Optional<Cidr> within(Subnet subnet) {
        long number = subnet.cidr().offsetOf(pool.instance().privateAddress());
        return subnet.ipv6().map(ipv6 -> ipv6.cidr().nth(PREFIX, number));
    }

    @Override
    public Optional<EniPool.Lease> lease() {
        Set<String> given = pool.given();
        Instant now = kernel.clock().now();
        return block.map(all -> LongStream.iterate(0, n -> n + 1)
                        .mapToObj(all::address)
                        .filter(address -> pool.freeable(address, given, now))
                        .findFirst()
                        .orElseThrow())
                .map(address -> new EniPool.Lease(address, false));
    }

    @Override
    public boolean holdsAny() {
        return block.isPresent();
    }

    @Override
    public void cool(String address) {
        pool.cool(address, kernel.clock().now());
    }

    @Override
    public Optional<Instant> pass() {
        return Optional.empty();
    }
}
