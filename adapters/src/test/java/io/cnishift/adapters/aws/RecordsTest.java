package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cnishift.api.act.ChangeRecords;
import io.cnishift.api.cluster.DnsRecord;
import io.cnishift.api.cluster.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RecordsTest {

    private static final String ZONES = "<ListHostedZonesResponse><HostedZones><HostedZone><Id>/hostedzone/Z1</Id>"
            + "<Name>shop.example.</Name></HostedZone></HostedZones><IsTruncated>false</IsTruncated></ListHostedZonesResponse>";
    private static final String ALIAS = "<ResourceRecordSet><Name>www.shop.example.</Name><Type>A</Type><AliasTarget>"
            + "<HostedZoneId>ZELB</HostedZoneId><DNSName>dualstack.one.eu-central-1.elb.amazonaws.com.</DNSName>"
            + "<EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget></ResourceRecordSet>";
    private static final String MAIL = "<ResourceRecordSet><Name>shop.example.</Name><Type>MX</Type><TTL>300</TTL>"
            + "<ResourceRecords><ResourceRecord><Value>10 mail</Value></ResourceRecord></ResourceRecords></ResourceRecordSet>";
    private static final String BESIDE = "<ResourceRecordSet><Name>api.shop.example.</Name><Type>CNAME</Type>"
            + "<SetIdentifier>away</SetIdentifier><Weight>10</Weight><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>"
            + "elsewhere.example</Value></ResourceRecord></ResourceRecords></ResourceRecordSet>";
    private static final String HERE =
            BESIDE.replace("away", "here").replace("elsewhere.example", "two.eu-central-1.elb.amazonaws.com");

    private final StubAws aws = new StubAws();

    @AfterEach
    void close() {
        aws.close();
    }

    private static String sets(String... sets) {
        return "<ListResourceRecordSetsResponse><ResourceRecordSets>" + String.join("", sets)
                + "</ResourceRecordSets><IsTruncated>false</IsTruncated></ListResourceRecordSetsResponse>";
    }

    @Test
    void readsNamesThatLeadToLoadBalancersWithWhatElseAnswersToThem() {
        aws.on("route53:ListHostedZones", StubAws.ok(ZONES))
                .on("route53:ListResourceRecordSets", StubAws.ok(sets(ALIAS, MAIL, BESIDE, HERE)));
        MockAws reader = new MockAws(aws.names());
        List<DnsRecord> read = MockAws.all(reader.read(Part.DNS_RECORDS), DnsRecord.class);
        assertThat(read)
                .extracting(DnsRecord::key)
                .containsExactlyInAnyOrder(
                        "Z1/www.shop.example/A", "Z1/api.shop.example/CNAME/away", "Z1/api.shop.example/CNAME/here");
        DnsRecord alias = read.get(0);
        assertThat(alias.leadsTo("one.eu-central-1.elb.amazonaws.com")).isTrue();
        assertThat(alias.routing()).isEqualTo("simple");
        assertThat(alias.cachedSeconds()).isEqualTo(60);
    }

    @Test
    void aBatchThatRemovesIsSentOnce() {
        aws.on("route53:ChangeResourceRecordSets", StubAws.error(503, "ServiceUnavailable", "oops"));
        DnsRecord simple = new DnsRecord(
                "Z1",
                "www.shop.example",
                "CNAME",
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.of(300),
                List.of("one.elb.amazonaws.com"),
                Optional.empty(),
                "simple");
        ChangeRecords act = new ChangeRecords(
                "Z1",
                "www.shop.example",
                List.of(simple),
                List.of(
                        simple.weighted("blue", 95, "one.elb.amazonaws.com"),
                        simple.weighted("green", 5, "two.elb.amazonaws.com")));
        assertThatThrownBy(() -> aws.port().perform(act));
        assertThat(aws.asked("route53:ChangeResourceRecordSets")).hasSize(1);
    }

    @Test
    void tellsWhatStoodThere() {
        aws.on("route53:ListResourceRecordSets", StubAws.ok(sets(ALIAS, MAIL)));
        ChangeRecords act = new ChangeRecords("Z1", "www.shop.example", List.of(), List.of());
        Map<String, Object> before = aws.port().before(act);
        assertThat(act.inverse(before))
                .hasValueSatisfying(back -> assertThat(((ChangeRecords) back).put())
                        .singleElement()
                        .satisfies(
                                r -> assertThat(r.alias().orElseThrow().zone()).isEqualTo("ZELB")));
    }
}
