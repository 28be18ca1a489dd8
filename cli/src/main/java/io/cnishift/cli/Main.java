package io.cnishift.cli;

/** Starts cnishift. No command is wired yet: it prints its usage and, when asked for more, says so. */
public final class Main {
    private Main() {}

    /**
     * Prints the usage.
     *
     * @param arguments the command line, without the program name
     */
    public static void main(String[] arguments) {
        boolean help = arguments.length == 1 && arguments[0].equals("--help");
        (help ? System.out : System.err).println("Usage: cnishift COMMAND [OPTIONS]");
        if (!help) {
            System.exit(2);
        }
    }
}
