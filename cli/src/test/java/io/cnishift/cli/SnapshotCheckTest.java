package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A snapshot that cannot be is refused with file, line and remedy. */
final class SnapshotCheckTest {

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "    subnet: subnet-0ec9b9d4ba91199ee  |    subnet: subnet-gone  | there is no subnet 'subnet-gone'",
                "    node: ip-10-40-8-44.us-gov-west-1.compute.internal|    node: ip-none|there is no node 'ip-none'",
                "  vpcId: vpc-09aa75d68cd307859|  vpcId: vpc-other|the cluster is in vpc-other",
                "    cidr: 10.40.8.80/28|    cidr: 10.99.8.80/28|10.99.8.80/28 is in no CIDR block",
                "    freeAddresses: 3|    freeAddresses: 300|300 free addresses, but 10.40.8.0/26 has 59 usable",
                "    cidr: 10.40.8.80/28|    cidr: 10.40.8.80/33|10.40.8.80/33",
                "    freeAddresses: 3|    freeAdresses: 3|freeAdresses",
                "    freeAddresses: 3|    freeAddresses: three|three",
                "    cidr: 10.40.8.64/28|    cidr: 10.40.8.48/28|10.40.8.48/28 overlaps 10.40.8.0/26 of subnet-",
                "    cidr: 10.40.8.80/28|    cidr: 10.40.8.80/29|10.40.8.80/29 is of a size that EC2 does not make",
                "  serviceCidr: 172.20.0.0/16|  serviceCidr: fd00:ec2::/108|for a cluster of family ipv4",
                "  clusterSecurityGroup: sg-0fe55b7a44fb22754|  clusterSecurityGroup: sg-gone|no security group 'sg-gone'",
                "    maxSize: 5|    maxSize: -5|-5 is no count",
            })
    void refusesWhatCannotBe(String good, String bad, String message) throws IOException {
        String text = scenario();
        assertThat(text).contains(good.stripTrailing());
        String broken = text.replaceFirst(
                java.util.regex.Pattern.quote(good.stripTrailing()),
                java.util.regex.Matcher.quoteReplacement(bad.stripTrailing()));
        Files.writeString(folder.resolve("bad.yaml"), broken);
        int line = broken.substring(0, broken.indexOf(bad.stripTrailing())).split("\n", -1).length;
        Run run = Run.of(folder, "inspect", "--cluster", "bad.yaml");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("bad.yaml:" + line + ":")
                .contains(message)
                .hasLineCount(1);
    }

    @Test
    void namesEveryReasonAndNotOnlyTheFirst() throws IOException {
        String broken = scenario()
                .replaceFirst("freeAddresses: 3", "freeAddresses: 300")
                .replaceFirst("node: ip-10-40-8-44.us-gov-west-1.compute.internal", "node: ip-none");
        Files.writeString(folder.resolve("bad.yaml"), broken);
        Run run = Run.of(folder, "inspect", "--cluster", "bad.yaml");
        assertThat(run.err())
                .contains("300 free addresses")
                .contains("there is no node 'ip-none'")
                .hasLineCount(1);
    }

    @Test
    void findsThePlaceInAFileThatIsNotSorted() throws IOException {
        Run.of(folder, "inspect", "--cluster", "sim:govcloud-26", "--out", "good.json");
        String good = Files.readString(folder.resolve("good.json"));
        int pods = good.indexOf("\"pods\": [");
        int services = good.indexOf("\"services\": [");
        // The first pod of the file is the last one of the snapshot; the last one of the file is the flawed one.
        String section = good.substring(pods, services).replaceFirst("\"namespace\": \"", "\"namespace\": \"zz-");
        int node = section.lastIndexOf("\"node\": \"") + "\"node\": \"".length();
        String bad = good.substring(0, pods)
                + section.substring(0, node)
                + "none-"
                + section.substring(node)
                + good.substring(services);
        Files.writeString(folder.resolve("bad.json"), bad);

        int at = bad.indexOf("\"none-");
        String place = bad.substring(0, at).split("\n", -1).length + ":" + (at - bad.lastIndexOf('\n', at));
        assertThat(Run.of(folder, "inspect", "--cluster", "bad.json").err())
                .contains("bad.json:" + place + ": pods[")
                .contains("there is no node 'none-")
                .contains("pods[0].namespace: there is no namespace 'zz-");
    }

    private static String scenario() throws IOException {
        try (InputStream in = io.cnishift.simulator.scenario.Scenarios.class.getResourceAsStream("govcloud-26.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
