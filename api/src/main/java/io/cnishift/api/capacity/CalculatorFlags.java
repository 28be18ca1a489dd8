package io.cnishift.api.capacity;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The flags of AWS's max-pods-calculator.sh.
 *
 * @param cniVersion {@code --cni-version}, such as {@code 1.9.0}; a leading v and a suffix such as {@code -eksbuild.1} are
 *     allowed
 * @param cniMaxEni {@code --cni-max-eni}, at least 1
 * @param prefixDelegation {@code --cni-prefix-delegation-enabled}
 * @param customNetworking {@code --cni-custom-networking-enabled}
 * @param showMaxAllowed {@code --show-max-allowed}: without the cap of 110 or 250
 */
public record CalculatorFlags(
        String cniVersion,
        OptionalInt cniMaxEni,
        boolean prefixDelegation,
        boolean customNetworking,
        boolean showMaxAllowed) {

    private static final Pattern VERSION = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:[.+-].*)?");

    public CalculatorFlags {
        Objects.requireNonNull(cniVersion, "cniVersion");
        Objects.requireNonNull(cniMaxEni, "cniMaxEni");
        if (!VERSION.matcher(cniVersion).matches()) {
            throw new IllegalArgumentException(
                    "'" + cniVersion + "' is not a version of the VPC CNI: write one such as 1.18.0.");
        }
        if (cniMaxEni.isPresent() && cniMaxEni.getAsInt() < 1) {
            throw new IllegalArgumentException("A node has at least 1 interface: write --cni-max-eni 1 or more.");
        }
    }

    /** Whether prefixes are asked for and the CNI is 1.9 or later, the first one that has them. */
    boolean prefixesCount() {
        Matcher version = VERSION.matcher(cniVersion);
        if (!prefixDelegation || !version.matches()) {
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        return major > 1 || (major == 1 && Integer.parseInt(version.group(2)) >= 9);
    }
}
