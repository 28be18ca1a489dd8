package io.cnishift.api.capacity;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * A block of IPv4 or IPv6 addresses in prefix notation, such as {@code 10.0.0.0/16}. Immutable; equal by value; ordered by
 * first address, then the larger block first.
 *
 * <p>IPv6 blocks can be parsed, compared and split; {@link #size()} counts IPv4 blocks, and IPv6 blocks only below 2^63
 * addresses.
 */
public final class Cidr implements Comparable<Cidr> {

    private final IpAddress base;
    private final int prefix;

    private Cidr(IpAddress base, int prefix) {
        this.base = base;
        this.prefix = prefix;
    }

    /**
     * Reads prefix notation.
     *
     * @throws IllegalArgumentException with one sentence that names the mistake and an example: not an address, a prefix out
     *     of range, or bits set behind the prefix (then the block that was probably meant is named)
     */
    public static Cidr parse(String text) {
        Objects.requireNonNull(text, "text");
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' has no prefix length: write a block such as 10.0.0.0/16 or 2001:db8::/56.");
        }
        IpAddress address = addressOf(text.substring(0, slash), text);
        int prefix = prefixOf(text, slash + 1, address.bits());
        Cidr cidr = new Cidr(address.network(prefix), prefix);
        if (!cidr.base.equals(address)) {
            throw new IllegalArgumentException("'" + text + "' is an address inside a block, not a block: the block is "
                    + cidr + ", or write " + address + "/" + address.bits() + " for the one address.");
        }
        return cidr;
    }

    /**
     * The block of {@code prefix} bits that an address lies in.
     *
     * @throws IllegalArgumentException when the address or the prefix is not one
     */
    public static Cidr around(String address, int prefix) {
        IpAddress inside = addressOf(address, address);
        requirePrefix(prefix, inside.bits());
        return new Cidr(inside.network(prefix), prefix);
    }

    /** The number of leading bits that all addresses of this block share: 0 to 32, for IPv6 to 128. */
    public int prefix() {
        return prefix;
    }

    /** Whether this is a block of IPv4 addresses. */
    public boolean ipv4() {
        return !base.ipv6();
    }

    /** The first address of the block, without the prefix. */
    public String network() {
        return base.toString();
    }

    /**
     * Whether the address lies in this block; an address of the other family never does.
     *
     * @throws IllegalArgumentException when the text is not an address
     */
    public boolean contains(String address) {
        return contains(addressOf(address, address));
    }

    /** Whether every address of the other block lies in this one; a block contains itself. */
    public boolean contains(Cidr other) {
        return other.prefix >= prefix && contains(other.base);
    }

    /** Whether the blocks share an address. */
    public boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    /**
     * How many addresses the block has: 2^(32 - prefix) for IPv4.
     *
     * @throws IllegalStateException for an IPv6 block of 2^63 addresses or more
     */
    public long size() {
        int zeros = base.bits() - prefix;
        if (zeros > 62) {
            throw new IllegalStateException("The block " + this + " has too many addresses to count.");
        }
        return 1L << zeros;
    }

    /**
     * The blocks of {@code prefix} bits that make up this one, in order; a view, so splitting a large block costs nothing.
     *
     * @throws IllegalArgumentException when the prefix is shorter than this one's, or there are more than 2^30 such blocks
     */
    public List<Cidr> split(int prefix) {
        requirePrefix(prefix, base.bits());
        if (prefix < this.prefix || prefix - this.prefix > 30) {
            throw new IllegalArgumentException("The block " + this + " cannot be listed in blocks of /" + prefix
                    + ": give /" + this.prefix + " to /" + Math.min(this.prefix + 30, base.bits()) + ".");
        }
        return new Blocks(this, prefix);
    }

    /**
     * The block number {@code n}, from 0, of those of {@code prefix} bits that make up this one.
     *
     * @throws IllegalArgumentException when there is no such block
     */
    public Cidr nth(int prefix, long n) {
        requirePrefix(prefix, base.bits());
        int width = prefix - this.prefix;
        if (width < 0 || n < 0 || (width < 63 && n >= 1L << width)) {
            throw new IllegalArgumentException("The block " + this + " has no /" + prefix + " number " + n + ".");
        }
        return new Cidr(base.plusBlocks(n, base.bits() - prefix), prefix);
    }

    /**
     * The address that is {@code offset} behind the first one.
     *
     * @throws IllegalArgumentException when the offset leads out of the block
     */
    public String address(long offset) {
        int zeros = base.bits() - prefix;
        if (offset < 0 || (zeros < 63 && offset >= 1L << zeros)) {
            throw new IllegalArgumentException("The block " + this + " has no address number " + offset + ".");
        }
        return base.plus(offset).toString();
    }

    /**
     * How far behind the first address of the block this one is: the inverse of {@link #address(long)}.
     *
     * @throws IllegalArgumentException when the address is not in the block, or 2^63 or more behind its start
     */
    public long offsetOf(String address) {
        IpAddress inside = addressOf(address, address);
        long offset = inside.low() - base.low();
        if (!contains(inside) || inside.high() != base.high() || offset < 0) {
            throw new IllegalArgumentException("The address " + address + " is not in " + this + ".");
        }
        return offset;
    }

    @Override
    public int compareTo(Cidr other) {
        int byAddress = base.compareTo(other.base);
        return byAddress != 0 ? byAddress : Integer.compare(prefix, other.prefix);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cidr cidr && prefix == cidr.prefix && base.equals(cidr.base);
    }

    @Override
    public int hashCode() {
        return 31 * base.hashCode() + prefix;
    }

    /** The canonical text, such as {@code 10.0.0.0/16} or {@code 2001:db8::/56}. */
    @Override
    public String toString() {
        return base + "/" + prefix;
    }

    private boolean contains(IpAddress address) {
        return address.ipv6() == base.ipv6() && address.network(prefix).equals(base);
    }

    private static IpAddress addressOf(String address, String whole) {
        return IpAddress.parse(address)
                .orElseThrow(() -> new IllegalArgumentException("'" + whole
                        + "' is not an IP address or block: write four numbers from 0 to 255 without leading zeros, such as 10.0.0.0,"
                        + " or an IPv6 address such as 2001:db8::."));
    }

    private static int prefixOf(String text, int start, int bits) {
        String digits = text.substring(start);
        boolean number = !digits.isEmpty()
                && digits.length() <= 3
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        if (!number || Integer.parseInt(digits) > bits) {
            throw new IllegalArgumentException("'" + text + "' has no valid prefix length: write a number from 0 to "
                    + bits + " behind the slash, such as " + text.substring(0, start) + bits / 2 + ".");
        }
        return Integer.parseInt(digits);
    }

    private static void requirePrefix(int prefix, int bits) {
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("A prefix length of " + prefix + " is not between 0 and " + bits + ".");
        }
    }

    private static final class Blocks extends AbstractList<Cidr> implements RandomAccess {
        private final Cidr whole;
        private final int prefix;

        Blocks(Cidr whole, int prefix) {
            this.whole = whole;
            this.prefix = prefix;
        }

        @Override
        public Cidr get(int index) {
            return whole.nth(prefix, Objects.checkIndex(index, size()));
        }

        @Override
        public int size() {
            return 1 << (prefix - whole.prefix);
        }
    }
}
