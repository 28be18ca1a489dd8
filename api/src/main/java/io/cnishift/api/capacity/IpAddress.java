package io.cnishift.api.capacity;

import java.util.Optional;

/**
 * One IP address as a number of 32 or 128 bits, in two unsigned halves; an IPv4 address has {@code high} 0. Comparable by
 * number, IPv4 before IPv6.
 */
record IpAddress(boolean ipv6, long high, long low) implements Comparable<IpAddress> {

    private static final long IPV4_MAX = 0xFFFF_FFFFL;

    static Optional<IpAddress> parse(String text) {
        return text.indexOf(':') >= 0 ? Ipv6Text.parse(text) : parseIpv4(text);
    }

    static IpAddress ipv4(long number) {
        if (number < 0 || number > IPV4_MAX) {
            throw new IllegalArgumentException("The number " + number + " is outside the IPv4 addresses.");
        }
        return new IpAddress(false, 0, number);
    }

    int bits() {
        return ipv6 ? 128 : 32;
    }

    /** The address with all bits behind the first {@code prefix} ones set to 0. */
    IpAddress network(int prefix) {
        if (!ipv6) {
            return new IpAddress(false, 0, low & leading(prefix + 32));
        }
        return new IpAddress(true, high & leading(Math.min(prefix, 64)), low & leading(Math.max(prefix - 64, 0)));
    }

    /** This address plus the offset, within a block that starts here: so no carry leaves the lower half. */
    IpAddress plus(long offset) {
        return ipv6 ? new IpAddress(true, high, low + offset) : ipv4(low + offset);
    }

    /** This address plus {@code count} blocks of 2^{@code zeros} addresses, within a block that starts here. */
    IpAddress plusBlocks(long count, int zeros) {
        if (!ipv6) {
            return ipv4(low + (count << zeros));
        }
        if (zeros >= 64) {
            return new IpAddress(true, high + (count << (zeros - 64)), low);
        }
        long upper = zeros == 0 ? 0 : count >>> (64 - zeros);
        return new IpAddress(true, high + upper, low + (count << zeros));
    }

    @Override
    public int compareTo(IpAddress other) {
        if (ipv6 != other.ipv6) {
            return ipv6 ? 1 : -1;
        }
        int upper = Long.compareUnsigned(high, other.high);
        return upper != 0 ? upper : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        if (ipv6) {
            return Ipv6Text.format(high, low);
        }
        return (low >>> 24) + "." + (low >>> 16 & 255) + "." + (low >>> 8 & 255) + "." + (low & 255);
    }

    private static Optional<IpAddress> parseIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        long number = 0;
        for (String part : parts) {
            int octet = octet(part);
            if (octet < 0) {
                return Optional.empty();
            }
            number = number << 8 | octet;
        }
        return Optional.of(ipv4(number));
    }

    /** The value of a decimal octet, or -1. A leading zero is refused: some readers take it for octal. */
    private static int octet(String part) {
        if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < part.length(); i++) {
            char digit = part.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + digit - '0';
        }
        return value <= 255 ? value : -1;
    }

    /** A word whose first {@code count} of 64 bits are set. */
    private static long leading(int count) {
        return count == 0 ? 0 : -1L << (64 - count);
    }
}
