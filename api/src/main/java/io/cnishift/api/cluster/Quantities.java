package io.cnishift.api.cluster;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Quantities as Kubernetes writes them: {@code 250m}, {@code 1.5}, {@code 128Mi}, {@code 2G}, {@code 1e3}. */
final class Quantities {
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("n", new BigDecimal("0.000000001")),
            Map.entry("u", new BigDecimal("0.000001")),
            Map.entry("m", new BigDecimal("0.001")),
            Map.entry("k", BigDecimal.TEN.pow(3)),
            Map.entry("M", BigDecimal.TEN.pow(6)),
            Map.entry("G", BigDecimal.TEN.pow(9)),
            Map.entry("T", BigDecimal.TEN.pow(12)),
            Map.entry("P", BigDecimal.TEN.pow(15)),
            Map.entry("E", BigDecimal.TEN.pow(18)),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
            Map.entry("Ei", BigDecimal.valueOf(1L << 60)));
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal MIB = BigDecimal.valueOf(1L << 20);

    private Quantities() {}

    static long millis(String quantity, RoundingMode rounding) {
        return millis(amount(quantity), rounding);
    }

    static long mebibytes(String quantity, RoundingMode rounding) {
        return mebibytes(amount(quantity), rounding);
    }

    static long millis(BigDecimal amount, RoundingMode rounding) {
        return amount.multiply(THOUSAND).setScale(0, rounding).longValueExact();
    }

    static long mebibytes(BigDecimal amount, RoundingMode rounding) {
        return amount.divide(MIB, 0, rounding).longValueExact();
    }

    /** The amount in units; zero for text that is no quantity, which no API server lets in. */
    static BigDecimal amount(String quantity) {
        String text = quantity.trim();
        int split = text.length();
        while (split > 0 && Character.isLetter(text.charAt(split - 1))) {
            split--;
        }
        BigDecimal factor = SUFFIXES.getOrDefault(text.substring(split), BigDecimal.ONE);
        try {
            return new BigDecimal(text.substring(0, split)).multiply(factor);
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }
}
