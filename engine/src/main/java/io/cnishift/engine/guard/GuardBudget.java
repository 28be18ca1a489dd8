package io.cnishift.engine.guard;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a guard may cost before the run stops, {@code 5%/3}: so many of its samples may be red, and never so many in a row. The
 * share is one of at least {@value #LEAST} samples, so that the first red one does not count for all.
 *
 * @param percent of the samples
 * @param row red samples in a row with which it is spent
 */
public record GuardBudget(BigDecimal percent, int row) {

    private static final int LEAST = 100;
    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final Pattern FORM = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3})?)%/([1-9][0-9]{0,3})");

    /** Five of a hundred, and two in a row. */
    public static final GuardBudget USUAL = new GuardBudget(BigDecimal.valueOf(5), 3);

    public GuardBudget {
        Objects.requireNonNull(percent);
        if (percent.signum() < 0 || percent.compareTo(ALL) > 0) {
            throw new IllegalArgumentException(percent + " % is no share");
        }
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static GuardBudget parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no budget; write it as 5%/3: the share of red samples, and how many in a row");
        }
        return new GuardBudget(new BigDecimal(form.group(1)), Integer.parseInt(form.group(2)));
    }

    boolean allows(long red, long taken) {
        BigDecimal most =
                percent.multiply(BigDecimal.valueOf(Math.max(LEAST, taken))).divide(ALL);
        return BigDecimal.valueOf(red).compareTo(most) <= 0;
    }

    @Override
    public String toString() {
        return percent.stripTrailingZeros().toPlainString() + "%/" + row;
    }
}
