package io.cnishift.cli.redact;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Other IPv4 addresses that lie to each other as the real ones do: blocks that were inside, beside or over each other are so
 * again, and the host part stays, for reserved addresses, /28 blocks and node names depend on it.
 *
 * <p>Of private addresses the part that an organisation chose is changed, of public ones all but the first number. Blocks that
 * every cluster may have (defaults of Services, pods, the default VPC, shared and link-local space) stay, or a check against
 * them would come out otherwise.
 */
final class Addresses {

    private static final Pattern ADDRESS =
            Pattern.compile("(?<![\\w.-])(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:/(\\d{1,2}))?(?![\\w.])");
    private static final Pattern NODE = Pattern.compile("\\bip-(\\d{1,3})-(\\d{1,3})-(\\d{1,3})-(\\d{1,3})(?=[.]|\\b)");
    private static final int ODD = 0x9E3779B9;

    private final int key;

    Addresses(int key) {
        this.key = key;
    }

    /** The text with all its addresses changed. */
    String rewrite(String text) {
        String nodes = NODE.matcher(text)
                .replaceAll(m -> "ip-" + dotted(moved(number(m))).replace('.', '-'));
        return ADDRESS.matcher(nodes).replaceAll(m -> Matcher.quoteReplacement(block(m)));
    }

    private String block(MatchResult match) {
        int moved = moved(number(match));
        if (match.group(5) == null) {
            return dotted(moved);
        }
        int length = Integer.parseInt(match.group(5));
        int mask = length == 0 ? 0 : -1 << (32 - Math.min(length, 32));
        boolean network = (number(match) & ~mask) == 0;
        return dotted(network ? moved & mask : moved) + "/" + length;
    }

    private int moved(int address) {
        int first = address >>> 24;
        int second = (address >>> 16) & 0xff;
        if (first == 10) {
            return flipped(address, 8, 16, (10 << 24) | (244 << 16), (10 << 24) | (100 << 16));
        }
        if (first == 172 && second >= 16 && second < 32) {
            return flipped(address, 12, 16, (172 << 24) | (20 << 16), (172 << 24) | (31 << 16));
        }
        if (first == 192 && second == 168) {
            return flipped(address, 16, 24);
        }
        boolean common = first == 0
                || first == 127
                || first >= 224
                || (first == 100 && second >= 64 && second < 128)
                || (first == 169 && second == 254)
                || (first == 198 && (second == 18 || second == 19));
        return common ? address : flipped(address, 8, 32);
    }

    /** Flips each of the bits or not, by what stands before it; never on the way to an address that has to stay. */
    private int flipped(int address, int from, int to, int... stay) {
        int moved = address;
        for (int bit = from; bit < to; bit++) {
            int before = bit == 0 ? 0 : address & (-1 << (32 - bit));
            if (!leads(before, bit, stay) && ((((before ^ key) * ODD + bit * ODD) >>> 16) & 1) == 1) {
                moved ^= 1 << (31 - bit);
            }
        }
        return moved;
    }

    private static boolean leads(int before, int bits, int... stay) {
        for (int fixed : stay) {
            if ((fixed & (-1 << (32 - bits))) == before) {
                return true;
            }
        }
        return false;
    }

    private static int number(MatchResult match) {
        int number = 0;
        for (int i = 1; i <= 4; i++) {
            number = (number << 8) | (Integer.parseInt(match.group(i)) & 0xff);
        }
        return number;
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + ((address >>> 16) & 0xff) + "." + ((address >>> 8) & 0xff) + "."
                + (address & 0xff);
    }
}
