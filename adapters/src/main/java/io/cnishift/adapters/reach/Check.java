package io.cnishift.adapters.reach;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What a pod does to answer a question, with the tools of the agnhost image, and what its end means. Pure.
 *
 * <p>Source: kubernetes test/images/agnhost (connect, netexec): {@code connect} ends with 1 and a message that begins with TIMEOUT,
 * REFUSED, DNS, OTHER or UNKNOWN; {@code netexec} answers {@code /echo} with what it was sent.
 */
record Check(Kind kind, String target, int bytes) {

    /** What is to be shown. */
    enum Kind {
        /** A TCP connection. */
        CONNECT,
        /** That a name resolves, whatever stands there. */
        RESOLVE,
        /** That so many bytes get there and come back. */
        ECHO
    }

    private static final String SECONDS = "5";

    // A shell's test tells a short answer from a whole one; curl itself says what else went wrong.
    private static final String ECHO_SCRIPT = "m=$(head -c \"$2\" /dev/zero | tr '\\0' x); "
            + "n=$(curl -sS -m 8 -o /dev/null -w '%{size_download}' \"http://$1/echo?msg=$m\") || exit 1; "
            + "[ \"$n\" = \"$2\" ] || { echo \"$n of $2 bytes came back\"; exit 1; }";

    Check {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(target);
    }

    static Check connect(String host, int port) {
        return new Check(Kind.CONNECT, host + ":" + port, 0);
    }

    /** The name as it is, without the search list of the cluster. */
    static Check resolve(String name) {
        return new Check(Kind.RESOLVE, name + ".:443", 0);
    }

    static Check echo(String host, int port, int bytes) {
        return new Check(Kind.ECHO, host + ":" + port, bytes);
    }

    List<String> command() {
        return kind == Kind.ECHO
                ? List.of("/bin/sh", "-c", ECHO_SCRIPT, "cnishift", target, Integer.toString(bytes))
                : List.of("/agnhost", "connect", "--timeout=" + SECONDS + "s", target);
    }

    /** The command of a pod that is connected to. */
    static List<String> listen(int port) {
        return List.of("/agnhost", "netexec", "--http-port=" + port);
    }

    /**
     * What the end of the container means.
     *
     * @param said its last words
     */
    Seen seen(int exit, String said) {
        String words = said.strip();
        if (exit == 0) {
            return Seen.reached(
                    kind == Kind.ECHO ? bytes + " bytes came back" : kind == Kind.CONNECT ? "connected" : "resolved");
        }
        boolean judged = kind == Kind.ECHO ? !words.isEmpty() : words.matches("(?s)(TIMEOUT|REFUSED|DNS|OTHER).*");
        if (exit != 1 || !judged) {
            return Seen.unknown("the probe ended with " + exit + ": " + words);
        }
        return kind == Kind.RESOLVE && !words.startsWith("DNS")
                ? Seen.reached("resolved")
                : Seen.notReached(words.toLowerCase(Locale.ROOT));
    }
}
