package io.cnishift.strategy.customnetworking;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of an EKS add-on, {@code v1.21.1-eksbuild.3}. */
record AddonVersion(int major, int minor, int patch, int build, String text) implements Comparable<AddonVersion> {

    private static final Pattern FORM =
            Pattern.compile("v([0-9]{1,5})\\.([0-9]{1,5})\\.([0-9]{1,5})-eksbuild\\.([0-9]{1,5})");
    private static final Comparator<AddonVersion> ORDER = Comparator.comparingInt(AddonVersion::major)
            .thenComparingInt(AddonVersion::minor)
            .thenComparingInt(AddonVersion::patch)
            .thenComparingInt(AddonVersion::build);

    /** What is in that form, or the error that names it. */
    static AddonVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no version of an EKS add-on, as v1.21.1-eksbuild.3 is");
        }
        return new AddonVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                Integer.parseInt(matcher.group(4)),
                text);
    }

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** Whether EKS updates to that one in a step: later, and of the same or the next minor version. */
    boolean leadsTo(AddonVersion next) {
        return compareTo(next) < 0 && major == next.major && next.minor - minor <= 1;
    }

    @Override
    public int compareTo(AddonVersion other) {
        return ORDER.compare(this, other);
    }
}
