package io.cnishift.cli;

import io.cnishift.adapters.resilience.Masked;
import io.cnishift.api.port.MigrationException;
import io.cnishift.cli.command.Causes;
import io.cnishift.cli.command.Cnishift;
import io.cnishift.cli.command.Terminal;
import io.cnishift.engine.codec.Suggestion;
import io.cnishift.engine.report.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what goes wrong into one line on stderr and an exit code; with {@code --verbose} the cause as well. */
final class Faults {

    private final Terminal terminal;
    private final Cnishift root;

    Faults(Terminal terminal, Cnishift root) {
        this.terminal = terminal;
        this.root = root;
    }

    int wrongUsage(CommandLine.ParameterException fault, String[] arguments) {
        CommandLine command = fault.getCommandLine();
        String near = fault instanceof UnmatchedArgumentException unmatched ? suggestion(unmatched, command) : "";
        String name = command.getCommandSpec().qualifiedName();
        String message = Wording.of(fault);
        boolean complete = message.contains("--help");
        say(message + (near.isEmpty() ? "" : "; " + near) + (complete ? "" : "; see '" + name + " --help'"));
        return ExitCode.USAGE.number();
    }

    int failed(Exception fault, CommandLine command, CommandLine.ParseResult parsed) {
        return failed(fault);
    }

    int failed(Throwable fault) {
        Optional<MigrationException> told = told(fault);
        if (told.isPresent()) {
            MigrationException known = told.get();
            String remedy = known.remedy().isEmpty() ? "" : "; " + known.remedy();
            say(String.valueOf(known.getMessage()).replaceFirst("\\.$", "") + remedy + " (" + known.code() + ")");
            cause(known.getCause() == null ? known : known.getCause());
            return known.category() == MigrationException.Category.USER
                    ? ExitCode.USAGE.number()
                    : ExitCode.INTERNAL_ERROR.number();
        }
        if (fault instanceof OutOfMemoryError) {
            long heap = Runtime.getRuntime().maxMemory() >> 20;
            say("out of memory: a heap of " + heap + " MiB does not hold this cluster; run again with"
                    + " CNISHIFT_JAVA_OPTS=-Xmx" + 2 * heap + "m");
            return ExitCode.INTERNAL_ERROR.number();
        }
        say("internal error: " + fault.getClass().getSimpleName() + ": " + fault.getMessage()
                + "; run again with --verbose and report what it prints");
        cause(fault);
        return ExitCode.INTERNAL_ERROR.number();
    }

    /** The error that was meant for the user, also when the injector has wrapped it. */
    private static Optional<MigrationException> told(Throwable fault) {
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (t instanceof MigrationException known) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    private void cause(Throwable fault) {
        if (root.verbose()) {
            Causes.print(fault, terminal.err());
        }
    }

    private void say(String line) {
        PrintWriter err = terminal.err();
        err.println("cnishift: " + terminal.commands(Masked.text(line.replaceAll("\\R", " "))));
        err.flush();
    }

    private static String suggestion(UnmatchedArgumentException unmatched, CommandLine command) {
        String given = unmatched.getUnmatched().isEmpty()
                ? ""
                : unmatched.getUnmatched().get(0);
        String name = given.replaceFirst("=.*", "");
        List<String> known = given.startsWith("-")
                ? command.getCommandSpec().optionsMap().keySet().stream().toList()
                : command.getSubcommands().keySet().stream().toList();
        return Suggestion.nearest(name, known)
                .map(n -> "did you mean " + n + "?")
                .orElse("");
    }
}
