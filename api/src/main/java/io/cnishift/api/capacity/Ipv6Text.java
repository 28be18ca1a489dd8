package io.cnishift.api.capacity;

import java.util.Optional;

/** The text form of an IPv6 address; written as RFC 5952 says (lower case, the longest run of zero groups as {@code ::}). */
final class Ipv6Text {

    private static final int GROUPS = 8;

    private Ipv6Text() {}

    static Optional<IpAddress> parse(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        String[] before = groups(gap < 0 ? text : text.substring(0, gap));
        String[] after = groups(gap < 0 ? "" : text.substring(gap + 2));
        int given = before.length + after.length;
        if (gap < 0 ? given != GROUPS : given >= GROUPS) {
            return Optional.empty();
        }
        int[] values = new int[GROUPS];
        if (!fill(values, 0, before) || !fill(values, GROUPS - after.length, after)) {
            return Optional.empty();
        }
        return Optional.of(new IpAddress(true, word(values, 0), word(values, 4)));
    }

    static String format(long high, long low) {
        int[] values = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            values[i] = (int) ((i < 4 ? high : low) >>> (48 - 16 * (i % 4)) & 0xFFFF);
        }
        int gapStart = -1;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = zeros(values, i);
            if (length > gapLength) {
                gapStart = i;
                gapLength = length;
            }
        }
        if (gapStart < 0) {
            return joined(values, 0, GROUPS);
        }
        return joined(values, 0, gapStart) + "::" + joined(values, gapStart + gapLength, GROUPS);
    }

    private static String[] groups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static boolean fill(int[] values, int start, String[] groups) {
        for (int i = 0; i < groups.length; i++) {
            String group = groups[i];
            if (group.isEmpty() || group.length() > 4) {
                return false;
            }
            int value = 0;
            for (int c = 0; c < group.length(); c++) {
                int digit = group.charAt(c) < 128 ? Character.digit(group.charAt(c), 16) : -1;
                if (digit < 0) {
                    return false;
                }
                value = value << 4 | digit;
            }
            values[start + i] = value;
        }
        return true;
    }

    private static long word(int[] values, int start) {
        long word = 0;
        for (int i = start; i < start + 4; i++) {
            word = word << 16 | values[i];
        }
        return word;
    }

    private static int zeros(int[] values, int start) {
        int end = start;
        while (end < GROUPS && values[end] == 0) {
            end++;
        }
        return end - start;
    }

    private static String joined(int[] values, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(values[i]));
        }
        return text.toString();
    }
}
