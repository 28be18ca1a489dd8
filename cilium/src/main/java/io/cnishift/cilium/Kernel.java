package io.cnishift.cilium;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Cilium asks of a node's kernel. */
public final class Kernel {

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\D.*)?");

    private Kernel() {}

    /** Whether a kernel, as a node reports it, is 5.10 or later. What is not known is not suitable. */
    public static boolean suits(String reported) {
        Matcher version = VERSION.matcher(reported);
        if (!version.matches()) {
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        return major > 5 || (major == 5 && Integer.parseInt(version.group(2)) >= 10);
    }
}
