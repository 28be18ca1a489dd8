package io.cnishift.cli.command;

import io.cnishift.api.capacity.CalculatorFlags;
import io.cnishift.api.port.MigrationException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of AWS's max-pods-calculator.sh, by their own names. */
final class CalculatorOptions {

    @Option(names = "--cni-version", paramLabel = "VERSION", description = "Version of the VPC CNI, such as 1.18.0.")
    private String version = "1.20.4";

    @Option(names = "--cni-max-eni", paramLabel = "N", description = "The VPC CNI's MAX_ENI.")
    private @Nullable Integer maxEni;

    @Option(names = "--cni-prefix-delegation-enabled", description = "With /28 prefixes.")
    private boolean prefixes;

    @Option(names = "--cni-custom-networking-enabled", description = "With custom networking.")
    private boolean custom;

    @Option(names = "--show-max-allowed", description = "Without the cap of 110 or 250.")
    private boolean uncapped;

    CalculatorFlags flags() {
        OptionalInt most = maxEni == null ? OptionalInt.empty() : OptionalInt.of(maxEni);
        try {
            return new CalculatorFlags(version, most, prefixes, custom, uncapped);
        } catch (IllegalArgumentException e) {
            throw MigrationException.user("CLI-USAGE", "max-pods: " + e.getMessage(), "see 'cnishift max-pods --help'");
        }
    }
}
