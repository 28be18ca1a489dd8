package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands print, compared with golden files; each fits into 100 columns when it is a table. */
final class OutputGoldenTest {

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "plan-clean-cluster.md, plan --cluster sim:clean-cluster --strategy overlay --set hubble=relay --commands -o markdown",
        "max-pods.txt, max-pods --instance-type t3.medium --instance-type m5.large --instance-type p5.48xlarge",
        "max-pods.json, max-pods --instance-type t3.medium --instance-type t2.medium -o json",
        "max-pods.md, max-pods --instance-type t3.medium -o markdown",
        "strategies.txt, strategies",
        "strategies.json, strategies -o json",
        "explain.txt, explain INS-SUBNET-FULL",
        "explain.json, explain STAY-ROOM -o json",
        "inspect-clean-cluster.txt, inspect --cluster sim:clean-cluster",
        "inspect-govcloud-26.txt, inspect --cluster sim:govcloud-26",
        "inspect-minnie-wallace.txt, inspect --cluster sim:minnie-wallace",
        "inspect-minnie-wallace.md, inspect --cluster sim:minnie-wallace -o markdown",
        "inspect-govcloud-26.json, inspect --cluster sim:govcloud-26 -o json",
    })
    void printsWhatItPrinted(String file, String commandLine) {
        Run run = Run.of(folder, commandLine.split(" "));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        if (file.endsWith(".txt")) {
            assertThat(run.out().lines().filter(line -> line.length() > 100)).isEmpty();
        }
        Golden.compare(
                run.out(),
                Golden.root()
                        .resolve("cli/src/test/resources/io/cnishift/cli/golden")
                        .resolve(file));
    }
}
