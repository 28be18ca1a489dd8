package io.cnishift.cilium;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Cilium release of the lines this module knows: 1.18, 1.19 and 1.20. The chart and the images of a release carry the
 * same number, so this is the chart version too.
 *
 * <p>Text forms: {@code 1.20} (the newest patch of that line known here), {@code 1.20.1}, {@code v1.20.1}.
 * {@link #toString()} is always the three-part form without the letter.
 *
 * @param minor the second number, 18 to 20; the first is always 1
 * @param patch the third number, from 0
 */
public record CiliumVersion(int minor, int patch) implements Comparable<CiliumVersion> {

    /** The oldest release that the overlay values were checked against; older patches of 1.18 are accepted. */
    private static final int OLDEST_MINOR = 18;

    private static final int NEWEST_MINOR = 20;

    /** Newest patch of each line when this table was last brought up to date. */
    private static final Map<Integer, Integer> NEWEST_PATCH = Map.of(18, 12, 19, 6, 20, 0);

    private static final Pattern TEXT = Pattern.compile("v?1\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");

    /** @throws IllegalArgumentException when the line is not one of {@link #lines()} or the patch is negative */
    public CiliumVersion {
        if (minor < OLDEST_MINOR || minor > NEWEST_MINOR) {
            throw new IllegalArgumentException(unknownLine("1." + minor));
        }
        if (patch < 0) {
            throw new IllegalArgumentException("a Cilium patch number is not negative: " + patch);
        }
    }

    /**
     * Reads one of the text forms above.
     *
     * @throws IllegalArgumentException with one sentence that names the text and the lines that are known
     */
    public static CiliumVersion parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(unknownLine(text.strip()));
        }
        int minor = Integer.parseInt(matcher.group(1));
        Integer newest = NEWEST_PATCH.get(minor);
        if (newest == null) {
            throw new IllegalArgumentException(unknownLine(text.strip()));
        }
        String patch = matcher.group(2);
        return new CiliumVersion(minor, patch == null ? newest : Integer.parseInt(patch));
    }

    /** The newest release known here: what a plan takes when nobody asks for another one. */
    public static CiliumVersion newest() {
        return newestOf(NEWEST_MINOR);
    }

    /** The newest release known here of each line, oldest line first. */
    public static List<CiliumVersion> lines() {
        return List.of(newestOf(18), newestOf(19), newestOf(20));
    }

    /** The line as the chart spells it in {@code upgradeCompatibility}, for example {@code 1.20}. */
    public String line() {
        return "1." + minor;
    }

    /** Whether this release belongs to the given line of 1.x or to a later one. */
    public boolean atLeast(int otherMinor) {
        return minor >= otherMinor;
    }

    @Override
    public int compareTo(CiliumVersion other) {
        return minor != other.minor ? Integer.compare(minor, other.minor) : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return line() + "." + patch;
    }

    private static CiliumVersion newestOf(int minor) {
        return new CiliumVersion(minor, NEWEST_PATCH.getOrDefault(minor, 0));
    }

    private static String unknownLine(String text) {
        return "'" + text
                + "' is not a Cilium release that cnishift knows; give one of the lines 1.18, 1.19 or 1.20, with or"
                + " without a patch number (for example 1.20 or 1.19.6)";
    }
}
