package io.cnishift.it;

import io.cnishift.cli.Main;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * cnishift as a process that stops at each line of its stderr until a byte on its stdin lets it go on. Who kills it while it
 * stands knows where it was, however fast or slow the machine is.
 */
final class Paced {

    private Paced() {}

    /** Runs one command. */
    public static void main(String[] arguments) {
        System.setErr(new PrintStream(new Pace(System.err), true, StandardCharsets.UTF_8));
        Main.main(arguments);
    }

    private static final class Pace extends FilterOutputStream {
        Pace(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
            if (octet == '\n') {
                out.flush();
                // the end of stdin lets everything through
                int ignored = System.in.read();
            }
        }
    }
}
