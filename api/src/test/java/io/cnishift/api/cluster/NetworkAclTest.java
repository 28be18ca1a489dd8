package io.cnishift.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.NetworkAcl.Rule;
import io.cnishift.api.cluster.NetworkAcl.Traffic;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NetworkAclTest {

    private static final Cidr PODS = Cidr.parse("100.64.0.0/16");
    private static final Traffic HIGH = new Traffic("tcp", 1024, 65535);
    private static final Traffic HTTPS = new Traffic("tcp", 443, 443);

    private static NetworkAcl acl(Rule... rules) {
        return new NetworkAcl("acl-1", true, List.of(), List.of(rules));
    }

    private static Rule in(int number, boolean allow, String protocol, int from, int to, String peer) {
        return new Rule(number, false, allow, protocol, from, to, peer);
    }

    @Test
    void theFirstRuleThatMatchesDecidesAndWithoutOneNothingPasses() {
        Rule all = in(200, true, "-1", -1, -1, "0.0.0.0/0");
        Rule deny = in(100, false, "tcp", 443, 443, "0.0.0.0/0");

        assertThat(acl(all).admits(HTTPS, PODS)).isTrue();
        assertThat(acl(all, deny).admits(HTTPS, PODS)).isFalse();
        assertThat(acl(all, deny).admits(HIGH, PODS)).isTrue();
        assertThat(acl(in(100, true, "tcp", 443, 443, "0.0.0.0/0"), in(200, false, "-1", -1, -1, "0.0.0.0/0"))
                        .admits(HTTPS, PODS))
                .isTrue();
        assertThat(acl().admits(HTTPS, PODS)).isFalse();
    }

    @Test
    void bothDirectionsHaveRulesOfTheirOwn() {
        NetworkAcl in = acl(in(100, true, "-1", -1, -1, "0.0.0.0/0"));

        assertThat(in.letsOut(HTTPS, PODS)).isFalse();
        assertThat(acl(new Rule(100, true, true, "-1", -1, -1, "0.0.0.0/0")).letsOut(HTTPS, PODS))
                .isTrue();
    }

    @Test
    void allOfTheBlockAndAllOfThePortsMustPass() {
        assertThat(acl(in(100, true, "-1", -1, -1, "100.64.0.0/17")).admits(HTTPS, PODS))
                .isFalse();
        assertThat(acl(in(100, true, "tcp", 1024, 40000, "0.0.0.0/0")).admits(HIGH, PODS))
                .isFalse();
        assertThat(acl(in(100, true, "tcp", 1024, 40000, "0.0.0.0/0"), in(101, true, "tcp", 40001, 65535, "0.0.0.0/0"))
                        .admits(HIGH, PODS))
                .isTrue();
        assertThat(acl(in(90, false, "tcp", 3389, 3389, "100.64.9.0/24"), in(100, true, "-1", -1, -1, "0.0.0.0/0"))
                        .admits(HIGH, PODS))
                .isFalse();
    }

    @Test
    void otherProtocolsAndIpv6SayNothing() {
        assertThat(acl(in(100, true, "udp", 443, 443, "0.0.0.0/0"), in(101, true, "-1", -1, -1, "::/0"))
                        .admits(HTTPS, PODS))
                .isFalse();
        assertThat(acl(in(50, false, "-1", -1, -1, "::/0"), in(100, true, "6", -1, -1, "0.0.0.0/0"))
                        .admits(HTTPS, PODS))
                .isFalse();
    }
}
